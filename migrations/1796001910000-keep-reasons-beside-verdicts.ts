import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The reasons of a verdict, two kilobytes, stay in its row as they are: packing each of them took a third of the time that
 * the matches of a tender take to write, and they are unpacked whenever somebody looks. For rows written from now on.
 */
export class KeepReasonsBesideVerdicts1796001910000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE matching.match SET (toast_tuple_target = 8160)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE matching.match RESET (toast_tuple_target)');
  }
}

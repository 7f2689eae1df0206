import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Each row of stages carries a number drawn as it is written, never the same again: rows are the very ones that were counted
 * before when there are as many of them and their numbers, put together, give the same. Nothing is counted up, so nothing waits, and
 * rows that go with their package, or come back from a backup, change the sum like any other.
 */
export class TellKeptStagesApart1796003100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE monitoring.package_stage
        ADD COLUMN drawn bigint NOT NULL DEFAULT ('x' || left(md5(gen_random_uuid()::text), 16))::bit(64)::bigint;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE monitoring.package_stage DROP COLUMN drawn;`);
  }
}

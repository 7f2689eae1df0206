import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Stages that were written before it was followed how enterprises change their kind may name the kind before: the workers
 * write all of them anew, in steps, and nobody has to think of it.
 */
export class CountStagesAnew1796003400000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      SELECT set_config('maillon.role', 'system', true);
      INSERT INTO monitoring.marked_package
        SELECT p.id FROM tenders.work_package p JOIN tenders.tender t ON t.id = p.tender_id WHERE t.published_at IS NOT NULL;
      SELECT set_config('maillon.role', '', true);
    `);
  }

  async down(): Promise<void> {
    // What is marked is written anew, to the same.
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever answered without a mail counts as told from now on: what was answered is written anew by the workers, in steps. */
export class CountWhoAnsweredUntold1796005200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      SELECT set_config('maillon.role', 'system', true);
      INSERT INTO monitoring.marked_package SELECT DISTINCT package_id FROM answers.answer;
      SELECT set_config('maillon.role', '', true);
    `);
  }

  async down(): Promise<void> {
    // The stages as the version before counts them.
  }
}

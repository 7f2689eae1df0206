import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is kept for a time alone is deleted when that is over (docs/data-map.yaml); only the system forgets. */
export class ForgetWhenDue1796003000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE POLICY attempt_forget ON notifications.attempt AS RESTRICTIVE FOR DELETE USING (platform.is_system());
      GRANT DELETE ON notifications.attempt TO maillon_app;
      CREATE POLICY import_forget ON tenders.import AS RESTRICTIVE FOR DELETE USING (platform.is_system());
      CREATE POLICY source_file_forget ON tenders.source_file AS RESTRICTIVE FOR DELETE USING (platform.is_system());
      GRANT DELETE ON tenders.import, tenders.source_file TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      REVOKE DELETE ON tenders.import, tenders.source_file FROM maillon_app;
      DROP POLICY source_file_forget ON tenders.source_file;
      DROP POLICY import_forget ON tenders.import;
      REVOKE DELETE ON notifications.attempt FROM maillon_app;
      DROP POLICY attempt_forget ON notifications.attempt;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The working group watches over what is not public: it may read that something was opened, by which organisation and when. */
export class ShowWhoOpenedWhat1796004500000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE POLICY audit_entry_opened ON platform.audit_entry FOR SELECT
        USING ((SELECT platform.actor_role() IN ('working-group', 'administrator'))
               AND action IN ('work-package.read', 'approval-document.read', 'mail.read'));
      CREATE INDEX audit_entry_opened_idx ON platform.audit_entry (at DESC)
        WHERE action IN ('work-package.read', 'approval-document.read', 'mail.read');
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX platform.audit_entry_opened_idx;
      DROP POLICY audit_entry_opened ON platform.audit_entry;
    `);
  }
}

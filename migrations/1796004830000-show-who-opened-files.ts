import type { MigrationInterface, QueryRunner } from 'typeorm';

const BEFORE = `'work-package.read', 'approval-document.read', 'mail.read'`;
const NOW = `${BEFORE}, 'answer-attachment.read', 'tender-document.read'`;

/** What the working group reads of who opened what includes files of answers and of tenders. */
export class ShowWhoOpenedFiles1796004830000 implements MigrationInterface {
  up(db: QueryRunner): Promise<void> {
    return show(db, NOW);
  }

  down(db: QueryRunner): Promise<void> {
    return show(db, BEFORE);
  }
}

async function show(db: QueryRunner, actions: string): Promise<void> {
  await db.query(`
    DROP INDEX platform.audit_entry_opened_idx;
    CREATE INDEX audit_entry_opened_idx ON platform.audit_entry (at DESC) WHERE action IN (${actions});
    ALTER POLICY audit_entry_opened ON platform.audit_entry
      USING ((SELECT platform.actor_role() IN ('working-group', 'administrator')) AND action IN (${actions}));
  `);
}

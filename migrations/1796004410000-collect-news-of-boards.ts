import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forget, know } from './known-templates.js';

const about = (templates: string): string => `
  ALTER TABLE notifications.notification
    DROP CONSTRAINT notification_about_a_tender,
    ADD CONSTRAINT notification_about_a_tender CHECK (tender_id IS NOT NULL OR template IN (${templates}));`;
const BEFORE = `'offers-digest', 'mail-test', 'approval-expiring'`;

/**
 * Contractors hear of answers and questions in one mail each morning, unless they ask for each by itself. What stood in their
 * wishes before was never asked of them.
 */
export class CollectNewsOfBoards1796004410000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await know(db, 'board-digest');
    await db.query(about(`${BEFORE}, 'board-digest'`));
    await ofContractors(db, 'daily');
  }

  async down(db: QueryRunner): Promise<void> {
    await forget(db, 'board-digest');
    await db.query(about(BEFORE));
    await ofContractors(db, 'at-once');
  }
}

async function ofContractors(db: QueryRunner, rhythm: string): Promise<void> {
  await db.query(`
    SELECT set_config('maillon.role', 'system', true);
    UPDATE notifications.mail_wish w SET rhythm = '${rhythm}' FROM accounts.organisation o
     WHERE o.id = w.organisation_id AND o.role = 'contractor';
    SELECT set_config('maillon.role', '', true);
  `);
}

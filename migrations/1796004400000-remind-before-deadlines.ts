import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forget, know } from './known-templates.js';

/** Who looked at a package and has not answered is reminded once; who must renew an approval is told in time. */
export class RemindBeforeDeadlines1796004400000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await know(db, 'offer-reminder');
    await know(db, 'approval-expiring');
    await db.query(`
      ALTER TABLE notifications.notification
        DROP CONSTRAINT notification_about_a_tender,
        ADD CONSTRAINT notification_about_a_tender
          CHECK (tender_id IS NOT NULL OR template IN ('offers-digest', 'mail-test', 'approval-expiring'));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await forget(db, 'approval-expiring');
    await forget(db, 'offer-reminder');
    await db.query(`
      ALTER TABLE notifications.notification
        DROP CONSTRAINT notification_about_a_tender,
        ADD CONSTRAINT notification_about_a_tender
          CHECK (tender_id IS NOT NULL OR template IN ('offers-digest', 'mail-test'));
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A corrected file of a published tender is told to whoever had answered. */
export class TellOfAmendedTenders1796000710000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE notifications.notification DROP CONSTRAINT notification_template_known;
      ALTER TABLE notifications.notification ADD CONSTRAINT notification_template_known
        CHECK (template IN ('tender-published', 'match-new', 'tender-amended', 'tender-withdrawn', 'tender-receipt',
                            'answer-given', 'answer-receipt'));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DELETE FROM notifications.attempt a USING notifications.notification n
        WHERE n.id = a.notification_id AND n.template = 'tender-amended';
      DELETE FROM notifications.notification WHERE template = 'tender-amended';
      ALTER TABLE notifications.notification DROP CONSTRAINT notification_template_known;
      ALTER TABLE notifications.notification ADD CONSTRAINT notification_template_known
        CHECK (template IN ('tender-published', 'match-new', 'tender-withdrawn', 'tender-receipt', 'answer-given', 'answer-receipt'));
    `);
  }
}

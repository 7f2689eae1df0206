import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is held on a person is found by the person, in the tables that grow: the page counts it, the erasure follows it. */
export class FindWhatIsHeldOnAPerson1796002702100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Of both channels; it serves the news of a person, too.
      CREATE INDEX notification_person_idx ON notifications.notification (recipient_id, channel, created_at DESC);
      DROP INDEX notifications.notification_recipient_idx;
      CREATE INDEX tag_decided_by_idx ON tagging.tag (decided_by) WHERE decided_by IS NOT NULL;
      CREATE INDEX answer_answered_by_idx ON answers.answer (answered_by);
      CREATE INDEX decision_decided_by_idx ON answers.decision (decided_by);
      CREATE INDEX enterprise_version_recorded_by_idx ON registry.enterprise_version (recorded_by) WHERE recorded_by IS NOT NULL;
      CREATE INDEX source_file_received_by_idx ON tenders.source_file (received_by);
      CREATE INDEX tender_version_recorded_by_idx ON tenders.tender_version (recorded_by);
      -- Addresses are compared without case, which no index answers under row security: it is read whole, beside the mails.
      CREATE INDEX outbox_mail_recipient_idx ON platform.outbox_mail (recipient, organisation_id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP INDEX platform.outbox_mail_recipient_idx, tenders.tender_version_recorded_by_idx, tenders.source_file_received_by_idx,
        registry.enterprise_version_recorded_by_idx, answers.decision_decided_by_idx, answers.answer_answered_by_idx,
        tagging.tag_decided_by_idx;
      CREATE INDEX notification_recipient_idx ON notifications.notification (recipient_id, created_at DESC) WHERE channel = 'in-app';
      DROP INDEX notifications.notification_person_idx;
    `);
  }
}

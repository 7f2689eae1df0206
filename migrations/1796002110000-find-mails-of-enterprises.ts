import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many mails an enterprise had this week is asked of each that a tender would be told to. */
export class FindMailsOfEnterprises1796002110000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX notification_organisation_idx ON notifications.notification (organisation_id, created_at)
        WHERE channel = 'mail';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX notifications.notification_organisation_idx;`);
  }
}

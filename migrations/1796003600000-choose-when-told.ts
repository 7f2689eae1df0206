import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forget, know } from './known-templates.js';

const STATES = `'pending', 'claimed', 'in_doubt', 'handed', 'delivered', 'failed', 'suppressed', 'cancelled', 'superseded', 'quarantined'`;

/**
 * A person chooses when they are written to: offers at once, every morning or on Monday, and never in their quiet hours.
 * Offers that wait are `held`; those of one person that are due leave in one mail, a notification of its own, and end as it ends.
 */
export class ChooseWhenTold1796003600000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE notifications.mail_wish (
        person_id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        rhythm text NOT NULL DEFAULT 'at-once' CONSTRAINT mail_wish_rhythm_known CHECK (rhythm IN ('at-once', 'daily', 'weekly')),
        -- on a Brussels clock, HH:MM
        quiet_from text CONSTRAINT mail_wish_quiet_from_time CHECK (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        quiet_until text CONSTRAINT mail_wish_quiet_until_time CHECK (quiet_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
        -- whether the enterprise wants this colleague to have offers by mail; its manager says so, the person may stop them besides
        is_chosen boolean NOT NULL DEFAULT true,
        CONSTRAINT mail_wish_quiet_whole CHECK ((quiet_from IS NULL) = (quiet_until IS NULL)),
        CONSTRAINT mail_wish_quiet_lasts CHECK (quiet_from <> quiet_until)
      );
      ALTER TABLE notifications.mail_wish ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY mail_wish_own ON notifications.mail_wish
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());
      GRANT SELECT, INSERT, DELETE, UPDATE (rhythm, quiet_from, quiet_until, is_chosen) ON notifications.mail_wish TO maillon_app;

      ALTER TABLE notifications.notification
        DROP CONSTRAINT notification_state_known,
        ADD CONSTRAINT notification_state_known CHECK (state IN (${STATES}, 'held')),
        ALTER COLUMN tender_id DROP NOT NULL,
        -- no reference: a backup brings the rows of a table back in any order
        ADD COLUMN digest_id uuid;
      GRANT UPDATE (digest_id) ON notifications.notification TO maillon_app;
      CREATE INDEX notification_held_idx ON notifications.notification (next_attempt_at) WHERE state = 'held' AND digest_id IS NULL;
      CREATE INDEX notification_digest_idx ON notifications.notification (digest_id) WHERE digest_id IS NOT NULL;
    `);
    await know(db, 'offers-digest');
    await know(db, 'mail-test');
    await db.query(`
      ALTER TABLE notifications.notification
        ADD CONSTRAINT notification_about_a_tender CHECK (tender_id IS NOT NULL OR template IN ('offers-digest', 'mail-test')),
        ADD CONSTRAINT notification_held_mail CHECK (state <> 'held' OR channel = 'mail');
    `);
  }

  /** What waits is sent at once, each by itself, as before. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      SELECT set_config('maillon.role', 'system', true);
      UPDATE notifications.notification SET state = 'pending', digest_id = NULL WHERE state = 'held';
      SELECT set_config('maillon.role', '', true);
      DROP INDEX notifications.notification_held_idx;
      ALTER TABLE notifications.notification
        DROP CONSTRAINT notification_held_mail,
        DROP CONSTRAINT notification_about_a_tender,
        DROP COLUMN digest_id,
        DROP CONSTRAINT notification_state_known,
        ADD CONSTRAINT notification_state_known CHECK (state IN (${STATES}));
    `);
    await forget(db, 'mail-test');
    await forget(db, 'offers-digest');
    await db.query(`
      ALTER TABLE notifications.notification ALTER COLUMN tender_id SET NOT NULL;
      DROP TABLE notifications.mail_wish;
    `);
  }
}

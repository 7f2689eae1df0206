import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is told what, once: the ledger of notifications, its attempts, and what people asked not to receive. */
export class CreateNotifications1795500800000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE SCHEMA notifications;
      GRANT USAGE ON SCHEMA notifications TO maillon_app;

      -- One row per (event, recipient, channel). It is the outbox as well: whoever holds its lease delivers it.
      CREATE TABLE notifications.notification (
        id uuid PRIMARY KEY,
        -- the recipient's
        organisation_id uuid NOT NULL,
        recipient_id uuid NOT NULL,
        event_id uuid NOT NULL,
        -- whose doing the recipient hears of
        event_organisation_id uuid NOT NULL,
        channel text NOT NULL CONSTRAINT notification_channel_known CHECK (channel IN ('mail', 'in-app')),
        template text NOT NULL CONSTRAINT notification_template_known
          CHECK (template IN ('tender-published', 'match-new', 'tender-withdrawn', 'tender-receipt', 'answer-given', 'answer-receipt')),
        -- identifiers and words that were public when the row was planned; the mail is written at send time
        params jsonb NOT NULL,
        tender_id uuid NOT NULL,
        package_ids uuid[] NOT NULL DEFAULT '{}',
        language text NOT NULL CONSTRAINT notification_language_known CHECK (language IN ('fr', 'nl', 'de', 'en')),
        state text NOT NULL CONSTRAINT notification_state_known
          CHECK (state IN ('pending', 'claimed', 'in_doubt', 'handed', 'delivered', 'failed', 'suppressed', 'cancelled', 'superseded', 'quarantined')),
        lease_until timestamptz,
        -- who took it last, as host and process
        worker text,
        -- raised at each claim: who comes back from the dead holds an old one and is refused
        fence integer NOT NULL DEFAULT 0,
        -- the fence under which the mail server was about to be spoken to: dead after that, the outcome is unknown
        handing_fence integer,
        attempts integer NOT NULL DEFAULT 0,
        in_doubt_count integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL,
        message_id text NOT NULL,
        request_id text NOT NULL,
        -- why it is failed, suppressed, cancelled or waiting: a code
        reason text,
        created_at timestamptz NOT NULL,
        finished_at timestamptz,
        read_at timestamptz,
        CONSTRAINT notification_once UNIQUE (event_id, recipient_id, channel),
        CONSTRAINT notification_message_once UNIQUE (message_id),
        CONSTRAINT notification_lease_while_claimed CHECK ((state = 'claimed') = (lease_until IS NOT NULL)),
        CONSTRAINT notification_finished_when CHECK
          ((finished_at IS NOT NULL) = (state IN ('handed', 'delivered', 'failed', 'suppressed', 'cancelled', 'superseded'))),
        CONSTRAINT notification_read_in_app CHECK (read_at IS NULL OR channel = 'in-app')
      );
      CREATE INDEX notification_due_idx ON notifications.notification (channel, next_attempt_at) WHERE state IN ('pending', 'in_doubt');
      CREATE INDEX notification_lease_idx ON notifications.notification (lease_until) WHERE state = 'claimed';
      CREATE INDEX notification_recipient_idx ON notifications.notification (recipient_id, created_at DESC) WHERE channel = 'in-app';
      CREATE INDEX notification_tender_idx ON notifications.notification (tender_id);
      CREATE INDEX notification_packages_idx ON notifications.notification USING gin (package_ids);

      -- What was tried, never changed afterwards.
      CREATE TABLE notifications.attempt (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        notification_id uuid NOT NULL REFERENCES notifications.notification (id),
        fence integer NOT NULL,
        at timestamptz NOT NULL,
        worker text NOT NULL,
        outcome text NOT NULL CONSTRAINT attempt_outcome_known CHECK (outcome IN
          ('handing', 'handed', 'delivered', 'deferred', 'rejected', 'in-doubt', 'cancelled', 'suppressed', 'lease-expired',
           'released', 'replayed')),
        detail text,
        request_id text NOT NULL
      );
      CREATE INDEX attempt_notification_idx ON notifications.attempt (notification_id, fence);

      -- Nothing of before a restored backup leaves until an operator says so: it may have left already.
      CREATE TABLE notifications.quarantine (
        id uuid PRIMARY KEY,
        declared_at timestamptz NOT NULL,
        lifted_at timestamptz
      );
      CREATE UNIQUE INDEX quarantine_one_open ON notifications.quarantine ((true)) WHERE lifted_at IS NULL;
      ALTER TABLE notifications.quarantine ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY quarantine_system ON notifications.quarantine USING (platform.is_system()) WITH CHECK (platform.is_system());
      CREATE POLICY quarantine_read ON notifications.quarantine FOR SELECT USING (platform.actor_role() = 'administrator');

      -- A list a person asked not to receive by mail any more; the same news stays readable in the application.
      CREATE TABLE notifications.stopped_list (
        organisation_id uuid NOT NULL,
        person_id uuid NOT NULL,
        list text NOT NULL CONSTRAINT stopped_list_known CHECK (list IN ('offers', 'answers')),
        stopped_at timestamptz NOT NULL,
        CONSTRAINT stopped_list_once PRIMARY KEY (person_id, list)
      );

      -- An address that the mail server refused for good: nothing is sent to it until somebody lifts this.
      CREATE TABLE notifications.refused_address (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        email text NOT NULL CONSTRAINT refused_address_lower CHECK (email = lower(email)),
        detail text NOT NULL,
        refused_at timestamptz NOT NULL,
        lifted_at timestamptz
      );
      CREATE UNIQUE INDEX refused_address_one_open ON notifications.refused_address (email) WHERE lifted_at IS NULL;

      DO $$ DECLARE t text; BEGIN
        FOREACH t IN ARRAY ARRAY['notification', 'attempt', 'stopped_list', 'refused_address'] LOOP
          EXECUTE format('ALTER TABLE notifications.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
          EXECUTE format('CREATE POLICY %I ON notifications.%I
                          USING (platform.is_system() OR organisation_id = platform.actor_organisation())
                          WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation())', t || '_own', t);
        END LOOP;
      END $$;
      -- That somebody was told is part of the figures, and of the board of the one who offers the work.
      CREATE POLICY notification_read ON notifications.notification FOR SELECT
        USING (platform.actor_role() IN ('working-group', 'administrator') OR event_organisation_id = platform.actor_organisation());
      CREATE POLICY attempt_read ON notifications.attempt FOR SELECT USING (platform.actor_role() = 'administrator');
      CREATE POLICY refused_address_read ON notifications.refused_address FOR SELECT USING (platform.actor_role() = 'administrator');

      GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA notifications TO maillon_app;
      GRANT UPDATE (declared_at, lifted_at) ON notifications.quarantine TO maillon_app;
      GRANT UPDATE (state, lease_until, worker, fence, handing_fence, attempts, in_doubt_count, next_attempt_at, reason, finished_at, read_at)
        ON notifications.notification TO maillon_app;
      GRANT DELETE ON notifications.stopped_list TO maillon_app;
      GRANT UPDATE (lifted_at) ON notifications.refused_address TO maillon_app;

      -- Mails as they would leave, when no mail server is named. The source is RFC 5322 text.
      CREATE TABLE platform.outbox_mail (
        -- that of what asked for it: a notification leaves one mail
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        message_id text NOT NULL CONSTRAINT outbox_mail_message_once UNIQUE,
        recipient text NOT NULL,
        subject text NOT NULL,
        headers jsonb NOT NULL,
        html text NOT NULL,
        body text NOT NULL,
        source text NOT NULL,
        request_id text NOT NULL,
        sent_at timestamptz NOT NULL
      );
      CREATE INDEX outbox_mail_sent_idx ON platform.outbox_mail (sent_at DESC);
      ALTER TABLE platform.outbox_mail ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY outbox_mail_own ON platform.outbox_mail FOR SELECT
        USING (platform.actor_role() IN ('system', 'administrator') OR organisation_id = platform.actor_organisation());
      CREATE POLICY outbox_mail_insert ON platform.outbox_mail FOR INSERT WITH CHECK (platform.is_system());
      GRANT SELECT, INSERT ON platform.outbox_mail TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE platform.outbox_mail; DROP SCHEMA notifications CASCADE;`);
  }
}

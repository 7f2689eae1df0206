import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ground of every other schema: the role the service runs as, who is acting, events, audit, idempotency.
 * Owned rows carry organisation_id NOT NULL; row-level security is forced, so that not even the owner passes by.
 */
export class CreatePlatform1795500000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      DO $$ BEGIN
        CREATE ROLE maillon_app NOLOGIN NOINHERIT;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$;
      DO $$ BEGIN
        EXECUTE format('GRANT maillon_app TO %I', current_user);
      END $$;
      CREATE EXTENSION IF NOT EXISTS btree_gist;
      CREATE SCHEMA platform;
      GRANT USAGE ON SCHEMA platform TO maillon_app;

      -- After a transaction the setting is an empty string, not NULL.
      CREATE FUNCTION platform.actor_role() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT coalesce(nullif(current_setting('maillon.role', true), ''), 'anonymous') $$;
      CREATE FUNCTION platform.actor_organisation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT nullif(current_setting('maillon.organisation_id', true), '')::uuid $$;
      CREATE FUNCTION platform.actor_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT nullif(current_setting('maillon.person_id', true), '')::uuid $$;
      CREATE FUNCTION platform.is_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
        AS $$ SELECT platform.actor_role() = 'system' $$;

      -- What happened, in the transaction in which it happened.
      CREATE TABLE platform.event (
        id uuid PRIMARY KEY,
        type text NOT NULL,
        organisation_id uuid NOT NULL,
        subject_id uuid NOT NULL,
        payload jsonb NOT NULL,
        request_id text NOT NULL,
        occurred_at timestamptz NOT NULL
      );
      CREATE INDEX event_subject_idx ON platform.event (subject_id, occurred_at);
      ALTER TABLE platform.event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY event_all ON platform.event
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());
      GRANT SELECT, INSERT ON platform.event TO maillon_app;

      -- Who an actor was, apart from what was done, so that a person can be forgotten and the chain stays whole.
      CREATE TABLE platform.actor_pseudonym (
        person_id uuid PRIMARY KEY,
        pseudonym uuid NOT NULL,
        CONSTRAINT actor_pseudonym_once UNIQUE (pseudonym)
      );
      ALTER TABLE platform.actor_pseudonym ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY actor_pseudonym_own ON platform.actor_pseudonym
        USING (platform.is_system() OR person_id = platform.actor_person())
        WITH CHECK (platform.is_system() OR person_id = platform.actor_person());
      GRANT SELECT, INSERT, DELETE ON platform.actor_pseudonym TO maillon_app;

      -- Who did or read what. One chain per organisation whose affairs are concerned; nobody edits it.
      CREATE TABLE platform.audit_entry (
        organisation_id uuid NOT NULL,
        seq bigint NOT NULL CONSTRAINT audit_entry_seq_positive CHECK (seq > 0),
        at timestamptz NOT NULL,
        actor uuid,
        actor_role text NOT NULL,
        request_id text NOT NULL,
        action text NOT NULL,
        subject_id uuid,
        details jsonb NOT NULL,
        -- sha-256 of the salted personal values, which live in audit_personal and can be erased
        commitment text,
        previous text NOT NULL CONSTRAINT audit_entry_previous_shape CHECK (previous ~ '^[0-9a-f]{64}$'),
        hash text NOT NULL CONSTRAINT audit_entry_hash_shape CHECK (hash ~ '^[0-9a-f]{64}$'),
        CONSTRAINT audit_entry_pk PRIMARY KEY (organisation_id, seq),
        CONSTRAINT audit_entry_hash_once UNIQUE (hash)
      );
      CREATE INDEX audit_entry_subject_idx ON platform.audit_entry (subject_id, at);
      CREATE INDEX audit_entry_request_idx ON platform.audit_entry (request_id);
      ALTER TABLE platform.audit_entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY audit_entry_read ON platform.audit_entry FOR SELECT
        USING (platform.is_system() OR organisation_id = platform.actor_organisation());
      -- A reader writes into the chain of the organisation whose document was read.
      CREATE POLICY audit_entry_append ON platform.audit_entry FOR INSERT WITH CHECK (true);
      CREATE POLICY audit_entry_no_update ON platform.audit_entry FOR UPDATE USING (false);
      CREATE POLICY audit_entry_no_delete ON platform.audit_entry FOR DELETE USING (false);
      GRANT SELECT, INSERT ON platform.audit_entry TO maillon_app;
      CREATE FUNCTION platform.refuse_change() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'insufficient_privilege'; END $$;
      CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platform.audit_entry
        FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();

      -- The end of each chain. Its row lock is what keeps the numbers without a gap.
      CREATE TABLE platform.audit_head (
        organisation_id uuid NOT NULL,
        seq bigint NOT NULL,
        hash text NOT NULL,
        CONSTRAINT audit_head_pk PRIMARY KEY (organisation_id)
      );
      ALTER TABLE platform.audit_head ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY audit_head_all ON platform.audit_head USING (true) WITH CHECK (true);
      GRANT SELECT, INSERT, UPDATE ON platform.audit_head TO maillon_app;

      CREATE TABLE platform.audit_personal (
        organisation_id uuid NOT NULL,
        seq bigint NOT NULL,
        salt text NOT NULL,
        content jsonb NOT NULL,
        CONSTRAINT audit_personal_pk PRIMARY KEY (organisation_id, seq),
        CONSTRAINT audit_personal_of_entry FOREIGN KEY (organisation_id, seq) REFERENCES platform.audit_entry
      );
      ALTER TABLE platform.audit_personal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY audit_personal_read ON platform.audit_personal FOR SELECT
        USING (platform.is_system() OR organisation_id = platform.actor_organisation());
      CREATE POLICY audit_personal_append ON platform.audit_personal FOR INSERT WITH CHECK (true);
      CREATE POLICY audit_personal_no_update ON platform.audit_personal FOR UPDATE USING (false);
      CREATE POLICY audit_personal_erase ON platform.audit_personal FOR DELETE USING (platform.is_system());
      GRANT SELECT, INSERT, DELETE ON platform.audit_personal TO maillon_app;

      -- A request that was sent twice has one effect and one answer. Rows live a day.
      CREATE TABLE platform.idempotency (
        organisation_id uuid NOT NULL,
        person_id uuid NOT NULL,
        key text NOT NULL CONSTRAINT idempotency_key_length CHECK (length(key) BETWEEN 1 AND 255),
        fingerprint text NOT NULL,
        state text NOT NULL CONSTRAINT idempotency_state_known CHECK (state IN ('in-flight', 'done')),
        status integer,
        headers jsonb,
        body text,
        claimed_at timestamptz NOT NULL,
        CONSTRAINT idempotency_pk PRIMARY KEY (person_id, key),
        CONSTRAINT idempotency_done_has_answer CHECK ((state = 'done') = (status IS NOT NULL))
      );
      CREATE INDEX idempotency_age_idx ON platform.idempotency (claimed_at);
      ALTER TABLE platform.idempotency ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY idempotency_own ON platform.idempotency
        USING (platform.is_system() OR person_id = platform.actor_person())
        WITH CHECK (platform.is_system() OR (person_id = platform.actor_person() AND organisation_id = platform.actor_organisation()));
      GRANT SELECT, INSERT, UPDATE, DELETE ON platform.idempotency TO maillon_app;

      -- Readiness compares it with the migrations of the running release.
      GRANT SELECT ON public.schema_migration TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP SCHEMA platform CASCADE; DROP EXTENSION IF EXISTS btree_gist;`);
  }
}

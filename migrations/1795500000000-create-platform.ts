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

      -- Readiness compares it with the migrations of the running release.
      GRANT SELECT ON public.schema_migration TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP SCHEMA platform CASCADE; DROP EXTENSION IF EXISTS btree_gist;`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Social-economy enterprises. Two times on every fact: the days on which it is true (valid) and the instants
 * between which we held it for true (recorded). Nothing is updated in place but the end of `recorded`.
 */
export class CreateRegistry1795500300000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE SCHEMA registry;
      GRANT USAGE ON SCHEMA registry TO maillon_app;

      CREATE TABLE registry.enterprise (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT enterprise_one_per_organisation UNIQUE (organisation_id)
      );

      -- profile: kind, location, contact, activities, ratios, credentials, openToTeams (shape: registry/domain/enterprise.ts)
      CREATE TABLE registry.enterprise_version (
        id uuid PRIMARY KEY,
        enterprise_id uuid NOT NULL REFERENCES registry.enterprise (id),
        organisation_id uuid NOT NULL,
        name text NOT NULL,
        kind text NOT NULL,
        profile jsonb NOT NULL,
        valid daterange NOT NULL CONSTRAINT enterprise_version_valid_some CHECK (NOT isempty(valid)),
        recorded tstzrange NOT NULL CONSTRAINT enterprise_version_recorded_some CHECK (NOT isempty(recorded)),
        recorded_by uuid,
        CONSTRAINT enterprise_version_one_truth EXCLUDE USING gist (enterprise_id WITH =, valid WITH &&, recorded WITH &&)
      );

      -- Loading many at once: the exclusion index answers one by one.
      CREATE INDEX enterprise_version_enterprise_idx ON registry.enterprise_version (enterprise_id);

      CREATE TABLE registry.approval (
        id uuid PRIMARY KEY,
        enterprise_id uuid NOT NULL REFERENCES registry.enterprise (id),
        organisation_id uuid NOT NULL,
        kind text NOT NULL,
        authority text NOT NULL,
        reference text,
        state text NOT NULL CONSTRAINT approval_state_known CHECK (state IN ('pending', 'verified', 'withdrawn')),
        valid daterange NOT NULL CONSTRAINT approval_valid_some CHECK (NOT isempty(valid)),
        recorded tstzrange NOT NULL CONSTRAINT approval_recorded_some CHECK (NOT isempty(recorded)),
        CONSTRAINT approval_one_truth EXCLUDE USING gist (enterprise_id WITH =, kind WITH =, valid WITH &&, recorded WITH &&)
      );
      CREATE INDEX approval_enterprise_idx ON registry.approval (enterprise_id);

      DO $$ DECLARE t text; BEGIN
        FOREACH t IN ARRAY ARRAY['enterprise', 'enterprise_version', 'approval'] LOOP
          EXECUTE format('ALTER TABLE registry.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
          -- The register of approved enterprises is public between people who are signed in; only its owner changes it.
          EXECUTE format('CREATE POLICY %I ON registry.%I FOR SELECT USING (platform.actor_role() <> ''anonymous'')', t || '_read', t);
          EXECUTE format('CREATE POLICY %I ON registry.%I FOR INSERT WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation())', t || '_insert', t);
          EXECUTE format('CREATE POLICY %I ON registry.%I FOR UPDATE USING (platform.is_system() OR organisation_id = platform.actor_organisation())', t || '_update', t);
        END LOOP;
      END $$;
      GRANT SELECT, INSERT ON registry.enterprise TO maillon_app;
      GRANT SELECT, INSERT, UPDATE (recorded) ON registry.enterprise_version, registry.approval TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP SCHEMA registry CASCADE;`);
  }
}

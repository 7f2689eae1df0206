import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who manages an organisation's people, how a forgotten password is replaced, and how programs come in. */
export class OpenAccountDoors1796000800000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Until now everybody could do everything for their organisation: they keep that.
      ALTER TABLE accounts.person ADD COLUMN organisation_role text NOT NULL DEFAULT 'manager'
        CONSTRAINT person_organisation_role_known CHECK (organisation_role IN ('manager', 'member'));
      ALTER TABLE accounts.person ALTER COLUMN organisation_role DROP DEFAULT;
      ALTER TABLE accounts.invitation ADD COLUMN organisation_role text NOT NULL DEFAULT 'manager'
        CONSTRAINT invitation_organisation_role_known CHECK (organisation_role IN ('manager', 'member'));
      ALTER TABLE accounts.invitation ALTER COLUMN organisation_role DROP DEFAULT;

      -- A link that lets a person choose a new password: once, for an hour, the latest asked for.
      CREATE TABLE accounts.password_reset (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL REFERENCES accounts.organisation (id),
        person_id uuid NOT NULL REFERENCES accounts.person (id) ON DELETE CASCADE,
        token_hash text NOT NULL CONSTRAINT password_reset_token_once UNIQUE,
        asked_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        CONSTRAINT password_reset_life CHECK (expires_at > asked_at)
      );
      CREATE UNIQUE INDEX password_reset_one_open ON accounts.password_reset (person_id) WHERE used_at IS NULL;
      ALTER TABLE accounts.password_reset ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY password_reset_system ON accounts.password_reset
        USING (platform.is_system()) WITH CHECK (platform.is_system());

      -- What a program shows instead of a session. Only its hash is kept.
      CREATE TABLE accounts.api_token (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL REFERENCES accounts.organisation (id),
        person_id uuid NOT NULL REFERENCES accounts.person (id) ON DELETE CASCADE,
        name text NOT NULL CONSTRAINT api_token_name_given CHECK (name <> ''),
        token_hash text NOT NULL CONSTRAINT api_token_once UNIQUE,
        scopes text[] NOT NULL CONSTRAINT api_token_allows_something CHECK (cardinality(scopes) > 0),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        revoked_at timestamptz,
        CONSTRAINT api_token_life CHECK (expires_at > created_at AND expires_at <= created_at + interval '366 days')
      );
      CREATE INDEX api_token_person_idx ON accounts.api_token (person_id);
      ALTER TABLE accounts.api_token ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY api_token_own ON accounts.api_token
        USING (platform.is_system() OR person_id = platform.actor_person())
        WITH CHECK (platform.is_system() OR person_id = platform.actor_person());

      GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.password_reset, accounts.api_token TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE accounts.api_token;
      DROP TABLE accounts.password_reset;
      ALTER TABLE accounts.invitation DROP COLUMN organisation_role;
      ALTER TABLE accounts.person DROP COLUMN organisation_role;
    `);
  }
}

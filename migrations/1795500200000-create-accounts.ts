import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, organisations, and how a person proves who they are. */
export class CreateAccounts1795500200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE SCHEMA accounts;
      GRANT USAGE ON SCHEMA accounts TO maillon_app;

      CREATE TABLE accounts.organisation (
        id uuid PRIMARY KEY,
        role text NOT NULL CONSTRAINT organisation_role_known
          CHECK (role IN ('contractor', 'enterprise', 'working-group', 'administrator')),
        name text NOT NULL CONSTRAINT organisation_name_given CHECK (name <> ''),
        enterprise_number text CONSTRAINT organisation_number_shape CHECK (enterprise_number ~ '^[01][0-9]{9}$'),
        language text NOT NULL CONSTRAINT organisation_language_known CHECK (language IN ('fr', 'nl', 'de', 'en')),
        nis text,
        created_at timestamptz NOT NULL,
        CONSTRAINT organisation_number_once UNIQUE (enterprise_number)
      );
      ALTER TABLE accounts.organisation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      -- The name of an organisation is not a secret between people who are signed in.
      CREATE POLICY organisation_read ON accounts.organisation FOR SELECT
        USING (platform.actor_role() <> 'anonymous');
      CREATE POLICY organisation_insert ON accounts.organisation FOR INSERT
        WITH CHECK (platform.actor_role() IN ('system', 'administrator'));
      CREATE POLICY organisation_update ON accounts.organisation FOR UPDATE
        USING (platform.actor_role() IN ('system', 'administrator') OR id = platform.actor_organisation());

      CREATE TABLE accounts.person (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL REFERENCES accounts.organisation (id),
        email text NOT NULL CONSTRAINT person_email_lower CHECK (email = lower(email)),
        name text NOT NULL,
        language text NOT NULL CONSTRAINT person_language_known CHECK (language IN ('fr', 'nl', 'de', 'en')),
        disabled_at timestamptz,
        created_at timestamptz NOT NULL,
        CONSTRAINT person_email_once UNIQUE (email)
      );
      CREATE INDEX person_organisation_idx ON accounts.person (organisation_id);
      ALTER TABLE accounts.person ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY person_own ON accounts.person
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());

      -- Several per person, so that passkeys can stand beside a password.
      CREATE TABLE accounts.credential (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL REFERENCES accounts.organisation (id),
        person_id uuid NOT NULL REFERENCES accounts.person (id) ON DELETE CASCADE,
        kind text NOT NULL CONSTRAINT credential_kind_known CHECK (kind IN ('password')),
        secret text NOT NULL,
        created_at timestamptz NOT NULL,
        replaced_at timestamptz
      );
      CREATE UNIQUE INDEX credential_one_password ON accounts.credential (person_id) WHERE kind = 'password' AND replaced_at IS NULL;
      ALTER TABLE accounts.credential ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY credential_system ON accounts.credential USING (platform.is_system()) WITH CHECK (platform.is_system());

      -- The cookie holds the token, the table only its hash.
      CREATE TABLE accounts.session (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL REFERENCES accounts.organisation (id),
        person_id uuid NOT NULL REFERENCES accounts.person (id) ON DELETE CASCADE,
        token_hash text NOT NULL CONSTRAINT session_token_once UNIQUE,
        -- browser and system in words ("Firefox, Linux"), so that people recognise it
        device text NOT NULL,
        created_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        idle_until timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        CONSTRAINT session_idle_within_life CHECK (idle_until <= ends_at)
      );
      CREATE INDEX session_person_idx ON accounts.session (person_id);
      ALTER TABLE accounts.session ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY session_own ON accounts.session
        USING (platform.is_system() OR person_id = platform.actor_person())
        WITH CHECK (platform.is_system());

      -- Tries slow down, never lock out. Kept as a keyed hash of the address, whether an account exists or not,
      -- and of the network they come from.
      CREATE TABLE accounts.sign_in_try (
        id uuid PRIMARY KEY,
        source_hash text NOT NULL,
        tried_at timestamptz NOT NULL
      );
      CREATE INDEX sign_in_try_idx ON accounts.sign_in_try (source_hash, tried_at);
      CREATE INDEX sign_in_try_age_idx ON accounts.sign_in_try (tried_at);
      ALTER TABLE accounts.sign_in_try ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY sign_in_try_system ON accounts.sign_in_try USING (platform.is_system()) WITH CHECK (platform.is_system());

      CREATE TABLE accounts.invitation (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL REFERENCES accounts.organisation (id),
        email text NOT NULL CONSTRAINT invitation_email_lower CHECK (email = lower(email)),
        name text NOT NULL,
        language text NOT NULL CONSTRAINT invitation_language_known CHECK (language IN ('fr', 'nl', 'de', 'en')),
        token_hash text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        accepted_at timestamptz,
        CONSTRAINT invitation_replaced_not_stacked UNIQUE (organisation_id, email),
        CONSTRAINT invitation_token_once UNIQUE (token_hash)
      );
      ALTER TABLE accounts.invitation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY invitation_own ON accounts.invitation
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());

      GRANT SELECT, INSERT, UPDATE ON accounts.organisation, accounts.person TO maillon_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.credential, accounts.session, accounts.sign_in_try, accounts.invitation TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP SCHEMA accounts CASCADE;`);
  }
}

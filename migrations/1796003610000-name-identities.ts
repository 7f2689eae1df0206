import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who signs in is looked up by who vouches for them and under which name, not by the address mails go to: another service that
 * vouches for people has its own names, and one person may come by several ways. Whoever came by address and password has
 * the identity of that address. A credential that is not a password is known by its handle, and a person may have several.
 */
export class NameIdentities1796003610000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE accounts.identity (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL REFERENCES accounts.organisation (id),
        person_id uuid NOT NULL REFERENCES accounts.person (id) ON DELETE CASCADE,
        -- who vouches: 'maillon' itself, or the address of another service
        issuer text NOT NULL CONSTRAINT identity_issuer_known CHECK (issuer = 'maillon' OR issuer ~ '^https://'),
        -- under which name: for 'maillon' the address that is typed, as it is kept
        subject text NOT NULL CONSTRAINT identity_subject_given CHECK (subject <> ''),
        created_at timestamptz NOT NULL,
        CONSTRAINT identity_once UNIQUE (issuer, subject),
        -- another name with the same issuer is another person
        CONSTRAINT identity_one_of_an_issuer UNIQUE (person_id, issuer)
      );
      ALTER TABLE accounts.identity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY identity_system ON accounts.identity USING (platform.is_system()) WITH CHECK (platform.is_system());
      GRANT SELECT, INSERT, DELETE ON accounts.identity TO maillon_app;

      SELECT set_config('maillon.role', 'system', true);
      -- Not of the erased, whose address is none any more.
      INSERT INTO accounts.identity (id, organisation_id, person_id, issuer, subject, created_at)
        SELECT gen_random_uuid(), organisation_id, id, 'maillon', email, created_at FROM accounts.person
         WHERE email <> id || '@erased.invalid';
      SELECT set_config('maillon.role', '', true);

      ALTER TABLE accounts.credential
        DROP CONSTRAINT credential_kind_known,
        ADD CONSTRAINT credential_kind_known CHECK (kind IN ('password', 'passkey')),
        -- by which its holder names it: of a password there is only one
        ADD COLUMN handle text,
        ADD CONSTRAINT credential_handle_of_kind CHECK ((kind = 'password') = (handle IS NULL)),
        ADD CONSTRAINT credential_handle_once UNIQUE (kind, handle);
      CREATE INDEX credential_person_idx ON accounts.credential (person_id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      SELECT set_config('maillon.role', 'system', true);
      DO $$ BEGIN
        IF EXISTS (SELECT FROM accounts.identity WHERE issuer <> 'maillon')
           OR EXISTS (SELECT FROM accounts.credential WHERE kind <> 'password') THEN
          RAISE EXCEPTION 'people sign in by other ways than a password: they could not any more';
        END IF;
      END $$;
      SELECT set_config('maillon.role', '', true);
      DROP INDEX accounts.credential_person_idx;
      ALTER TABLE accounts.credential
        DROP COLUMN handle,
        DROP CONSTRAINT credential_kind_known,
        ADD CONSTRAINT credential_kind_known CHECK (kind IN ('password'));
      DROP TABLE accounts.identity;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An enterprise that asks to come in: nothing exists of it until the person who asked has followed the link. */
export class RegisterEnterprises1796000810000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE accounts.registration (
        id uuid PRIMARY KEY,
        enterprise_number text NOT NULL CONSTRAINT registration_number_shape CHECK (enterprise_number ~ '^[01][0-9]{9}$'),
        organisation_name text NOT NULL CONSTRAINT registration_organisation_given CHECK (organisation_name <> ''),
        name text NOT NULL CONSTRAINT registration_name_given CHECK (name <> ''),
        email text NOT NULL CONSTRAINT registration_email_lower CHECK (email = lower(email)),
        language text NOT NULL CONSTRAINT registration_language_known CHECK (language IN ('fr', 'nl', 'de', 'en')),
        token_hash text NOT NULL CONSTRAINT registration_token_once UNIQUE,
        asked_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        accepted_at timestamptz,
        CONSTRAINT registration_life CHECK (expires_at > asked_at)
      );
      CREATE UNIQUE INDEX registration_one_open ON accounts.registration (email) WHERE accepted_at IS NULL;
      ALTER TABLE accounts.registration ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY registration_system ON accounts.registration
        USING (platform.is_system()) WITH CHECK (platform.is_system());
      GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.registration TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE accounts.registration;`);
  }
}

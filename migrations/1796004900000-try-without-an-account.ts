import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a visitor without an account brings to see what comes of it: a document, and what was read of it, behind an address
 * that cannot be guessed. It is nobody's until a contractor keeps it, and gone after a day.
 */
export class TryWithoutAnAccount1796004900000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE tenders.trial (
        id uuid PRIMARY KEY,
        token_hash text NOT NULL CONSTRAINT trial_token_once UNIQUE,
        browser_hash text NOT NULL,
        network_hash text NOT NULL,
        sha256 text NOT NULL,
        name text NOT NULL,
        size_bytes integer NOT NULL,
        content bytea,
        scanned boolean NOT NULL,
        state text NOT NULL CONSTRAINT trial_state_known CHECK (state IN ('received', 'staged', 'refused', 'kept')),
        parsed jsonb,
        problems jsonb NOT NULL DEFAULT '[]',
        proposal jsonb,
        import_id uuid REFERENCES tenders.import (id) ON DELETE CASCADE,
        made_at timestamptz NOT NULL,
        CONSTRAINT trial_read_when_staged CHECK ((state = 'staged') = (parsed IS NOT NULL AND proposal IS NOT NULL)),
        CONSTRAINT trial_kept_elsewhere CHECK ((state = 'kept') = (import_id IS NOT NULL) AND (state = 'kept') = (content IS NULL))
      );
      CREATE INDEX trial_made_idx ON tenders.trial (made_at);
      CREATE INDEX trial_import_idx ON tenders.trial (import_id) WHERE import_id IS NOT NULL;
      ALTER TABLE tenders.trial ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY trial_system ON tenders.trial USING (platform.is_system()) WITH CHECK (platform.is_system());
      GRANT SELECT, INSERT, UPDATE, DELETE ON tenders.trial TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE tenders.trial;`);
  }
}

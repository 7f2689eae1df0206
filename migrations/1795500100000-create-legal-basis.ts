import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The law as entered: the days on which a rule holds (valid) and the instants between which we held it for true
 * (recorded). Public reference data: everybody reads it, only the system writes, and nothing but the end of
 * `recorded` is ever updated.
 */
export class CreateLegalBasis1795500100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE SCHEMA legal_basis;
      GRANT USAGE ON SCHEMA legal_basis TO maillon_app;

      CREATE TABLE legal_basis.rule_version (
        id uuid PRIMARY KEY,
        -- Follows from the content: the same words entered again are the same version. Decisions cite it.
        version_id uuid NOT NULL,
        rule_set text NOT NULL CONSTRAINT rule_version_set_shape CHECK (rule_set ~ '^[a-z][a-z-]*$'),
        rule_key text NOT NULL CONSTRAINT rule_version_key_shape CHECK (rule_key ~ '^[A-Za-z0-9][A-Za-z0-9_:-]*$'),
        valid daterange NOT NULL CONSTRAINT rule_version_valid_some CHECK (NOT isempty(valid)),
        recorded tstzrange NOT NULL CONSTRAINT rule_version_recorded_some CHECK (NOT isempty(recorded)),
        body jsonb NOT NULL,
        citation jsonb NOT NULL CONSTRAINT rule_version_cited
          CHECK (length(citation ->> 'fr') > 0 AND length(citation ->> 'nl') > 0),
        confidence text NOT NULL CONSTRAINT rule_version_confidence_known
          CHECK (confidence IN ('sourced', 'recalled', 'uncertain')),
        source_file text NOT NULL,
        content_hash text NOT NULL CONSTRAINT rule_version_hash_shape CHECK (content_hash ~ '^[0-9a-f]{64}$'),
        CONSTRAINT rule_version_one_truth
          EXCLUDE USING gist (rule_set WITH =, rule_key WITH =, valid WITH &&, recorded WITH &&)
      );
      CREATE INDEX rule_version_version_idx ON legal_basis.rule_version (version_id);
      CREATE INDEX rule_version_current_idx ON legal_basis.rule_version (rule_set, rule_key) WHERE upper_inf(recorded);

      ALTER TABLE legal_basis.rule_version ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY rule_version_read ON legal_basis.rule_version FOR SELECT USING (true);
      CREATE POLICY rule_version_insert ON legal_basis.rule_version FOR INSERT WITH CHECK (platform.is_system());
      CREATE POLICY rule_version_close ON legal_basis.rule_version FOR UPDATE
        USING (platform.is_system()) WITH CHECK (platform.is_system());
      GRANT SELECT, INSERT, UPDATE (recorded) ON legal_basis.rule_version TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP SCHEMA legal_basis CASCADE;`);
  }
}

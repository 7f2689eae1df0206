import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Findings on a work package, with their evidence: trades, and whether it can be placed. */
export class CreateTagging1795500500000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE SCHEMA tagging;
      GRANT USAGE ON SCHEMA tagging TO maillon_app;
      CREATE TABLE tagging.tag (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        package_id uuid NOT NULL,
        kind text NOT NULL CONSTRAINT tag_kind_known CHECK (kind IN ('trade', 'placeable')),
        -- trade: a CPV code; placeable: yes, part or no
        value text NOT NULL CONSTRAINT tag_value_shape
          CHECK (CASE kind WHEN 'trade' THEN value ~ '^[0-9]{8}$' ELSE value IN ('yes', 'part', 'no') END),
        confidence numeric(4, 3) NOT NULL CONSTRAINT tag_confidence_share CHECK (confidence BETWEEN 0 AND 1),
        accepted boolean NOT NULL,
        evidence jsonb NOT NULL,
        parts text[] NOT NULL DEFAULT '{}',
        reasons text[] NOT NULL DEFAULT '{}',
        origin text NOT NULL CONSTRAINT tag_origin_known CHECK (origin IN ('machine', 'document', 'person')),
        state text NOT NULL CONSTRAINT tag_state_known CHECK (state IN ('proposed', 'confirmed', 'rejected')),
        decided_by uuid,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT tag_once UNIQUE (package_id, kind, value),
        CONSTRAINT tag_decided_by_someone CHECK (state = 'proposed' OR decided_by IS NOT NULL OR origin = 'document')
      );
      CREATE INDEX tag_package_idx ON tagging.tag (package_id);
      -- One verdict on "can it be placed" holds at a time.
      CREATE UNIQUE INDEX tag_one_placeable ON tagging.tag (package_id) WHERE kind = 'placeable' AND state <> 'rejected';
      ALTER TABLE tagging.tag ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY tag_own ON tagging.tag
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());
      -- What a published package was tagged with is part of the figures.
      CREATE POLICY tag_published ON tagging.tag FOR SELECT
        USING (platform.actor_role() IN ('working-group', 'administrator')
               AND EXISTS (SELECT FROM tenders.work_package p WHERE p.id = package_id));
      GRANT SELECT, INSERT, UPDATE, DELETE ON tagging.tag TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP SCHEMA tagging CASCADE;`);
  }
}

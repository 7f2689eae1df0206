import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A tender that a person describes in a form, as far as it is entered: what is not yet right is kept, too. */
export class DraftDescriptions1796002200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE tenders.description_draft (
        id uuid CONSTRAINT description_draft_pkey PRIMARY KEY,
        organisation_id uuid NOT NULL,
        described_by uuid NOT NULL,
        -- texts by field, as entered
        entries jsonb NOT NULL CONSTRAINT description_draft_entries_object CHECK (jsonb_typeof(entries) = 'object'),
        kept_at timestamptz NOT NULL,
        -- the reading of the document it last became
        import_id uuid REFERENCES tenders.import (id)
      );
      CREATE INDEX description_draft_of_person_idx ON tenders.description_draft (described_by, kept_at DESC);
      CREATE INDEX description_draft_import_idx ON tenders.description_draft (import_id) WHERE import_id IS NOT NULL;
      ALTER TABLE tenders.description_draft ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY description_draft_own ON tenders.description_draft
        USING (platform.is_system()
               OR (organisation_id = platform.actor_organisation() AND described_by = platform.actor_person()))
        WITH CHECK (platform.is_system()
                    OR (organisation_id = platform.actor_organisation() AND described_by = platform.actor_person()
                        AND (import_id IS NULL OR EXISTS (SELECT FROM tenders.import i WHERE i.id = import_id
                                                            AND i.organisation_id = platform.actor_organisation()))));
      GRANT SELECT, INSERT, DELETE, UPDATE (entries, kept_at, import_id) ON tenders.description_draft TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE tenders.description_draft;`);
  }
}

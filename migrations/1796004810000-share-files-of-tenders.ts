import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a contractor shares of a tender with the enterprises that see it: files it adds, and the document it brought, when
 * it says so. Nothing of it is shared by itself, nor with visitors.
 */
export class ShareFilesOfTenders1796004810000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE tenders.source_file ADD CONSTRAINT source_file_whose UNIQUE (id, organisation_id);
      CREATE TABLE tenders.shared_file (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL REFERENCES tenders.tender (id),
        -- the document as it was brought; null for a file that was added
        source_file_id uuid,
        name text CONSTRAINT shared_file_name_given CHECK (name <> ''),
        media_type text,
        content bytea CONSTRAINT shared_file_size CHECK (octet_length(content) BETWEEN 1 AND 10485760),
        scanned boolean,
        added_by uuid NOT NULL,
        added_at timestamptz NOT NULL,
        CONSTRAINT shared_file_once CHECK (CASE WHEN source_file_id IS NULL
          THEN name IS NOT NULL AND media_type IS NOT NULL AND content IS NOT NULL AND scanned IS NOT NULL
          ELSE name IS NULL AND media_type IS NULL AND content IS NULL AND scanned IS NULL END),
        -- Nobody shares what another brought.
        FOREIGN KEY (source_file_id, organisation_id) REFERENCES tenders.source_file (id, organisation_id)
      );
      CREATE INDEX shared_file_tender_idx ON tenders.shared_file (tender_id);
      CREATE UNIQUE INDEX shared_file_one_original_idx ON tenders.shared_file (tender_id) WHERE source_file_id IS NOT NULL;
      CREATE INDEX shared_file_source_idx ON tenders.shared_file (source_file_id) WHERE source_file_id IS NOT NULL;
      ALTER TABLE tenders.shared_file ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY shared_file_own ON tenders.shared_file
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system()
                    OR (organisation_id = platform.actor_organisation()
                        AND EXISTS (SELECT FROM tenders.tender t
                                     WHERE t.id = tender_id AND t.organisation_id = platform.actor_organisation())));
      -- Who sees the tender is decided by its own policies.
      CREATE POLICY shared_file_seen ON tenders.shared_file FOR SELECT
        USING (platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM tenders.tender t WHERE t.id = tender_id AND t.status <> 'draft'));
      CREATE POLICY source_file_shared ON tenders.source_file FOR SELECT
        USING (platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM tenders.shared_file f WHERE f.source_file_id = source_file.id));
      GRANT SELECT, INSERT, DELETE, UPDATE (source_file_id) ON tenders.shared_file TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP POLICY source_file_shared ON tenders.source_file;
      DROP TABLE tenders.shared_file;
      ALTER TABLE tenders.source_file DROP CONSTRAINT source_file_whose;
    `);
  }
}

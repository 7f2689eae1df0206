import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The document an enterprise shows for an approval it states: for itself and for who checks it. */
export class ProveApprovals1796001700000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE registry.approval_document (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        enterprise_id uuid NOT NULL REFERENCES registry.enterprise (id),
        -- the approval it proves, as it was stated
        kind text NOT NULL,
        valid daterange NOT NULL CONSTRAINT approval_document_valid_some CHECK (NOT isempty(valid)),
        name text NOT NULL CONSTRAINT approval_document_name_given CHECK (name <> ''),
        media_type text NOT NULL CONSTRAINT approval_document_type_known
          CHECK (media_type IN ('application/pdf', 'image/jpeg', 'image/png')),
        content bytea NOT NULL CONSTRAINT approval_document_size CHECK (octet_length(content) BETWEEN 1 AND 10485760),
        received_by uuid,
        received_at timestamptz NOT NULL
      );
      CREATE INDEX approval_document_enterprise_idx ON registry.approval_document (enterprise_id, kind);
      ALTER TABLE registry.approval_document ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY approval_document_own ON registry.approval_document
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());
      CREATE POLICY approval_document_checked ON registry.approval_document FOR SELECT
        USING (platform.actor_role() = 'administrator');
      GRANT SELECT, INSERT ON registry.approval_document TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE registry.approval_document;`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Files that an enterprise puts beside an answer. Until they are sent with one they are its own; then whoever decides on
 * the answer reads them, too, for as long as that answer stands.
 */
export class AttachFilesToAnswers1796004800000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE answers.answer
        ADD COLUMN attachment_ids uuid[] NOT NULL DEFAULT '{}',
        ADD CONSTRAINT answer_no_attaches_nothing CHECK (kind <> 'no' OR attachment_ids = '{}');
      CREATE TABLE answers.attachment (
        id uuid PRIMARY KEY,
        -- the enterprise that answers
        organisation_id uuid NOT NULL,
        contractor_organisation_id uuid NOT NULL,
        package_id uuid NOT NULL,
        name text NOT NULL CONSTRAINT attachment_name_given CHECK (name <> ''),
        media_type text NOT NULL,
        content bytea NOT NULL CONSTRAINT attachment_size CHECK (octet_length(content) BETWEEN 1 AND 10485760),
        -- whether a scanner for malware looked at it
        scanned boolean NOT NULL,
        received_by uuid NOT NULL,
        received_at timestamptz NOT NULL
      );
      CREATE INDEX attachment_package_idx ON answers.attachment (package_id, organisation_id);
      ALTER TABLE answers.attachment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY attachment_own ON answers.attachment
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());
      CREATE POLICY attachment_sent ON answers.attachment FOR SELECT
        USING (contractor_organisation_id = platform.actor_organisation()
               AND EXISTS (SELECT FROM answers.answer a
                            WHERE a.package_id = attachment.package_id AND a.organisation_id = attachment.organisation_id
                              AND upper_inf(a.recorded) AND attachment.id = ANY (a.attachment_ids)));
      GRANT SELECT, INSERT, DELETE ON answers.attachment TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE answers.attachment;
      ALTER TABLE answers.answer DROP COLUMN attachment_ids;
    `);
  }
}

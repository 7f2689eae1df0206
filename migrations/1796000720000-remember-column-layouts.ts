import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a person said of the columns below a header, so that the next file with that header is read so. */
export class RememberColumnLayouts1796000720000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE tenders.column_layout (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        fingerprint text NOT NULL CONSTRAINT column_layout_fingerprint_shape CHECK (fingerprint ~ '^[0-9a-f]{32}$'),
        -- column letter to the words above it, for people
        headers jsonb NOT NULL,
        -- role to position from 0
        columns jsonb NOT NULL,
        decided_by uuid NOT NULL,
        decided_at timestamptz NOT NULL,
        revoked_by uuid,
        revoked_at timestamptz,
        CONSTRAINT column_layout_revoked_by_someone CHECK ((revoked_by IS NULL) = (revoked_at IS NULL))
      );
      CREATE UNIQUE INDEX column_layout_one_in_force ON tenders.column_layout (organisation_id, fingerprint)
        WHERE revoked_at IS NULL;
      ALTER TABLE tenders.column_layout ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY column_layout_own ON tenders.column_layout
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());
      GRANT SELECT, INSERT, UPDATE (revoked_by, revoked_at) ON tenders.column_layout TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE tenders.column_layout;`);
  }
}

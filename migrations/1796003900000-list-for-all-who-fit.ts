import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Of each package only the best are kept with their reasons; whoever else fits finds it when it looks. What was written
 * since an enterprise last looked is found by when it was written: writers follow one another (the lock of the demand), so
 * that of two packages the one that is seen later is the later one.
 */
export class ListForAllWhoFit1796003900000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE matching.open_package ADD written_at timestamptz NOT NULL DEFAULT clock_timestamp();
      CREATE INDEX open_package_written_idx ON matching.open_package (written_at);

      -- Up to where an enterprise was put to all open packages; on another day, or under another law, from the beginning.
      CREATE TABLE matching.listed (
        enterprise_id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        on_day date NOT NULL,
        rules_version text NOT NULL,
        up_to timestamptz NOT NULL
      );
      ALTER TABLE matching.listed ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY listed_system ON matching.listed USING (platform.is_system()) WITH CHECK (platform.is_system());
      GRANT SELECT, INSERT, UPDATE (on_day, rules_version, up_to) ON matching.listed TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE matching.listed;
      ALTER TABLE matching.open_package DROP written_at;
    `);
  }
}

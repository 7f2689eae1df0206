import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a verdict rests on beside versions of the register and the law, so that any can be decided again. */
export class KeepWhatMatchesRestOn1796000500100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- A package as it was put to enterprises, with the facts its clause was decided on. Named by its content.
      CREATE TABLE matching.asked (
        package_id uuid NOT NULL,
        digest text NOT NULL,
        organisation_id uuid NOT NULL,
        package jsonb NOT NULL,
        facts jsonb,
        PRIMARY KEY (package_id, digest)
      );
      ALTER TABLE matching.asked ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY asked_own ON matching.asked
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());
      GRANT SELECT, INSERT ON matching.asked TO maillon_app;

      ALTER TABLE matching.match
        -- of matching.asked; NULL for what was decided before this was kept
        ADD asked_digest text,
        -- what was known of the enterprise beside its profile: merit, work it has taken on
        ADD standing jsonb,
        -- of a verdict that no longer stands: the criterion that failed, as a reason in code and parameters
        ADD closed_because jsonb;
      GRANT UPDATE (closed_because) ON matching.match TO maillon_app;
      CREATE INDEX match_closed_idx ON matching.match (enterprise_organisation_id, upper(recorded))
        WHERE closed_reason = 'no-longer-fits';

      -- The past of an enterprise in one number, and the counts it is made of (matching/domain/standing.ts).
      CREATE TABLE matching.merit (
        enterprise_id uuid PRIMARY KEY,
        merit numeric(5, 4) NOT NULL CONSTRAINT merit_is_a_share CHECK (merit BETWEEN 0 AND 1),
        record jsonb NOT NULL,
        computed_on date NOT NULL
      );
      ALTER TABLE matching.merit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY merit_read ON matching.merit FOR SELECT USING ((SELECT platform.actor_role()) <> 'anonymous');
      CREATE POLICY merit_write ON matching.merit FOR ALL USING (platform.is_system()) WITH CHECK (platform.is_system());
      GRANT SELECT, INSERT, UPDATE (merit, record, computed_on) ON matching.merit TO maillon_app;

      -- Days whose changes by date alone (an approval that ends, a threshold that begins) were taken up.
      CREATE TABLE matching.day_taken (
        day date PRIMARY KEY,
        taken_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT ON matching.day_taken TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE matching.day_taken;
      DROP TABLE matching.merit;
      DROP INDEX matching.match_closed_idx;
      REVOKE UPDATE (closed_because) ON matching.match FROM maillon_app;
      ALTER TABLE matching.match DROP asked_digest, DROP standing, DROP closed_because;
      DROP TABLE matching.asked;
    `);
  }
}

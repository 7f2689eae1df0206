import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an enterprise says to a package. A changed answer is a new row; the former one keeps its time. */
export class CreateAnswers1795500700000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE SCHEMA answers;
      GRANT USAGE ON SCHEMA answers TO maillon_app;
      CREATE TABLE answers.answer (
        id uuid PRIMARY KEY,
        -- the enterprise that answers
        organisation_id uuid NOT NULL,
        contractor_organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL,
        package_id uuid NOT NULL,
        enterprise_id uuid NOT NULL,
        kind text NOT NULL CONSTRAINT answer_kind_known CHECK (kind IN ('full', 'part', 'team', 'no')),
        reason text CONSTRAINT answer_no_has_reason CHECK ((kind = 'no') = (reason IS NOT NULL)),
        -- what part of the work, in the enterprise's words
        part text CONSTRAINT answer_part_says_which CHECK (kind <> 'part' OR part <> ''),
        message text,
        package_version integer NOT NULL,
        answered_by uuid NOT NULL,
        recorded tstzrange NOT NULL CONSTRAINT answer_recorded_some CHECK (NOT isempty(recorded)),
        CONSTRAINT answer_one_at_a_time EXCLUDE USING gist (package_id WITH =, enterprise_id WITH =, recorded WITH &&)
      );
      CREATE INDEX answer_tender_idx ON answers.answer (tender_id) WHERE upper_inf(recorded);
      ALTER TABLE answers.answer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY answer_read ON answers.answer FOR SELECT
        USING (platform.actor_role() IN ('system', 'working-group', 'administrator')
               OR organisation_id = platform.actor_organisation()
               OR contractor_organisation_id = platform.actor_organisation());
      CREATE POLICY answer_insert ON answers.answer FOR INSERT
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());
      CREATE POLICY answer_update ON answers.answer FOR UPDATE
        USING (platform.is_system() OR organisation_id = platform.actor_organisation());
      GRANT SELECT, INSERT, UPDATE (recorded) ON answers.answer TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP SCHEMA answers CASCADE;`);
  }
}

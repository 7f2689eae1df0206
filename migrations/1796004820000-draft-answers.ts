import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an enterprise has entered of an answer and not sent: one for all its people, and nobody else's to read. */
export class DraftAnswers1796004820000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE answers.draft (
        -- another one with each saving: whoever saves says which one they looked at
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        package_id uuid NOT NULL,
        -- by the name of the field (shape: answers/domain/draft.ts)
        entries jsonb NOT NULL,
        saved_by uuid NOT NULL,
        saved_at timestamptz NOT NULL,
        CONSTRAINT draft_one_of_each UNIQUE (package_id, organisation_id)
      );
      ALTER TABLE answers.draft ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY draft_own ON answers.draft
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());
      GRANT SELECT, INSERT, DELETE ON answers.draft TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE answers.draft;`);
  }
}

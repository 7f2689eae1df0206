import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers about the buyer that are given and not confirmed yet: one row per question, so that two people keep both. */
export class DraftBuyerAnswers1796000900000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE tenders.buyer_draft (
        organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL REFERENCES tenders.tender (id),
        question text NOT NULL CONSTRAINT buyer_draft_question_given CHECK (question <> ''),
        -- fields of this question alone; null for one that was emptied
        answers jsonb NOT NULL CONSTRAINT buyer_draft_answers_object CHECK (jsonb_typeof(answers) = 'object'),
        answered_by uuid NOT NULL,
        answered_at timestamptz NOT NULL,
        CONSTRAINT buyer_draft_pkey PRIMARY KEY (tender_id, question)
      );
      ALTER TABLE tenders.buyer_draft ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY buyer_draft_own ON tenders.buyer_draft
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR (organisation_id = platform.actor_organisation()
          AND EXISTS (SELECT FROM tenders.tender t WHERE t.id = tender_id
                         AND t.organisation_id = platform.actor_organisation())));
      GRANT SELECT, INSERT, DELETE, UPDATE (answers, answered_by, answered_at) ON tenders.buyer_draft TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE tenders.buyer_draft;`);
  }
}

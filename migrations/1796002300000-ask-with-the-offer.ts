import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A contractor asks up to five questions with the offer, and an answer replies to each; a part can be named by its
 * lines, so that what is covered can be counted.
 */
export class AskWithTheOffer1796002300000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE tenders.tender ADD COLUMN questions text[] NOT NULL DEFAULT '{}'
        CONSTRAINT tender_questions_few CHECK (cardinality(questions) <= 5 AND array_position(questions, NULL) IS NULL);
      ALTER TABLE answers.answer ADD COLUMN replies text[] NOT NULL DEFAULT '{}'
        CONSTRAINT answer_replies_few CHECK (cardinality(replies) <= 5 AND array_position(replies, NULL) IS NULL);
      ALTER TABLE answers.answer ADD COLUMN line_ids uuid[] NOT NULL DEFAULT '{}'
        CONSTRAINT answer_lines_of_a_part CHECK (kind = 'part' OR cardinality(line_ids) = 0);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE answers.answer DROP COLUMN line_ids, DROP COLUMN replies;
      ALTER TABLE tenders.tender DROP COLUMN questions;
    `);
  }
}

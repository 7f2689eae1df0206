import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An answer says when the work can be done, under which conditions, and for how much where the contractor asks for a price.
 * What was answered before says none of it.
 */
export class SayWhenAndForHowMuch1796004600000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE tenders.tender ADD COLUMN asks_price boolean NOT NULL DEFAULT false;
      ALTER TABLE answers.answer
        ADD COLUMN starts_on date,
        ADD COLUMN ends_on date,
        ADD COLUMN conditions text CONSTRAINT answer_conditions_said CHECK (btrim(conditions) <> ''),
        -- EUR without VAT, for what the answer covers
        ADD COLUMN price numeric(14, 2) CONSTRAINT answer_price_positive CHECK (price > 0),
        ADD CONSTRAINT answer_ends_after_start CHECK (ends_on >= starts_on),
        ADD CONSTRAINT answer_no_has_no_terms
          CHECK (kind <> 'no' OR num_nonnulls(starts_on, ends_on, conditions, price) = 0);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE answers.answer DROP COLUMN price, DROP COLUMN conditions, DROP COLUMN ends_on, DROP COLUMN starts_on;
      ALTER TABLE tenders.tender DROP COLUMN asks_price;
    `);
  }
}

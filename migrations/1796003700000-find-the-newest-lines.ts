import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a rule would change is looked for in the newest lines of an organisation: without this, in everybody's. */
export class FindTheNewestLines1796003700000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE INDEX bill_line_organisation_idx ON tenders.bill_line (organisation_id, id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX tenders.bill_line_organisation_idx`);
  }
}

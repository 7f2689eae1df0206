import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the sheets of a refused file begin, when no table was found in them: a person says what the columns are. */
export class ShowFirstRows1796001310000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE tenders.import ADD COLUMN first_rows jsonb;`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE tenders.import DROP COLUMN first_rows;`);
  }
}

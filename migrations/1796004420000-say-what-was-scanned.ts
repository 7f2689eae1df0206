import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever reads a document is told whether a scanner looked at it when it came; of those kept so far nobody knows. */
export class SayWhatWasScanned1796004420000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE tenders.source_file ADD COLUMN scanned boolean NOT NULL DEFAULT false`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE tenders.source_file DROP COLUMN scanned`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Work that an enterprise has taken on leaves it fewer hours in the same weeks. */
export class KnowWhatWasTakenOn1796000500300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- packages committed to it on its accepted answers: days and hours (matching/domain/standing.ts)
      ALTER TABLE matching.merit ADD engagements jsonb NOT NULL DEFAULT '[]';
      GRANT UPDATE (engagements) ON matching.merit TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE matching.merit DROP engagements');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose postings were rewritten by which transaction: who holds the projection in memory takes up what it missed. */
export class TellChangesOfPostings1796000400100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE matching.posting_change (
        by_transaction xid8 NOT NULL,
        enterprise_id uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT posting_change_pkey PRIMARY KEY (by_transaction, enterprise_id)
      );
      CREATE INDEX posting_change_age_idx ON matching.posting_change (at);
      GRANT SELECT, INSERT, DELETE ON matching.posting_change TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE matching.posting_change');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A corrected document may give a lot another number: it is the same lot, called anew. */
export class CallLotsAnew1796005500000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`GRANT UPDATE (ref) ON tenders.lot TO maillon_app`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`REVOKE UPDATE (ref) ON tenders.lot FROM maillon_app`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a lead named by its number, the one that takes the lead over did not: it learns the name with the consent, as of everybody. */
export class UnnamePartners1796005400000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`GRANT UPDATE (is_named) ON answers.team_place TO maillon_app;`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`REVOKE UPDATE (is_named) ON answers.team_place FROM maillon_app;`);
  }
}

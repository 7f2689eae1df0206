import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forget, know } from './known-templates.js';

/** Whoever leads a team may offer that to a partner, who takes it or does not. */
export class HandLeadOver1796005010000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- The place of the partner to whom the lead is offered. No key: places refer to their team, and a backup puts
      -- tables back one after the other.
      ALTER TABLE answers.team ADD COLUMN offered_to uuid;
      GRANT UPDATE (offered_to) ON answers.team TO maillon_app;
      GRANT UPDATE (organisation_id) ON answers.attachment TO maillon_app;
    `);
    await know(db, 'team-lead');
  }

  async down(db: QueryRunner): Promise<void> {
    await forget(db, 'team-lead');
    await db.query(`
      REVOKE UPDATE (organisation_id) ON answers.attachment FROM maillon_app;
      ALTER TABLE answers.team DROP COLUMN offered_to;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forget, know } from './known-templates.js';

const TEMPLATES = ['team-called', 'team-formed'];

/** A contractor asks enterprises to answer together: such a team has nobody who leads until all have consented. */
export class CallTeams1796005000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE answers.team
        -- by its contractor, whose it is until one of those it asked leads it
        ADD COLUMN is_called boolean NOT NULL DEFAULT false,
        ADD CONSTRAINT team_led_unless_called CHECK (is_called OR organisation_id <> contractor_organisation_id);
      ALTER TABLE answers.team_place
        -- what a place of a called team was proposed for: trades, sites, proofs
        ADD COLUMN covers text[] NOT NULL DEFAULT '{}';
      GRANT UPDATE (organisation_id) ON answers.team, answers.team_place TO maillon_app;
    `);
    for (const template of TEMPLATES) await know(db, template);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const template of TEMPLATES.toReversed()) await forget(db, template);
    await db.query(`
      REVOKE UPDATE (organisation_id) ON answers.team, answers.team_place FROM maillon_app;
      SELECT set_config('maillon.role', 'system', true);
      -- Nobody could lead them any more.
      ALTER TABLE answers.team_partner NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE answers.team_place NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE answers.team NO FORCE ROW LEVEL SECURITY;
      DELETE FROM answers.team_partner p USING answers.team t WHERE t.id = p.team_id AND t.organisation_id = t.contractor_organisation_id;
      DELETE FROM answers.team_place p USING answers.team t WHERE t.id = p.team_id AND t.organisation_id = t.contractor_organisation_id;
      DELETE FROM answers.team WHERE organisation_id = contractor_organisation_id;
      ALTER TABLE answers.team_partner FORCE ROW LEVEL SECURITY;
      ALTER TABLE answers.team_place FORCE ROW LEVEL SECURITY;
      ALTER TABLE answers.team FORCE ROW LEVEL SECURITY;
      SELECT set_config('maillon.role', '', true);
      ALTER TABLE answers.team_place DROP COLUMN covers;
      ALTER TABLE answers.team DROP CONSTRAINT team_led_unless_called, DROP COLUMN is_called;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forget, know } from './known-templates.js';

const TEMPLATES = ['team-invited', 'team-changed', 'team-complete', 'team-decided'];

/**
 * Enterprises that answer together. A place says what part is wanted and how it stands; who is asked to fill it stands
 * in a row of its own, which says who may read it. Only the system writes: each act changes rows of several parties.
 */
export class FormTeams1796001540000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE answers.team (
        id uuid PRIMARY KEY,
        -- the enterprise that leads
        organisation_id uuid NOT NULL,
        contractor_organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL,
        package_id uuid NOT NULL,
        -- what the lead does itself
        part text NOT NULL,
        created_by uuid NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT team_one_of_a_lead UNIQUE (package_id, organisation_id)
      );
      CREATE INDEX team_tender_idx ON answers.team (tender_id);

      CREATE TABLE answers.team_place (
        id uuid PRIMARY KEY,
        team_id uuid NOT NULL REFERENCES answers.team (id),
        -- the enterprise that leads
        organisation_id uuid NOT NULL,
        contractor_organisation_id uuid NOT NULL,
        part text NOT NULL,
        -- the lead named the enterprise itself
        is_named boolean NOT NULL,
        state text NOT NULL CONSTRAINT team_place_state_known
          CHECK (state IN ('invited', 'accepted', 'declined', 'left', 'dropped')),
        changed_at timestamptz NOT NULL
      );
      CREATE INDEX team_place_team_idx ON answers.team_place (team_id);

      CREATE TABLE answers.team_partner (
        place_id uuid PRIMARY KEY REFERENCES answers.team_place (id),
        team_id uuid NOT NULL REFERENCES answers.team (id),
        -- the enterprise that is asked
        organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL,
        package_id uuid NOT NULL,
        message text,
        -- it is asked or takes part, and sees the package for that
        is_open boolean NOT NULL,
        consented_at timestamptz,
        -- organisations that may read who fills the place (domain/team.ts, audienceOf)
        audience uuid[] NOT NULL
      );
      CREATE INDEX team_partner_team_idx ON answers.team_partner (team_id);
      CREATE UNIQUE INDEX team_partner_once ON answers.team_partner (team_id, organisation_id) WHERE is_open;
      CREATE INDEX team_partner_organisation_idx ON answers.team_partner (organisation_id, package_id) WHERE is_open;

      DO $$ DECLARE t text; BEGIN
        FOREACH t IN ARRAY ARRAY['team', 'team_place', 'team_partner'] LOOP
          EXECUTE format('ALTER TABLE answers.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t);
          EXECUTE format('CREATE POLICY %I ON answers.%I FOR INSERT WITH CHECK (platform.is_system())', t || '_insert', t);
          EXECUTE format('CREATE POLICY %I ON answers.%I FOR UPDATE USING (platform.is_system())', t || '_update', t);
          EXECUTE format('GRANT SELECT, INSERT ON answers.%I TO maillon_app', t);
        END LOOP;
      END $$;
      GRANT UPDATE (part) ON answers.team TO maillon_app;
      GRANT UPDATE (state, changed_at) ON answers.team_place TO maillon_app;
      GRANT UPDATE (is_open, consented_at, audience) ON answers.team_partner TO maillon_app;

      -- Names nobody else's rows: the others lean on it.
      CREATE POLICY team_partner_read ON answers.team_partner FOR SELECT
        USING (platform.is_system() OR platform.actor_organisation() = ANY (audience));
      CREATE POLICY team_read ON answers.team FOR SELECT
        USING (platform.is_system() OR platform.actor_organisation() IN (organisation_id, contractor_organisation_id)
               OR EXISTS (SELECT FROM answers.team_partner p
                           WHERE p.team_id = team.id AND p.organisation_id = platform.actor_organisation() AND p.is_open));
      CREATE POLICY team_place_read ON answers.team_place FOR SELECT
        USING (platform.is_system() OR platform.actor_organisation() IN (organisation_id, contractor_organisation_id)
               OR EXISTS (SELECT FROM answers.team_partner p
                           WHERE p.team_id = team_place.team_id AND p.organisation_id = platform.actor_organisation()
                             AND p.is_open));

      CREATE POLICY tender_of_partner ON tenders.tender FOR SELECT
        USING (status <> 'draft' AND platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM answers.team_partner p
                            WHERE p.tender_id = tender.id AND p.organisation_id = platform.actor_organisation() AND p.is_open));
      CREATE POLICY work_package_of_partner ON tenders.work_package FOR SELECT
        USING (platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM answers.team_partner p
                            WHERE p.package_id = work_package.id AND p.organisation_id = platform.actor_organisation()
                              AND p.is_open));
    `);
    for (const template of TEMPLATES) await know(db, template);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const template of TEMPLATES.toReversed()) await forget(db, template);
    await db.query(`
      DROP POLICY work_package_of_partner ON tenders.work_package;
      DROP POLICY tender_of_partner ON tenders.tender;
      DROP POLICY team_place_read ON answers.team_place;
      DROP POLICY team_read ON answers.team;
      DROP TABLE answers.team_partner;
      DROP TABLE answers.team_place;
      DROP TABLE answers.team;
    `);
  }
}

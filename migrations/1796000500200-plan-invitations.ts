import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is invited when: planned with the match, kept, and carried out by the queue. */
export class PlanInvitations1796000500200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE matching.invitation (
        package_id uuid NOT NULL,
        enterprise_id uuid NOT NULL,
        -- the contractor whose package it is
        organisation_id uuid NOT NULL,
        enterprise_organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL,
        batch integer NOT NULL CONSTRAINT invitation_batch_counts CHECK (batch >= 0),
        due_at timestamptz NOT NULL,
        -- list: the week of the enterprise is full, it reads the offer in the application alone
        by text NOT NULL CONSTRAINT invitation_by_known CHECK (by IN ('mail', 'list')),
        state text NOT NULL CONSTRAINT invitation_state_known CHECK (state IN ('planned', 'due', 'dropped')),
        planned_at timestamptz NOT NULL,
        PRIMARY KEY (package_id, enterprise_id)
      );
      CREATE INDEX invitation_tender_idx ON matching.invitation (tender_id, due_at);
      CREATE INDEX invitation_enterprise_idx ON matching.invitation (enterprise_id, due_at);
      ALTER TABLE matching.invitation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY invitation_read ON matching.invitation FOR SELECT
        USING (platform.is_system() OR organisation_id = platform.actor_organisation()
               OR enterprise_organisation_id = platform.actor_organisation());
      CREATE POLICY invitation_insert ON matching.invitation FOR INSERT WITH CHECK (platform.is_system());
      CREATE POLICY invitation_update ON matching.invitation FOR UPDATE USING (platform.is_system());
      GRANT SELECT, INSERT, UPDATE (state) ON matching.invitation TO maillon_app;

      -- How many mails about offers an enterprise wants in a week, when it says so.
      CREATE TABLE matching.invitation_wish (
        organisation_id uuid PRIMARY KEY,
        weekly_mails integer NOT NULL CONSTRAINT invitation_wish_sound CHECK (weekly_mails BETWEEN 0 AND 50)
      );
      ALTER TABLE matching.invitation_wish ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY invitation_wish_own ON matching.invitation_wish
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());
      GRANT SELECT, INSERT, UPDATE (weekly_mails) ON matching.invitation_wish TO maillon_app;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TABLE matching.invitation_wish;
      DROP TABLE matching.invitation;
    `);
  }
}

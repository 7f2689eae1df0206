import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forget, know } from './known-templates.js';

/** The deadline of a published tender moves, only later, and with a reason that everybody who heard of it reads. */
export class ExtendDeadlines1796001520000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE tenders.deadline_change (
        id uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL REFERENCES tenders.tender (id),
        before timestamptz NOT NULL,
        after timestamptz NOT NULL CONSTRAINT deadline_change_only_later CHECK (after > before),
        reason text NOT NULL CONSTRAINT deadline_change_says_why CHECK (btrim(reason) <> ''),
        changed_by uuid NOT NULL,
        changed_at timestamptz NOT NULL
      );
      CREATE INDEX deadline_change_tender_idx ON tenders.deadline_change (tender_id, changed_at);
      ALTER TABLE tenders.deadline_change ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      -- Whoever sees the published tender sees why its deadline moved.
      CREATE POLICY deadline_change_read ON tenders.deadline_change FOR SELECT
        USING (platform.is_system() OR EXISTS (SELECT FROM tenders.tender t WHERE t.id = tender_id));
      CREATE POLICY deadline_change_insert ON tenders.deadline_change FOR INSERT
        WITH CHECK (platform.is_system()
                    OR (platform.actor_role() = 'contractor' AND organisation_id = platform.actor_organisation()
                        AND EXISTS (SELECT FROM tenders.tender t
                                     WHERE t.id = tender_id AND t.organisation_id = platform.actor_organisation())));
      GRANT SELECT, INSERT ON tenders.deadline_change TO maillon_app;
    `);
    await know(db, 'tender-extended');
  }

  async down(db: QueryRunner): Promise<void> {
    await forget(db, 'tender-extended');
    await db.query(`DROP TABLE tenders.deadline_change;`);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forget, know } from './known-templates.js';

/**
 * One package of a published tender is taken back, with a reason from a list. Whoever fitted when it was, or answered
 * it, still reads what it was and why it is gone.
 */
export class WithdrawPackages1796001510000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE INDEX match_package_closed_idx ON matching.match (enterprise_organisation_id, package_id)
        WHERE closed_reason = 'package-closed';
      -- Whether the enterprise that is acting fitted a package until it was closed.
      CREATE FUNCTION matching.was_matched_to_actor(package uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (SELECT FROM matching.match m
                        WHERE m.package_id = package AND m.enterprise_organisation_id = platform.actor_organisation()
                          AND m.closed_reason = 'package-closed')
      $$;
      CREATE POLICY tender_closed ON tenders.tender FOR SELECT
        USING (status <> 'draft' AND platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM matching.match m
                            WHERE m.tender_id = tender.id AND m.closed_reason = 'package-closed'
                              AND m.enterprise_organisation_id = platform.actor_organisation()));
      CREATE POLICY work_package_closed ON tenders.work_package FOR SELECT
        USING (platform.actor_role() = 'enterprise' AND matching.was_matched_to_actor(id));

      CREATE TABLE tenders.withdrawn_package (
        package_id uuid PRIMARY KEY REFERENCES tenders.work_package (id),
        organisation_id uuid NOT NULL,
        tender_id uuid NOT NULL REFERENCES tenders.tender (id),
        reason text NOT NULL CONSTRAINT withdrawn_package_reason_known
          CHECK (reason IN ('cancelled', 'postponed', 'own-staff', 'placed-elsewhere', 'cut-otherwise', 'other',
                            -- a corrected document no longer has any of its lines
                            'not-in-document')),
        message text,
        withdrawn_by uuid NOT NULL,
        withdrawn_at timestamptz NOT NULL
      );
      CREATE INDEX withdrawn_package_tender_idx ON tenders.withdrawn_package (tender_id);
      ALTER TABLE tenders.withdrawn_package ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY withdrawn_package_read ON tenders.withdrawn_package FOR SELECT
        USING (platform.actor_role() IN ('system', 'working-group', 'administrator')
               OR organisation_id = platform.actor_organisation()
               OR (platform.actor_role() = 'enterprise'
                   AND EXISTS (SELECT FROM tenders.work_package p WHERE p.id = package_id)));
      CREATE POLICY withdrawn_package_insert ON tenders.withdrawn_package FOR INSERT
        WITH CHECK (platform.is_system()
                    OR (platform.actor_role() = 'contractor' AND organisation_id = platform.actor_organisation()
                        AND EXISTS (SELECT FROM tenders.work_package p
                                     WHERE p.id = package_id AND p.tender_id = withdrawn_package.tender_id
                                       AND p.organisation_id = platform.actor_organisation())));
      GRANT SELECT, INSERT ON tenders.withdrawn_package TO maillon_app;
      -- What was taken back is not offered again: it would come back as another package.
      CREATE FUNCTION tenders.withdrawn_is_not_offered() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM tenders.withdrawn_package w WHERE w.package_id = NEW.id) THEN
          RAISE EXCEPTION 'the package was withdrawn'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'work_package_withdrawn_not_offered';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER work_package_withdrawn_not_offered BEFORE UPDATE OF offered ON tenders.work_package
        FOR EACH ROW WHEN (NEW.offered) EXECUTE FUNCTION tenders.withdrawn_is_not_offered();
    `);
    await know(db, 'package-withdrawn');
  }

  async down(db: QueryRunner): Promise<void> {
    await forget(db, 'package-withdrawn');
    await db.query(`
      DROP TRIGGER work_package_withdrawn_not_offered ON tenders.work_package;
      DROP FUNCTION tenders.withdrawn_is_not_offered;
      DROP TABLE tenders.withdrawn_package;
      DROP POLICY work_package_closed ON tenders.work_package;
      DROP POLICY tender_closed ON tenders.tender;
      DROP FUNCTION matching.was_matched_to_actor;
      DROP INDEX matching.match_package_closed_idx;
    `);
  }
}

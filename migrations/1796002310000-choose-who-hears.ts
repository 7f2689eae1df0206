import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who hears of a tender: everybody who fits (no row here), only those the contractor names, or anybody, signed in or
 * not. What is decided of whom stays whole: figures and the board know all who fit, the enterprise reads what it may hear.
 */
export class ChooseWhoHears1796002310000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE tenders.audience (
        tender_id uuid PRIMARY KEY REFERENCES tenders.tender (id),
        organisation_id uuid NOT NULL,
        kind text NOT NULL CONSTRAINT audience_kind_known CHECK (kind IN ('invited', 'public'))
      );
      CREATE TABLE tenders.invited (
        tender_id uuid NOT NULL REFERENCES tenders.tender (id),
        enterprise_id uuid NOT NULL,
        organisation_id uuid NOT NULL,
        enterprise_organisation_id uuid NOT NULL,
        PRIMARY KEY (tender_id, enterprise_id)
      );
      CREATE INDEX invited_enterprise_idx ON tenders.invited (enterprise_organisation_id, tender_id);
      ALTER TABLE tenders.audience ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      ALTER TABLE tenders.invited ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY audience_own ON tenders.audience
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());
      -- Other policies ask it of tenders whose rows they guard; it says nothing of what the work is.
      CREATE POLICY audience_read ON tenders.audience FOR SELECT USING (platform.actor_role() IN ('enterprise', 'working-group', 'administrator', 'anonymous'));
      CREATE POLICY invited_own ON tenders.invited
        USING (platform.is_system() OR organisation_id = platform.actor_organisation())
        WITH CHECK (platform.is_system() OR organisation_id = platform.actor_organisation());
      CREATE POLICY invited_read ON tenders.invited FOR SELECT
        USING (enterprise_organisation_id = platform.actor_organisation());
      GRANT SELECT, INSERT, DELETE ON tenders.audience, tenders.invited TO maillon_app;

      CREATE FUNCTION tenders.may_hear(tender uuid, enterprise_organisation uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT NOT EXISTS (SELECT FROM tenders.audience a WHERE a.tender_id = tender AND a.kind = 'invited')
            OR EXISTS (SELECT FROM tenders.invited i
                        WHERE i.tender_id = tender AND i.enterprise_organisation_id = enterprise_organisation)
      $$;
      ALTER POLICY match_read ON matching.match
        USING (platform.actor_role() IN ('system', 'working-group', 'administrator')
               OR organisation_id = platform.actor_organisation()
               OR (enterprise_organisation_id = platform.actor_organisation()
                   AND tenders.may_hear(tender_id, enterprise_organisation_id)));

      CREATE POLICY tender_public ON tenders.tender FOR SELECT
        USING (platform.actor_role() = 'anonymous' AND status = 'published'
               AND EXISTS (SELECT FROM tenders.audience a WHERE a.tender_id = tender.id AND a.kind = 'public'));
      CREATE POLICY work_package_public ON tenders.work_package FOR SELECT
        USING (platform.actor_role() = 'anonymous' AND offered
               AND EXISTS (SELECT FROM tenders.tender t WHERE t.id = tender_id));
      CREATE POLICY tag_public ON tagging.tag FOR SELECT
        USING (platform.actor_role() = 'anonymous' AND kind = 'trade' AND state = 'confirmed'
               AND EXISTS (SELECT FROM tenders.work_package p WHERE p.id = package_id));
      CREATE POLICY closed_package_public ON answers.closed_package FOR SELECT
        USING (platform.actor_role() = 'anonymous' AND EXISTS (SELECT FROM tenders.work_package p WHERE p.id = package_id));
      CREATE POLICY organisation_of_public_tender ON accounts.organisation FOR SELECT
        USING (platform.actor_role() = 'anonymous'
               AND EXISTS (SELECT FROM tenders.tender t WHERE t.organisation_id = organisation.id));
    `);
  }

  /** What only some were to hear of is not opened to all by a way back. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DO $$ BEGIN
        IF EXISTS (SELECT FROM tenders.audience a JOIN tenders.tender t ON t.id = a.tender_id
                    WHERE a.kind = 'invited' AND t.status = 'published') THEN
          RAISE EXCEPTION 'tenders are published for those invited alone: withdraw them first';
        END IF;
      END $$;
      DROP POLICY closed_package_public ON answers.closed_package;
      DROP POLICY organisation_of_public_tender ON accounts.organisation;
      DROP POLICY tag_public ON tagging.tag;
      DROP POLICY work_package_public ON tenders.work_package;
      DROP POLICY tender_public ON tenders.tender;
      ALTER POLICY match_read ON matching.match
        USING (platform.actor_role() IN ('system', 'working-group', 'administrator')
               OR organisation_id = platform.actor_organisation()
               OR enterprise_organisation_id = platform.actor_organisation());
      DROP FUNCTION tenders.may_hear;
      DROP TABLE tenders.invited;
      DROP TABLE tenders.audience;
    `);
  }
}

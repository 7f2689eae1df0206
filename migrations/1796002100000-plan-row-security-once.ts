import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an enterprise may read is asked by functions. As subqueries of the policies each mention of a table was planned
 * with the policies of all the tables behind it, every time: up to 140 ms for the tags of one package. A PL/pgSQL
 * function plans its questions once for a connection. Row security holds inside them as outside.
 */
export class PlanRowSecurityOnce1796002100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- The enterprise that is acting was offered something of a tender, answered, or is asked to take part.
      CREATE FUNCTION tenders.tender_concerns_actor(tender uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
      BEGIN
        RETURN EXISTS (SELECT FROM matching.match m
                        WHERE m.tender_id = tender AND m.enterprise_organisation_id = platform.actor_organisation()
                          AND upper_inf(m.recorded))
            OR EXISTS (SELECT FROM matching.match m
                        WHERE m.tender_id = tender AND m.enterprise_organisation_id = platform.actor_organisation()
                          AND m.closed_reason = 'package-closed')
            OR EXISTS (SELECT FROM answers.answer a
                        WHERE a.tender_id = tender AND a.organisation_id = platform.actor_organisation()
                          AND upper_inf(a.recorded))
            OR EXISTS (SELECT FROM answers.team_partner p
                        WHERE p.tender_id = tender AND p.organisation_id = platform.actor_organisation() AND p.is_open);
      END $$;
      DROP POLICY tender_matched ON tenders.tender;
      DROP POLICY tender_closed ON tenders.tender;
      DROP POLICY tender_answered ON tenders.tender;
      DROP POLICY tender_of_partner ON tenders.tender;
      CREATE POLICY tender_of_enterprise ON tenders.tender FOR SELECT
        USING (status <> 'draft' AND platform.actor_role() = 'enterprise' AND tenders.tender_concerns_actor(id));

      -- The same of one package. What was offered is seen as long as it is; what was answered or closed, always.
      CREATE FUNCTION tenders.package_concerns_actor(package uuid, tender uuid, is_offered boolean)
        RETURNS boolean LANGUAGE plpgsql STABLE AS $$
      BEGIN
        RETURN (is_offered
                AND EXISTS (SELECT FROM matching.match m
                             WHERE m.package_id = package AND m.enterprise_organisation_id = platform.actor_organisation()
                               AND upper_inf(m.recorded))
                AND EXISTS (SELECT FROM tenders.tender t WHERE t.id = tender AND t.status <> 'draft'))
            OR EXISTS (SELECT FROM answers.answer a
                        WHERE a.package_id = package AND a.organisation_id = platform.actor_organisation()
                          AND upper_inf(a.recorded))
            OR EXISTS (SELECT FROM matching.match m
                        WHERE m.package_id = package AND m.enterprise_organisation_id = platform.actor_organisation()
                          AND m.closed_reason = 'package-closed')
            OR EXISTS (SELECT FROM answers.team_partner p
                        WHERE p.package_id = package AND p.organisation_id = platform.actor_organisation() AND p.is_open);
      END $$;
      DROP POLICY work_package_matched ON tenders.work_package;
      DROP POLICY work_package_answered ON tenders.work_package;
      DROP POLICY work_package_closed ON tenders.work_package;
      DROP POLICY work_package_of_partner ON tenders.work_package;
      CREATE POLICY work_package_of_enterprise ON tenders.work_package FOR SELECT
        USING (platform.actor_role() = 'enterprise' AND tenders.package_concerns_actor(id, tender_id, offered));

      CREATE FUNCTION tenders.actor_sees_package(package uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
      BEGIN
        RETURN EXISTS (SELECT FROM tenders.work_package p WHERE p.id = package);
      END $$;
      CREATE FUNCTION tenders.actor_sees_some_of_lot(lot uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
      BEGIN
        RETURN EXISTS (SELECT FROM tenders.work_package p WHERE p.lot_id = lot);
      END $$;
      ALTER POLICY lot_matched ON tenders.lot
        USING (platform.actor_role() = 'enterprise' AND tenders.actor_sees_some_of_lot(id));
      ALTER POLICY bill_line_matched ON tenders.bill_line
        USING (platform.actor_role() = 'enterprise' AND tenders.actor_sees_package(package_id));
      ALTER POLICY tag_matched ON tagging.tag
        USING (platform.actor_role() = 'enterprise' AND tenders.actor_sees_package(package_id));
      ALTER POLICY package_amendment_read ON tenders.package_amendment
        USING (platform.is_system() OR organisation_id = platform.actor_organisation()
               OR (platform.actor_role() = 'enterprise' AND tenders.actor_sees_package(package_id)));
      ALTER POLICY withdrawn_package_read ON tenders.withdrawn_package
        USING (platform.actor_role() IN ('system', 'working-group', 'administrator')
               OR organisation_id = platform.actor_organisation()
               OR (platform.actor_role() = 'enterprise' AND tenders.actor_sees_package(package_id)));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    const sees = `(SELECT FROM tenders.work_package p WHERE p.id = package_id)`;
    await db.query(`
      ALTER POLICY withdrawn_package_read ON tenders.withdrawn_package
        USING (platform.actor_role() IN ('system', 'working-group', 'administrator')
               OR organisation_id = platform.actor_organisation()
               OR (platform.actor_role() = 'enterprise' AND EXISTS ${sees}));
      ALTER POLICY package_amendment_read ON tenders.package_amendment
        USING (platform.is_system() OR organisation_id = platform.actor_organisation()
               OR (platform.actor_role() = 'enterprise' AND EXISTS ${sees}));
      ALTER POLICY tag_matched ON tagging.tag USING (platform.actor_role() = 'enterprise' AND EXISTS ${sees});
      ALTER POLICY bill_line_matched ON tenders.bill_line
        USING (platform.actor_role() = 'enterprise' AND EXISTS ${sees.replace('package_id', 'bill_line.package_id')});
      ALTER POLICY lot_matched ON tenders.lot
        USING (platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM tenders.work_package p WHERE p.lot_id = lot.id));
      DROP FUNCTION tenders.actor_sees_some_of_lot, tenders.actor_sees_package;

      DROP POLICY work_package_of_enterprise ON tenders.work_package;
      DROP FUNCTION tenders.package_concerns_actor;
      CREATE POLICY work_package_matched ON tenders.work_package FOR SELECT
        USING (offered AND platform.actor_role() = 'enterprise' AND matching.is_matched_to_actor(id)
               AND EXISTS (SELECT FROM tenders.tender t WHERE t.id = tender_id AND t.status <> 'draft'));
      CREATE POLICY work_package_answered ON tenders.work_package FOR SELECT
        USING (platform.actor_role() = 'enterprise' AND answers.actor_answered(id));
      CREATE POLICY work_package_closed ON tenders.work_package FOR SELECT
        USING (platform.actor_role() = 'enterprise' AND matching.was_matched_to_actor(id));
      CREATE POLICY work_package_of_partner ON tenders.work_package FOR SELECT
        USING (platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM answers.team_partner p
                            WHERE p.package_id = work_package.id AND p.organisation_id = platform.actor_organisation()
                              AND p.is_open));

      DROP POLICY tender_of_enterprise ON tenders.tender;
      DROP FUNCTION tenders.tender_concerns_actor;
      CREATE POLICY tender_matched ON tenders.tender FOR SELECT
        USING (status <> 'draft' AND platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM matching.match m WHERE m.tender_id = tender.id AND upper_inf(m.recorded)
                           AND m.enterprise_organisation_id = platform.actor_organisation()));
      CREATE POLICY tender_closed ON tenders.tender FOR SELECT
        USING (status <> 'draft' AND platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM matching.match m WHERE m.tender_id = tender.id AND m.closed_reason = 'package-closed'
                           AND m.enterprise_organisation_id = platform.actor_organisation()));
      CREATE POLICY tender_answered ON tenders.tender FOR SELECT
        USING (status <> 'draft' AND platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM answers.answer a
                            WHERE a.tender_id = tender.id AND a.organisation_id = platform.actor_organisation()
                              AND upper_inf(a.recorded)));
      CREATE POLICY tender_of_partner ON tenders.tender FOR SELECT
        USING (status <> 'draft' AND platform.actor_role() = 'enterprise'
               AND EXISTS (SELECT FROM answers.team_partner p
                            WHERE p.tender_id = tender.id AND p.organisation_id = platform.actor_organisation() AND p.is_open));
    `);
  }
}

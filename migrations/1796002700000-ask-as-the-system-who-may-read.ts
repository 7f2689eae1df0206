import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Planned once for a connection and not for each identity asked about: planning takes longer than the answer. */
const AS_THE_SYSTEM = `LANGUAGE plpgsql STABLE SET maillon.role = 'system' SET plan_cache_mode = force_generic_plan`;

/**
 * What a policy asks of other tables is asked by a function, for every role: as a subquery it was planned and made ready
 * at each mention of a table, for actors that it does not concern as well. The functions read as the system and say all
 * conditions themselves, so that no policy waits for another one (ADR 0022). Who may read what stays as it was.
 */
export class AskAsTheSystemWhoMayRead1796002700000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- Of what an enterprise may read of a tender: all its verdicts on it, those that ended as well.
      CREATE INDEX match_enterprise_tender_idx ON matching.match (enterprise_organisation_id, tender_id);

      CREATE OR REPLACE FUNCTION tenders.may_hear(tender uuid, enterprise_organisation uuid)
        RETURNS boolean ${AS_THE_SYSTEM} AS $$
      BEGIN
        PERFORM FROM tenders.audience a WHERE a.tender_id = tender AND a.kind = 'invited';
        IF NOT FOUND THEN RETURN true; END IF;
        RETURN EXISTS (SELECT FROM tenders.invited i
                        WHERE i.tender_id = tender AND i.enterprise_organisation_id = enterprise_organisation);
      END $$;
      CREATE OR REPLACE FUNCTION answers.actor_answered(package uuid)
        RETURNS boolean ${AS_THE_SYSTEM} AS $$
      BEGIN
        RETURN EXISTS (SELECT FROM answers.answer a
                        WHERE a.package_id = package AND a.organisation_id = platform.actor_organisation()
                          AND upper_inf(a.recorded));
      END $$;
      CREATE OR REPLACE FUNCTION answers.actor_matches(package uuid)
        RETURNS boolean ${AS_THE_SYSTEM} AS $$
      BEGIN
        RETURN EXISTS (SELECT FROM matching.match m
                        WHERE m.package_id = package AND m.enterprise_organisation_id = platform.actor_organisation()
                          AND upper_inf(m.recorded) AND m.verdict IN ('match', 'partial')
                          AND tenders.may_hear(m.tender_id, m.enterprise_organisation_id));
      END $$;

      CREATE OR REPLACE FUNCTION tenders.tender_concerns_actor(tender uuid)
        RETURNS boolean ${AS_THE_SYSTEM} AS $$
      DECLARE
        actor uuid := platform.actor_organisation();
      BEGIN
        PERFORM FROM matching.match m
          WHERE m.tender_id = tender AND m.enterprise_organisation_id = actor
            AND (upper_inf(m.recorded) OR m.closed_reason = 'package-closed') LIMIT 1;
        IF FOUND AND tenders.may_hear(tender, actor) THEN RETURN true; END IF;
        PERFORM FROM answers.answer a
          WHERE a.tender_id = tender AND a.organisation_id = actor AND upper_inf(a.recorded) LIMIT 1;
        IF FOUND THEN RETURN true; END IF;
        RETURN EXISTS (SELECT FROM answers.team_partner p
                        WHERE p.tender_id = tender AND p.organisation_id = actor AND p.is_open AND actor = ANY (p.audience));
      END $$;
      CREATE OR REPLACE FUNCTION tenders.package_concerns_actor(package uuid, tender uuid, is_offered boolean)
        RETURNS boolean ${AS_THE_SYSTEM} AS $$
      DECLARE
        actor uuid := platform.actor_organisation();
      BEGIN
        PERFORM FROM matching.match m
          WHERE m.tender_id = tender AND m.enterprise_organisation_id = actor AND m.package_id = package
            AND (m.closed_reason = 'package-closed' OR
                 (is_offered AND upper_inf(m.recorded)
                  AND EXISTS (SELECT FROM tenders.tender t WHERE t.id = tender AND t.status <> 'draft'))) LIMIT 1;
        IF FOUND AND tenders.may_hear(tender, actor) THEN RETURN true; END IF;
        PERFORM FROM answers.answer a
          WHERE a.package_id = package AND a.organisation_id = actor AND upper_inf(a.recorded) LIMIT 1;
        IF FOUND THEN RETURN true; END IF;
        RETURN EXISTS (SELECT FROM answers.team_partner p
                        WHERE p.package_id = package AND p.organisation_id = actor AND p.is_open AND actor = ANY (p.audience));
      END $$;
      CREATE OR REPLACE FUNCTION tenders.actor_sees_package(package uuid)
        RETURNS boolean ${AS_THE_SYSTEM} AS $$
      BEGIN
        RETURN EXISTS (SELECT FROM tenders.work_package p
                        WHERE p.id = package AND tenders.package_concerns_actor(p.id, p.tender_id, p.offered));
      END $$;
      -- What concerns the enterprise is few; the packages of a lot may be hundreds.
      CREATE OR REPLACE FUNCTION tenders.actor_sees_some_of_lot(lot uuid)
        RETURNS boolean ${AS_THE_SYSTEM} AS $$
      DECLARE
        actor uuid := platform.actor_organisation();
        tender uuid := (SELECT l.tender_id FROM tenders.lot l WHERE l.id = lot);
      BEGIN
        PERFORM FROM matching.match m JOIN tenders.work_package p ON p.id = m.package_id AND p.lot_id = lot
          WHERE m.tender_id = tender AND m.enterprise_organisation_id = actor
            AND tenders.package_concerns_actor(p.id, tender, p.offered) LIMIT 1;
        IF FOUND THEN RETURN true; END IF;
        PERFORM FROM answers.answer a JOIN tenders.work_package p ON p.id = a.package_id AND p.lot_id = lot
          WHERE a.tender_id = tender AND a.organisation_id = actor AND upper_inf(a.recorded) LIMIT 1;
        IF FOUND THEN RETURN true; END IF;
        RETURN EXISTS (SELECT FROM answers.team_partner k JOIN tenders.work_package p ON p.id = k.package_id AND p.lot_id = lot
                        WHERE k.tender_id = tender AND k.organisation_id = actor AND k.is_open AND actor = ANY (k.audience));
      END $$;

      CREATE FUNCTION tenders.is_out(tender uuid)
        RETURNS boolean ${AS_THE_SYSTEM} AS $$
      BEGIN
        RETURN EXISTS (SELECT FROM tenders.tender t WHERE t.id = tender AND t.status <> 'draft');
      END $$;
      CREATE FUNCTION tenders.is_shown_to_all(tender uuid)
        RETURNS boolean ${AS_THE_SYSTEM} AS $$
      BEGIN
        RETURN EXISTS (SELECT FROM tenders.tender t JOIN tenders.audience a ON a.tender_id = t.id AND a.kind = 'public'
                        WHERE t.id = tender AND t.status = 'published');
      END $$;
      CREATE FUNCTION tenders.package_is_out(package uuid)
        RETURNS boolean ${AS_THE_SYSTEM} AS $$
      BEGIN
        RETURN EXISTS (SELECT FROM tenders.work_package p WHERE p.id = package AND tenders.is_out(p.tender_id));
      END $$;
      CREATE FUNCTION tenders.package_is_shown_to_all(package uuid)
        RETURNS boolean ${AS_THE_SYSTEM} AS $$
      BEGIN
        RETURN EXISTS (SELECT FROM tenders.work_package p
                        WHERE p.id = package AND p.offered AND tenders.is_shown_to_all(p.tender_id));
      END $$;
      CREATE FUNCTION tenders.shows_something_to_all(organisation uuid)
        RETURNS boolean ${AS_THE_SYSTEM} AS $$
      BEGIN
        RETURN EXISTS (SELECT FROM tenders.tender t JOIN tenders.audience a ON a.tender_id = t.id AND a.kind = 'public'
                        WHERE t.organisation_id = organisation AND t.status = 'published');
      END $$;
      -- This one asks as whoever is acting: a change is read by all who read its tender.
      CREATE FUNCTION tenders.actor_sees_tender(tender uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
      BEGIN
        RETURN EXISTS (SELECT FROM tenders.tender t WHERE t.id = tender);
      END $$;

      ALTER POLICY tender_public ON tenders.tender
        USING (platform.actor_role() = 'anonymous' AND status = 'published' AND tenders.is_shown_to_all(id));
      ALTER POLICY work_package_published ON tenders.work_package
        USING (platform.actor_role() IN ('working-group', 'administrator') AND tenders.is_out(tender_id));
      ALTER POLICY work_package_public ON tenders.work_package
        USING (platform.actor_role() = 'anonymous' AND offered AND tenders.is_shown_to_all(tender_id));
      ALTER POLICY tag_published ON tagging.tag
        USING (platform.actor_role() IN ('working-group', 'administrator') AND tenders.package_is_out(package_id));
      ALTER POLICY tag_public ON tagging.tag
        USING (platform.actor_role() = 'anonymous' AND kind = 'trade' AND state = 'confirmed'
               AND tenders.package_is_shown_to_all(package_id));
      ALTER POLICY closed_package_public ON answers.closed_package
        USING (platform.actor_role() = 'anonymous' AND tenders.package_is_shown_to_all(package_id));
      ALTER POLICY organisation_of_public_tender ON accounts.organisation
        USING (platform.actor_role() = 'anonymous' AND tenders.shows_something_to_all(id));
      ALTER POLICY deadline_change_read ON tenders.deadline_change
        USING (platform.is_system() OR tenders.actor_sees_tender(tender_id));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    const asks = (table: string, where: string) => `EXISTS (SELECT FROM tenders.${table} WHERE ${where})`;
    await db.query(`
      ALTER POLICY deadline_change_read ON tenders.deadline_change
        USING (platform.is_system() OR ${asks('tender t', 't.id = tender_id')});
      ALTER POLICY organisation_of_public_tender ON accounts.organisation
        USING (platform.actor_role() = 'anonymous' AND ${asks('tender t', 't.organisation_id = organisation.id')});
      ALTER POLICY closed_package_public ON answers.closed_package
        USING (platform.actor_role() = 'anonymous' AND ${asks('work_package p', 'p.id = package_id')});
      ALTER POLICY tag_public ON tagging.tag
        USING (platform.actor_role() = 'anonymous' AND kind = 'trade' AND state = 'confirmed'
               AND ${asks('work_package p', 'p.id = package_id')});
      ALTER POLICY tag_published ON tagging.tag
        USING (platform.actor_role() IN ('working-group', 'administrator') AND ${asks('work_package p', 'p.id = package_id')});
      ALTER POLICY work_package_public ON tenders.work_package
        USING (platform.actor_role() = 'anonymous' AND offered AND ${asks('tender t', 't.id = tender_id')});
      ALTER POLICY work_package_published ON tenders.work_package
        USING (platform.actor_role() IN ('working-group', 'administrator')
               AND ${asks('tender t', `t.id = tender_id AND t.status <> 'draft'`)});
      ALTER POLICY tender_public ON tenders.tender
        USING (platform.actor_role() = 'anonymous' AND status = 'published'
               AND EXISTS (SELECT FROM tenders.audience a WHERE a.tender_id = tender.id AND a.kind = 'public'));
      DROP FUNCTION tenders.actor_sees_tender, tenders.shows_something_to_all, tenders.package_is_shown_to_all,
        tenders.package_is_out, tenders.is_shown_to_all, tenders.is_out;
      CREATE OR REPLACE FUNCTION tenders.may_hear(tender uuid, enterprise_organisation uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT NOT EXISTS (SELECT FROM tenders.audience a WHERE a.tender_id = tender AND a.kind = 'invited')
            OR EXISTS (SELECT FROM tenders.invited i
                        WHERE i.tender_id = tender AND i.enterprise_organisation_id = enterprise_organisation)
      $$;
      CREATE OR REPLACE FUNCTION answers.actor_answered(package uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (SELECT FROM answers.answer a
                        WHERE a.package_id = package AND a.organisation_id = platform.actor_organisation()
                          AND upper_inf(a.recorded))
      $$;
      CREATE OR REPLACE FUNCTION answers.actor_matches(package uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (SELECT FROM matching.match m
                        WHERE m.package_id = package AND m.enterprise_organisation_id = platform.actor_organisation()
                          AND upper_inf(m.recorded) AND m.verdict IN ('match', 'partial'))
      $$;
      CREATE OR REPLACE FUNCTION tenders.tender_concerns_actor(tender uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
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
      CREATE OR REPLACE FUNCTION tenders.package_concerns_actor(package uuid, tender uuid, is_offered boolean)
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
      CREATE OR REPLACE FUNCTION tenders.actor_sees_package(package uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
      BEGIN
        RETURN EXISTS (SELECT FROM tenders.work_package p WHERE p.id = package);
      END $$;
      CREATE OR REPLACE FUNCTION tenders.actor_sees_some_of_lot(lot uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
      BEGIN
        RETURN EXISTS (SELECT FROM tenders.work_package p WHERE p.lot_id = lot);
      END $$;
      DROP INDEX matching.match_enterprise_tender_idx;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was offered to an enterprise, of which there may be thousands, is found at once: row security that looks at each
 * row of every table took seconds for it. The function takes nobody's name: it answers whoever is acting, and says itself
 * what the policies of those tables say (ADR 0022).
 */
export class ListWhatWasOfferedAtOnce1796002701000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- A package fits the enterprise that is acting, fitted as it answered, or fitted as it was withdrawn.
      CREATE FUNCTION answers.offered_to_actor(now timestamptz)
        RETURNS TABLE (package_id uuid, state text, deadline timestamptz, score numeric, words text)
        LANGUAGE plpgsql STABLE SET maillon.role = 'system' AS $$
      DECLARE
        actor uuid := platform.actor_organisation();
      BEGIN
        RETURN QUERY
        WITH answered AS MATERIALIZED (
          SELECT a.package_id, a.enterprise_id FROM answers.answer a WHERE a.organisation_id = actor AND upper_inf(a.recorded)
        ), fits AS MATERIALIZED (
          SELECT m.tender_id, m.package_id, m.enterprise_id, m.score FROM matching.match m
           WHERE m.enterprise_organisation_id = actor AND upper_inf(m.recorded) AND m.verdict IN ('match', 'partial')
        ), seen AS (
          SELECT f.*, true AS fits_now FROM fits f
           UNION ALL
          SELECT m.tender_id, m.package_id, m.enterprise_id, m.score, false
            FROM answered a
            CROSS JOIN LATERAL (SELECT * FROM matching.match m
                                 WHERE m.package_id = a.package_id AND m.enterprise_id = a.enterprise_id
                                   AND m.verdict IN ('match', 'partial')
                                 ORDER BY lower(m.recorded) DESC LIMIT 1) m
           WHERE NOT EXISTS (SELECT FROM fits f WHERE f.package_id = a.package_id AND f.enterprise_id = a.enterprise_id)
           UNION ALL
          SELECT m.tender_id, m.package_id, m.enterprise_id, m.score, false FROM matching.match m
           WHERE m.enterprise_organisation_id = actor AND m.closed_reason = 'package-closed' AND m.verdict IN ('match', 'partial')
             AND NOT EXISTS (SELECT FROM answered a WHERE a.package_id = m.package_id)
        )
        SELECT p.id,
               CASE WHEN t.status <> 'published' OR t.deadline <= now OR c.package_id IS NOT NULL OR w.package_id IS NOT NULL THEN 'closed'
                    WHEN (p.id, s.enterprise_id) IN (SELECT a.package_id, a.enterprise_id FROM answered a) THEN 'answered' ELSE 'open' END,
               t.deadline, s.score, concat_ws(' ', p.title, t.title, o.name, t.place->>'municipality')
        FROM seen s
        JOIN tenders.work_package p ON p.id = s.package_id AND (p.offered OR NOT s.fits_now)
        JOIN tenders.tender t ON t.id = p.tender_id AND t.status <> 'draft'
        JOIN accounts.organisation o ON o.id = t.organisation_id
        LEFT JOIN answers.closed_package c ON c.package_id = p.id
        LEFT JOIN tenders.withdrawn_package w ON w.package_id = p.id
        WHERE NOT EXISTS (SELECT FROM tenders.audience u WHERE u.tender_id = s.tender_id AND u.kind = 'invited')
           OR EXISTS (SELECT FROM tenders.invited i WHERE i.tender_id = s.tender_id AND i.enterprise_organisation_id = actor);
      END $$;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP FUNCTION answers.offered_to_actor;`);
  }
}

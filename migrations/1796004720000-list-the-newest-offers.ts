import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an enterprise may answer, the latest first, in one question: of thousands, row security would look at each row of
 * every table that says when something changed. It tells of nothing but what the list of the one who acts has.
 */
export class ListTheNewestOffers1796004720000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE FUNCTION answers.newest_to_actor(now timestamptz, most integer)
        RETURNS TABLE (package_id uuid, changed_at timestamptz)
        LANGUAGE plpgsql STABLE SET maillon.role = 'system' AS $$
      DECLARE
        actor uuid := platform.actor_organisation();
      BEGIN
        RETURN QUERY
        WITH offered AS MATERIALIZED (
          SELECT o.package_id FROM answers.offered_to_actor(now) o WHERE o.state = 'open'
        ), known AS (
          SELECT p.id, greatest(t.published_at,
                                (SELECT max(c.changed_at) FROM tenders.deadline_change c WHERE c.tender_id = t.id),
                                (SELECT max(a.amended_at) FROM tenders.package_amendment a WHERE a.package_id = p.id)) AS at, true AS is_offered
            FROM offered
            JOIN tenders.work_package p ON p.id = offered.package_id
            JOIN tenders.tender t ON t.id = p.tender_id
           UNION ALL
          -- Since when it fits. Not joined: the planner takes both for few, and goes through the one for each of the other.
          SELECT m.package_id, min(lower(m.recorded)), false FROM matching.match m
           WHERE m.enterprise_organisation_id = actor AND m.verdict IN ('match', 'partial') GROUP BY m.package_id
        )
        SELECT known.id, max(known.at) FROM known GROUP BY known.id HAVING bool_or(known.is_offered) ORDER BY 2 DESC, 1 LIMIT most;
      END $$;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP FUNCTION answers.newest_to_actor;`);
  }
}

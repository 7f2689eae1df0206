import { rows, type Tx } from '../platform/db/index.js';
import { UPTAKE_FIGURES, type UptakePeriod, type Winners } from './domain/index.js';
import { countedOnce } from './kept-counts.js';
import { stagedNow, type Staged } from './staged.query.js';

/** What an enterprise wanted and won, as it was known; only packages that came as far are looked at. $5: keys of municipalities, or null. */
const winnersSql = ({ packages }: Staged): string => `
  WITH ${packages}, here AS (
    SELECT id, stage, known FROM staged CROSS JOIN moment WHERE stage >= ${UPTAKE_FIGURES.indexOf('interested')} AND ($5::text[] IS NULL OR municipality = ANY ($5))
  ), said AS (
    SELECT a.organisation_id AS enterprise, false AS won, false AS confirmed
    FROM here h JOIN answers.answer a ON a.package_id = h.id WHERE a.kind <> 'no' AND a.recorded @> h.known
    UNION ALL
    SELECT d.enterprise_organisation_id, true, d.state = 'confirmed'
    FROM here h JOIN answers.decision d ON d.package_id = h.id
    WHERE h.stage >= ${UPTAKE_FIGURES.indexOf('awarded')} AND d.state IN ('awarded', 'confirmed') AND d.recorded @> h.known
  ), by_enterprise AS (
    SELECT enterprise, bool_or(won) AS won, bool_or(confirmed) AS confirmed FROM said GROUP BY enterprise
  )
  SELECT count(*)::int AS wanted, count(*) FILTER (WHERE won)::int AS won, count(*) FILTER (WHERE confirmed)::int AS confirmed
  FROM by_enterprise`;

/** Enterprises by what came of their answers. @param municipalities keys of those whose packages count; null for all */
export async function winners(
  tx: Tx,
  period: UptakePeriod,
  municipalities: readonly string[] | null,
): Promise<Winners> {
  const staged = await stagedNow(tx, period);
  const asked = { ...staged, params: [...staged.params, municipalities] };
  return countedOnce(tx, asked, async () => {
    const [found] = await rows<Winners>(tx, winnersSql(staged), asked.params);
    return found!;
  });
}

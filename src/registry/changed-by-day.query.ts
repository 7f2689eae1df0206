import type { Day } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';

/**
 * Enterprises of which something begins or ends in the days after `from` up to `to`, though nobody changed them:
 * a version of the profile, an approval, or any day that the profile itself names (a capacity that is free, a
 * certificate that ends). It reads days as text: it may name too many, never too few.
 */
export async function enterprisesChangedByDay(tx: Tx, from: Day, to: Day): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `WITH edges AS (SELECT daterange($1::date, $2::date, '(]') AS days)
     SELECT DISTINCT e.id FROM registry.enterprise e, edges
     WHERE EXISTS (SELECT FROM registry.approval a WHERE a.enterprise_id = e.id AND upper_inf(a.recorded)
                   AND (lower(a.valid) <@ days OR upper(a.valid) <@ days))
        OR EXISTS (SELECT FROM registry.enterprise_version v WHERE v.enterprise_id = e.id AND upper_inf(v.recorded)
                   AND (lower(v.valid) <@ days OR upper(v.valid) <@ days
                        OR v.profile::text LIKE ANY (
                             SELECT '%"' || day::date || '"%' FROM generate_series($1::date, $2::date, interval '1 day') day)))
     ORDER BY e.id`,
    [from, to],
  );
  return found.map(({ id }) => id);
}

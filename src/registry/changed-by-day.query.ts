import { addDays, daysBetween, type Day } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';

const DAYS = `daterange($1::date, $2::date, '(]')`;

/**
 * Enterprises of which something begins or ends in the days after `from` up to `to`, though nobody changed them:
 * a version of the profile, an approval, or any day that the profile itself names (a capacity that is free, a
 * certificate that ends). It reads days as text: it may name too many, never too few.
 */
export async function enterprisesChangedByDay(tx: Tx, from: Day, to: Day): Promise<string[]> {
  const named = Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => `%"${addDays(from, i)}"%`);
  const found = await rows<{ id: string }>(
    tx,
    `SELECT enterprise_id AS id FROM registry.approval
     WHERE upper_inf(recorded) AND (lower(valid) <@ ${DAYS} OR upper(valid) <@ ${DAYS})
     UNION
     SELECT enterprise_id FROM registry.enterprise_version
     WHERE upper_inf(recorded) AND (lower(valid) <@ ${DAYS} OR upper(valid) <@ ${DAYS} OR profile::text LIKE ANY ($3::text[]))
     ORDER BY id`,
    [from, to, named],
  );
  return found.map(({ id }) => id);
}

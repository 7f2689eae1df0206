import { addDays, daysBetween, type Day } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';

const DAYS = `daterange($1::date, $2::date, '(]')`;

/** Enterprises that are read at once: of a million, all would take longer than a statement may. */
const AT_ONCE = 10_000;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/**
 * Enterprises of which something begins or ends in the days after `from` up to `to`, though nobody changed them:
 * a version of the profile, an approval, or any day that the profile itself names (a capacity that is free, a
 * certificate that ends). It reads days as text: it may name too many, never too few.
 * @param atOnce enterprises of one statement
 */
export async function enterprisesChangedByDay(
  tx: Tx,
  from: Day,
  to: Day,
  atOnce = AT_ONCE,
): Promise<string[]> {
  const named = Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => `%"${addDays(from, i)}"%`);
  const found: string[] = [];
  for (let after: string | null = BEFORE_ALL; after !== null;) {
    const last = await lastOfBlock(tx, after, atOnce);
    const changed = await rows<{ id: string }>(
      tx,
      `SELECT enterprise_id AS id FROM registry.approval
       WHERE enterprise_id > $4 AND ($5::uuid IS NULL OR enterprise_id <= $5)
         AND upper_inf(recorded) AND (lower(valid) <@ ${DAYS} OR upper(valid) <@ ${DAYS})
       UNION
       SELECT enterprise_id FROM registry.enterprise_version
       WHERE enterprise_id > $4 AND ($5::uuid IS NULL OR enterprise_id <= $5)
         AND upper_inf(recorded) AND (lower(valid) <@ ${DAYS} OR upper(valid) <@ ${DAYS} OR profile::text LIKE ANY ($3::text[]))
       ORDER BY id`,
      [from, to, named, after, last],
    );
    found.push(...changed.map(({ id }) => id));
    after = last;
  }
  return found;
}

/** @returns null when no more than a block is left */
async function lastOfBlock(tx: Tx, after: string, atOnce: number): Promise<string | null> {
  const [last] = await rows<{ id: string }>(
    tx,
    'SELECT id FROM registry.enterprise WHERE id > $1 ORDER BY id OFFSET $2 LIMIT 1',
    [after, atOnce - 1],
  );
  return last?.id ?? null;
}

import type { Day } from '../kernel/index.js';
import { maybeRow, type Tx } from '../platform/db/index.js';

/**
 * Takes a day for this transaction alone; whoever else asks waits, and then does not get it.
 * @returns the last day taken before (null: the first ever), or undefined when the day is taken already
 */
export async function takeDay(tx: Tx, day: Day, now: Date): Promise<Day | null | undefined> {
  const taken = await maybeRow<{ before: Day | null }>(
    tx,
    `INSERT INTO matching.day_taken (day, taken_at) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING
     RETURNING (SELECT max(day)::text FROM matching.day_taken WHERE day < $1) AS before`,
    [day, now],
  );
  return taken?.before;
}

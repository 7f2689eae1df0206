import type { Day } from '../kernel/index.js';
import { maybeRow, type Tx } from '../platform/db/index.js';

/** Whether any rule begins or ends in the days after `from` up to `to`, as entered ahead. */
export async function lawChangesByDay(tx: Tx, from: Day, to: Day): Promise<boolean> {
  const row = await maybeRow<{ changes: boolean }>(
    tx,
    `SELECT EXISTS (SELECT FROM legal_basis.rule_version WHERE upper_inf(recorded)
       AND (lower(valid) <@ daterange($1::date, $2::date, '(]') OR upper(valid) <@ daterange($1::date, $2::date, '(]'))) AS changes`,
    [from, to],
  );
  return row?.changes ?? false;
}

import type { Day } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';
import type { Counted, Due } from './domain/index.js';

/** A debt in force and what counts on it: as much as a balance needs. */
export interface Ledger {
  readonly debt: Due;
  readonly entries: readonly Counted[];
}

/** Entered by then in Brussels: the debt in force now, and the standing entries whose own day came before. */
const LEDGERS_SQL = `
  SELECT jsonb_build_object('clause', d.clause, 'hours', d.hours::text, 'amount', d.amount::text) AS debt,
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', e.id, 'stage', e.stage, 'route', e.route,
                                                       'quantity', e.quantity::text, 'parentId', e.parent_id, 'endedAt', NULL,
                                                       'verdict', c.verdict))
                   FROM obligations.ledger_entry e
                   LEFT JOIN obligations.confirmation c ON c.entry_id = e.id AND upper_inf(c.recorded)
                     AND (lower(c.recorded) AT TIME ZONE 'Europe/Brussels')::date < $1
                   WHERE e.obligation_id = o.id AND upper_inf(e.recorded) AND e.on_day < $1), '[]') AS entries
  FROM obligations.obligation o JOIN obligations.debt d ON d.obligation_id = o.id AND upper_inf(d.recorded)
  WHERE (o.created_at AT TIME ZONE 'Europe/Brussels')::date < $1
  ORDER BY o.id`;

/** Every debt the actor may see, with what was done before a day. Row security shows a working group all of them. */
export function ledgersUntil(tx: Tx, until: Day): Promise<Ledger[]> {
  return rows<Ledger>(tx, LEDGERS_SQL, [until]);
}

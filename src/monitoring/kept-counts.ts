import type { Tx } from '../platform/db/index.js';
import { keptRows } from './kept-stages.repository.js';
import type { Staged } from './staged.query.js';

/** So many counts are remembered of a database; those asked for longest ago go. */
const MOST = 30;

interface Counted {
  readonly rows: string;
  readonly counts: unknown;
}

const remembered = new WeakMap<object, Map<string, Counted>>();

/**
 * What `count` says of a period, counted once for as long as the kept rows are the same: which rows there are is asked each
 * time, in the transaction that asks. While a package is marked it is counted anew.
 */
export async function countedOnce<T>(
  tx: Tx,
  { isAllKept, params }: Staged,
  count: () => Promise<T>,
): Promise<T> {
  if (!isAllKept) return count();
  const known = remembered.get(tx.connection) ?? new Map<string, Counted>();
  remembered.set(tx.connection, known);
  const period = JSON.stringify(params);
  const rows = await keptRows(tx);
  const before = known.get(period);
  const counts = before?.rows === rows ? (before.counts as T) : await count();
  known.delete(period);
  known.set(period, { rows, counts });
  const [oldest] = known.keys();
  if (known.size > MOST) known.delete(oldest!);
  return counts;
}

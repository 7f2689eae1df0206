import { rows, type Tx } from '../platform/db/index.js';
import type { Enterprise, Geography } from '../registry/index.js';
import { list } from './bound-sql.js';
import { projectPostings, type Posting } from './domain/index.js';
import { keepPostingChanges } from './posting-changes.query.js';
import { standingsOf } from './standings.repository.js';

type Row = Posting & { readonly enterpriseId: string };

const COLUMNS: readonly (readonly [column: string, type: string, of: (row: Row) => number | string])[] = [
  ['zone', 'int', (row) => row.zone],
  ['node', 'int', (row) => row.node],
  ['enterprise_id', 'uuid', (row) => row.enterpriseId],
  ['activity', 'smallint', (row) => row.activity],
  ['depth', 'smallint', (row) => row.depth],
  ['flags', 'smallint', (row) => row.flags],
  ['who', 'smallint', (row) => row.who],
  ['proofs', 'int', (row) => row.proofs],
  ['value_min', 'real', (row) => row.valueMin],
  ['value_max', 'real', (row) => row.valueMax],
  ['hours_per_week', 'real', (row) => row.hoursPerWeek],
  ['free_from', 'smallint', (row) => row.freeFrom],
  ['merit', 'real', (row) => row.merit],
  ['x', 'real', (row) => row.x],
  ['y', 'real', (row) => row.y],
  ['z', 'real', (row) => row.z],
  ['reach2', 'real', (row) => row.reach2],
];

const INSERT_SQL = `INSERT INTO matching.posting (${COLUMNS.map(([column]) => column).join(', ')})
  SELECT * FROM unnest(${COLUMNS.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')})
  ORDER BY 1, 2`;

/** Rewrites the rows that enterprises are looked up by; an identity without an enterprise has none left. */
export async function replacePostings(
  tx: Tx,
  ids: readonly string[],
  enterprises: readonly Enterprise[],
  geography: Geography,
): Promise<number> {
  await keepPostingChanges(tx, [...new Set([...ids, ...enterprises.map(({ id }) => id)])]);
  if (ids.length > 0)
    await rows(tx, 'DELETE FROM matching.posting WHERE enterprise_id = ANY ($1::uuid[])', [ids]);
  const standings = await standingsOf(
    tx,
    enterprises.map(({ id }) => id),
  );
  const postings = enterprises.flatMap((enterprise) =>
    projectPostings(enterprise, geography, standings.get(enterprise.id)?.merit).map((posting) => ({
      ...posting,
      enterpriseId: enterprise.id,
    })),
  );
  if (postings.length === 0) return 0;
  await rows(
    tx,
    INSERT_SQL,
    COLUMNS.map(([, , of]) => list(postings.map(of))),
  );
  return postings.length;
}

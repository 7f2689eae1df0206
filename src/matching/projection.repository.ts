import { affected, rows, type Tx } from '../platform/db/index.js';

/** What is written of it, or decided by it. */
type Projection = 'posting' | 'demand' | 'weights';

/** Whether a projection was written whole in this layout. */
export async function isProjected(tx: Tx, name: Projection, layout: number): Promise<boolean> {
  const found = await rows(tx, 'SELECT FROM matching.projection WHERE name = $1 AND layout = $2', [
    name,
    layout,
  ]);
  return found.length > 0;
}

export async function keepProjected(tx: Tx, name: Projection, layout: number, now: Date): Promise<void> {
  await affected(
    tx,
    `INSERT INTO matching.projection (name, layout, written_at) VALUES ($1, $2, $3)
     ON CONFLICT (name) DO UPDATE SET layout = excluded.layout, written_at = excluded.written_at
     WHERE projection.layout <> excluded.layout`,
    [name, layout, now],
  );
}

import { rows, type Tx } from '../platform/db/index.js';

/** What enterprises are called, by their id. */
export async function enterpriseNames(
  tx: Tx,
  enterpriseIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await rows<{ id: string; name: string }>(
    tx,
    `SELECT e.id, o.name FROM registry.enterprise e JOIN accounts.organisation o ON o.id = e.organisation_id
      WHERE e.id = ANY ($1::uuid[])`,
    [enterpriseIds],
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}

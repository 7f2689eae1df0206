import type { Day } from '../kernel/index.js';
import { affected, maybeRow, type Tx } from '../platform/db/index.js';

/** Under what an enterprise was put to the open packages: on another day, or under another law, all are asked again. */
export interface ListedUnder {
  readonly on: Day;
  readonly rulesVersion: string;
}

/** The latest of the demand, to be asked before any of it is read; as the database writes it, which a date would cut. */
export async function latestDemand(tx: Tx): Promise<string> {
  const row = await maybeRow<{ at: string }>(
    tx,
    `SELECT coalesce(max(written_at)::text, '-infinity') AS at FROM matching.open_package`,
  );
  return row!.at;
}

/** Packages written since an enterprise was put to all that were open, the first so many; null when that is to be done anew. */
export async function writtenSinceListed(
  tx: Tx,
  enterpriseId: string,
  { on, rulesVersion }: ListedUnder,
  limit: number,
): Promise<readonly string[] | null> {
  const row = await maybeRow<{ ids: readonly string[] }>(
    tx,
    `SELECT ARRAY(SELECT o.package_id FROM matching.open_package o WHERE o.written_at > l.up_to
                  ORDER BY o.written_at LIMIT $4) AS ids
     FROM matching.listed l WHERE l.enterprise_id = $1 AND l.on_day = $2 AND l.rules_version = $3`,
    [enterpriseId, on, rulesVersion, limit],
  );
  return row?.ids ?? null;
}

/** @param upTo as `latestDemand` gave it */
export async function keepListed(
  tx: Tx,
  enterprise: { readonly id: string; readonly organisationId: string },
  { on, rulesVersion }: ListedUnder,
  upTo: string,
): Promise<void> {
  await affected(
    tx,
    `INSERT INTO matching.listed (enterprise_id, organisation_id, on_day, rules_version, up_to) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (enterprise_id) DO UPDATE
       SET on_day = excluded.on_day, rules_version = excluded.rules_version, up_to = excluded.up_to`,
    [enterprise.id, enterprise.organisationId, on, rulesVersion, upTo],
  );
}

import type { Day } from '../kernel/index.js';
import { rows, type Tx } from '../platform/db/index.js';
import type { LegalTraits } from './domain/index.js';

/** What the law reads of enterprises, the same of all of these. */
export interface Alike {
  readonly traits: LegalTraits;
  readonly enterpriseIds: readonly string[];
}

/** `ids` as one text: the driver takes ten times as long to read an array. */
interface Registered {
  readonly traits: Omit<LegalTraits, 'approvals'>;
  readonly ids: string;
}

interface Held {
  readonly id: string;
  readonly approvals: LegalTraits['approvals'];
}

/**
 * All enterprises of the register by what the law reads of them, each set of traits once: of thousands of enterprises most
 * differ in nothing that it asks. Approvals of any validity, as they are known at an instant. They are joined here: under
 * row security the planner takes either side for a few, and would go through all of one for each of the other.
 */
export async function legalTraits(tx: Tx, on: Day, knownAt: Date): Promise<Alike[]> {
  const registered = await rows<Registered>(
    tx,
    `SELECT jsonb_build_object('kind', v.kind, 'ratios', x.ratios, 'mainAimIntegration', x."mainAimIntegration", 'art59', x.art59,
              'statutes', x.statutes) AS traits, string_agg(v.enterprise_id::text, ' ') AS ids
     FROM registry.enterprise_version v
     CROSS JOIN LATERAL jsonb_to_record(v.profile) AS x (ratios jsonb, "mainAimIntegration" jsonb, art59 jsonb, statutes jsonb)
     WHERE v.valid @> $1::date AND v.recorded @> $2::timestamptz
     GROUP BY v.kind, x.ratios, x."mainAimIntegration", x.art59, x.statutes`,
    [on, knownAt],
  );
  const held = await rows<Held>(
    tx,
    `SELECT enterprise_id AS id, jsonb_agg(jsonb_build_object('kind', kind, 'validFrom', lower(valid), 'validUntil', upper(valid) - 1,
              'state', state) ORDER BY kind, lower(valid) NULLS FIRST, id) AS approvals
     FROM registry.approval WHERE recorded @> $1::timestamptz GROUP BY enterprise_id`,
    [knownAt],
  );
  const approvals = new Map(held.map((one) => [one.id, one.approvals]));
  return registered.flatMap(({ traits, ids }) =>
    [
      ...Map.groupBy(ids.split(' '), (id) => {
        const own = approvals.get(id);
        return own ? JSON.stringify(own) : '';
      }).values(),
    ].map((enterpriseIds) => ({
      traits: { ...traits, approvals: approvals.get(enterpriseIds[0]!) ?? [] },
      enterpriseIds,
    })),
  );
}

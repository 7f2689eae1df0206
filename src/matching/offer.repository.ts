import { rows, type Tx } from '../platform/db/index.js';
import type { Enterprise, Geography } from '../registry/index.js';
import { projectOffers, type Offer } from './domain/index.js';

/** PostgreSQL's own word for it; the driver writes JavaScript's. */
function text(value: number): string {
  return Number.isFinite(value) ? String(value) : 'infinity';
}

/** Rewrites the rows that the enterprises are looked up by; those given as null have none left. */
export async function replaceOffers(
  tx: Tx,
  ids: readonly string[],
  enterprises: readonly Enterprise[],
  geography: Geography,
): Promise<number> {
  await rows(tx, 'DELETE FROM matching.offer WHERE enterprise_id = ANY ($1::uuid[])', [ids]);
  const offers = enterprises.flatMap((enterprise) =>
    projectOffers(enterprise, geography).map((offer) => ({ ...offer, enterpriseId: enterprise.id })),
  );
  const column = (of: (offer: Offer & { readonly enterpriseId: string }) => unknown): unknown[] =>
    offers.map(of);
  if (offers.length === 0) return 0;
  await rows(
    tx,
    `INSERT INTO matching.offer (zone, node, enterprise_id, activity, depth, modes, country_wide, kind,
                                 value_min, value_max, free_from, x, y, z, reach2)
     SELECT * FROM unnest($1::int[], $2::int[], $3::uuid[], $4::smallint[], $5::smallint[], $6::smallint[],
                          $7::boolean[], $8::text[], $9::float8[], $10::float8[], $11::date[],
                          $12::float8[], $13::float8[], $14::float8[], $15::float8[])`,
    [
      column(({ zone }) => zone),
      column(({ node }) => node),
      column(({ enterpriseId }) => enterpriseId),
      column(({ activity }) => activity),
      column(({ depth }) => depth),
      column(({ modes }) => modes),
      column(({ countryWide }) => countryWide),
      column(({ kind }) => kind),
      column(({ valueMin }) => valueMin),
      column(({ valueMax }) => text(valueMax)),
      column(({ freeFrom }) => freeFrom),
      column(({ x }) => x),
      column(({ y }) => y),
      column(({ z }) => z),
      column(({ reach2 }) => text(reach2)),
    ],
  );
  return offers.length;
}

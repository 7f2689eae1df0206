import type { ClauseFacts } from '../legal-basis/index.js';
import { rows, type Tx } from '../platform/db/index.js';
import { loadGeography } from '../registry/index.js';
import { demandOf, placesOf, WEIGHTS, type PackageToMatch, type Reach } from './domain/index.js';
import type { OpenPackage } from './matching-run.js';

/**
 * Held shared while a changed enterprise reads the demand and until it has committed, alone while demand is written: of
 * an enterprise and a package that change at once, the later one sees the earlier.
 */
const DEMAND_LOCK = `hashtextextended('matching.demand', 0)`;

/** Before demand is written or forgotten, and before what it is written from is read. */
export async function lockDemand(tx: Tx): Promise<void> {
  await rows(tx, `SELECT pg_advisory_xact_lock(${DEMAND_LOCK})`);
}

/** After `lockDemand`: writes what the packages of a tender ask for; packages that are not given are no longer open. */
export async function replaceDemand(tx: Tx, tenderId: string, opens: readonly OpenPackage[]): Promise<void> {
  await forgetDemand(tx, [tenderId]);
  if (opens.length > 0) await insertDemand(tx, opens);
}

/** For packages of which nothing is written yet. */
export async function insertDemand(tx: Tx, opens: readonly OpenPackage[]): Promise<void> {
  const geography = loadGeography();
  await rows(
    tx,
    `INSERT INTO matching.open_package (package_id, organisation_id, tender_id, version, package, facts)
     SELECT (o.package->>'id')::uuid, o."organisationId", o."tenderId", o.version, o.package, o.facts
     FROM jsonb_to_recordset($1::jsonb)
       AS o ("organisationId" uuid, "tenderId" uuid, version integer, package jsonb, facts jsonb)`,
    [JSON.stringify(opens)],
  );
  const written = opens.flatMap(({ package: asked }) => {
    const sites = placesOf(asked, geography);
    const { zones, nodes } = demandOf({ package: asked, sites, geography, weights: WEIGHTS });
    return zones.flatMap((zone) => nodes.map((node) => [zone, node, asked.id] as const));
  });
  const column = (at: 0 | 1 | 2): string => `{${written.map((row) => row[at]).join(',')}}`;
  await rows(
    tx,
    `INSERT INTO matching.demand (zone, node, package_id)
     SELECT * FROM unnest($1::int[], $2::int[], $3::uuid[]) ORDER BY 1, 2`,
    [column(0), column(1), column(2)],
  );
}

export async function forgetDemand(tx: Tx, tenderIds: readonly string[]): Promise<void> {
  await rows(
    tx,
    `DELETE FROM matching.demand
     WHERE package_id IN (SELECT package_id FROM matching.open_package WHERE tender_id = ANY ($1::uuid[]))`,
    [tenderIds],
  );
  await rows(tx, 'DELETE FROM matching.open_package WHERE tender_id = ANY ($1::uuid[])', [tenderIds]);
}

/** OFFSET 0 keeps the node range inside the index condition, as in the other direction. */
export const demandSql = `SELECT d.id FROM unnest($1::text[], $2::int[], $3::int[]) AS r (zones, low, high)
     CROSS JOIN LATERAL (SELECT package_id AS id FROM matching.demand
                         WHERE zone = ANY (r.zones::int[]) AND node >= r.low AND node <= r.high OFFSET 0) d
     UNION
     SELECT package_id FROM matching.match WHERE enterprise_id = $4 AND upper_inf(recorded)`;

/**
 * Packages that an enterprise may have to do with: those that ask, where one of its activities serves, for what it does,
 * and those it has a verdict on. This may name too many, closed ones among them, never too few. What is published
 * meanwhile waits until the caller has committed.
 */
export async function demandFor(tx: Tx, enterpriseId: string, reach: readonly Reach[]): Promise<string[]> {
  await rows(tx, `SELECT pg_advisory_xact_lock_shared(${DEMAND_LOCK})`);
  const probes = reach.flatMap(({ zones, nodes }) =>
    nodes.map(({ low, high }) => ({ zones: `{${zones.join(',')}}`, low, high })),
  );
  const found = await rows<{ id: string }>(tx, demandSql, [
    probes.map(({ zones }) => zones),
    `{${probes.map(({ low }) => low).join(',')}}`,
    `{${probes.map(({ high }) => high).join(',')}}`,
    enterpriseId,
  ]);
  return found.map(({ id }) => id);
}

/** Open packages as enterprises are asked about them, in the order of their identities. */
export function openPackagesById(tx: Tx, ids: readonly string[]): Promise<OpenPackage[]> {
  return rows<{
    readonly package: PackageToMatch;
    readonly facts: ClauseFacts | null;
    readonly tenderId: string;
    readonly organisationId: string;
    readonly version: number;
  }>(
    tx,
    `SELECT package, facts, tender_id AS "tenderId", organisation_id AS "organisationId", version
     FROM matching.open_package WHERE package_id = ANY ($1::uuid[]) ORDER BY package_id`,
    [ids],
  );
}

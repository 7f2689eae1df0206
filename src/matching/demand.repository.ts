import type { ClauseFacts } from '../legal-basis/index.js';
import { rows, type Tx } from '../platform/db/index.js';
import { loadGeography } from '../registry/index.js';
import { list } from './bound-sql.js';
import {
  demandOf,
  placesOf,
  WEIGHTS,
  type Demand,
  type DemandedNode,
  type PackageToMatch,
} from './domain/index.js';
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

interface Row {
  readonly zone: number;
  readonly node: DemandedNode;
  readonly packageId: string;
  readonly demand: Demand;
}

const COLUMNS: readonly (readonly [
  column: string,
  type: string,
  of: (row: Row) => number | string | null,
])[] = [
  ['zone', 'int', (row) => row.zone],
  ['node', 'int', (row) => row.node.node],
  ['package_id', 'uuid', (row) => row.packageId],
  ['depth', 'smallint', (row) => row.node.depth],
  ['closeness', 'real', (row) => row.node.closeness],
  ['modes', 'smallint', ({ demand }) => demand.modes],
  ['mask', 'smallint', ({ demand }) => demand.mask],
  ['flags', 'smallint', ({ demand }) => demand.flags],
  ['proofs', 'int', ({ demand }) => demand.proofs],
  ['at_least', 'real', ({ demand }) => demand.atLeast],
  ['at_most', 'real', ({ demand }) => demand.atMost],
  ['hours_per_week', 'real', ({ demand }) => demand.hoursPerWeek],
  ['free_by', 'smallint', ({ demand }) => demand.freeBy],
  ['no_size', 'boolean', ({ demand }) => String(demand.statesNoSize)],
  ['is_point', 'boolean', ({ demand }) => String(demand.isPoint)],
  ['x', 'real', ({ demand }) => demand.site?.x ?? null],
  ['y', 'real', ({ demand }) => demand.site?.y ?? null],
  ['z', 'real', ({ demand }) => demand.site?.z ?? null],
  ['slack_km', 'real', ({ demand }) => demand.slackKm],
  ['within_x', 'real', ({ demand }) => demand.within?.x ?? null],
  ['within_y', 'real', ({ demand }) => demand.within?.y ?? null],
  ['within_z', 'real', ({ demand }) => demand.within?.z ?? null],
  ['within_reach2', 'real', ({ demand }) => demand.within?.reach2 ?? null],
];

const INSERT_SQL = `INSERT INTO matching.demand (${COLUMNS.map(([column]) => column).join(', ')})
  SELECT * FROM unnest(${COLUMNS.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')}) ORDER BY 1, 2`;

/** For packages of which nothing is written yet. */
export async function insertDemand(tx: Tx, opens: readonly OpenPackage[]): Promise<void> {
  await rows(
    tx,
    `INSERT INTO matching.open_package (package_id, organisation_id, tender_id, version, package, facts)
     SELECT (o.package->>'id')::uuid, o."organisationId", o."tenderId", o.version, o.package, o.facts
     FROM jsonb_to_recordset($1::jsonb)
       AS o ("organisationId" uuid, "tenderId" uuid, version integer, package jsonb, facts jsonb)`,
    [JSON.stringify(opens)],
  );
  const written = opens.flatMap(({ package: asked }) => rowsOf(asked));
  await rows(
    tx,
    INSERT_SQL,
    COLUMNS.map(([, , of]) => list(written.map(of))),
  );
}

function rowsOf(asked: PackageToMatch): Row[] {
  const geography = loadGeography();
  const sites = placesOf(asked, geography);
  const demand = demandOf({ package: asked, sites, geography, weights: WEIGHTS });
  return demand.zones.flatMap((zone) =>
    demand.nodes.map((node) => ({ zone, node, packageId: asked.id, demand })),
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

/** Before a changed enterprise reads the demand: what is published meanwhile waits until the caller has committed. */
export async function holdDemand(tx: Tx): Promise<void> {
  await rows(tx, `SELECT pg_advisory_xact_lock_shared(${DEMAND_LOCK})`);
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

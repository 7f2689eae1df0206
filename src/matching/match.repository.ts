import { rows, maybeRow, type Tx } from '../platform/db/index.js';
import type { Because } from './domain/index.js';
import type { ClosedReason, MatchRow } from './match.entity.js';

/** A verdict as it stands, with the versions it rests on. */
export type StoredMatch = Omit<
  MatchRow,
  'recorded' | 'closedReason' | 'closedBecause' | 'score' | 'distanceKm'
> & {
  readonly score: number;
  readonly distanceKm: number | null;
  /** Since when we hold it for true. */
  readonly since: Date;
};

export type NewMatch = Omit<StoredMatch, 'since'>;

const COLUMNS = `id, organisation_id AS "organisationId", enterprise_organisation_id AS "enterpriseOrganisationId",
  tender_id AS "tenderId", package_id AS "packageId", enterprise_id AS "enterpriseId", verdict, score::float8 AS score, rank,
  criteria, changes, distance_km::float8 AS "distanceKm", basis, decided_on::text AS "decidedOn",
  package_version AS "packageVersion", enterprise_version_id AS "enterpriseVersionId", law_known_at AS "lawKnownAt",
  rules_version AS "rulesVersion", asked_digest AS "askedDigest", standing, lower(recorded) AS since`;

/** The standing verdicts on packages, best first. Row security shows each party its own. */
export function currentMatches(tx: Tx, packageIds: readonly string[]): Promise<StoredMatch[]> {
  return rows(
    tx,
    `SELECT ${COLUMNS} FROM matching.match WHERE package_id = ANY ($1::uuid[]) AND upper_inf(recorded)
     ORDER BY package_id, rank, enterprise_id`,
    [packageIds],
  );
}

/** The standing verdicts on one enterprise, whatever the package. */
export function currentMatchesOfEnterprise(tx: Tx, enterpriseId: string): Promise<StoredMatch[]> {
  return rows(
    tx,
    `SELECT ${COLUMNS} FROM matching.match WHERE enterprise_id = $1 AND upper_inf(recorded) ORDER BY package_id`,
    [enterpriseId],
  );
}

export function currentMatch(tx: Tx, packageId: string, enterpriseId: string): Promise<StoredMatch | null> {
  return maybeRow(
    tx,
    `SELECT ${COLUMNS} FROM matching.match WHERE package_id = $1 AND enterprise_id = $2 AND upper_inf(recorded)`,
    [packageId, enterpriseId],
  );
}

/**
 * One decision on a package at a time. To be taken before anything that the decision rests on is read, so that
 * who comes second sees what changed meanwhile; always in the order of the ids, so that nobody waits in a circle.
 */
export async function lockPackages(tx: Tx, packageIds: readonly string[]): Promise<void> {
  await rows(
    tx,
    `SELECT pg_advisory_xact_lock(hashtextextended('matching.package ' || id, 0))
     FROM (SELECT DISTINCT id FROM unnest($1::uuid[]) AS id ORDER BY id) ids`,
    [packageIds],
  );
}

/** Verdicts of any time in the order they were decided, a page at a time. */
export async function matchIds(tx: Tx, after: string | null, limit: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    'SELECT id FROM matching.match WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2',
    [after, limit],
  );
  return found.map(({ id }) => id);
}

/** A verdict of any time, standing or not. */
export function matchById(tx: Tx, id: string): Promise<StoredMatch | null> {
  return maybeRow(tx, `SELECT ${COLUMNS} FROM matching.match WHERE id = $1`, [id]);
}

/** Ends verdicts; one that began in this very instant ends a millisecond later, so that it is not lost. */
export async function closeMatches(
  tx: Tx,
  closed: readonly {
    readonly id: string;
    readonly reason: ClosedReason;
    readonly because?: Because | null;
  }[],
  now: Date,
): Promise<void> {
  if (closed.length === 0) return;
  await rows(
    tx,
    `UPDATE matching.match m
     SET recorded = tstzrange(lower(recorded), greatest($3::timestamptz, lower(recorded) + interval '1 millisecond')),
         closed_reason = c.reason, closed_because = c.because
     FROM unnest($1::uuid[], $2::text[], $4::jsonb[]) AS c (id, reason, because)
     WHERE m.id = c.id AND upper_inf(m.recorded)`,
    [
      closed.map(({ id }) => id),
      closed.map(({ reason }) => reason),
      now,
      closed.map(({ because }) => (because ? JSON.stringify(because) : null)),
    ],
  );
}

export async function insertMatches(tx: Tx, matches: readonly NewMatch[], since: Date): Promise<void> {
  if (matches.length === 0) return;
  await rows(
    tx,
    `INSERT INTO matching.match (id, organisation_id, enterprise_organisation_id, tender_id, package_id, enterprise_id,
       verdict, score, rank, criteria, changes, distance_km, basis, decided_on, package_version, enterprise_version_id,
       law_known_at, rules_version, asked_digest, standing, recorded)
     SELECT m.*, tstzrange($2::timestamptz, NULL)
     FROM jsonb_to_recordset($1::jsonb) AS m ("id" uuid, "organisationId" uuid, "enterpriseOrganisationId" uuid,
       "tenderId" uuid, "packageId" uuid, "enterpriseId" uuid, "verdict" text, "score" numeric, "rank" integer,
       "criteria" jsonb, "changes" jsonb, "distanceKm" numeric, "basis" text, "decidedOn" date, "packageVersion" integer,
       "enterpriseVersionId" uuid, "lawKnownAt" timestamptz, "rulesVersion" text, "askedDigest" text, "standing" jsonb)`,
    [JSON.stringify(matches), since],
  );
}

export async function updateRanks(
  tx: Tx,
  ranks: readonly { readonly id: string; readonly rank: number }[],
): Promise<void> {
  if (ranks.length === 0) return;
  await rows(
    tx,
    `UPDATE matching.match m SET rank = r.rank FROM unnest($1::uuid[], $2::int[]) AS r (id, rank)
     WHERE m.id = r.id AND m.rank <> r.rank`,
    [ranks.map(({ id }) => id), ranks.map(({ rank }) => rank)],
  );
}

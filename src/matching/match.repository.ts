import { setImmediate as turn } from 'node:timers/promises';
import { endedAt, rows, type Tx } from '../platform/db/index.js';
import { withCriteria, writeCriteria, type AsWritten, type Because, type Criterion } from './domain/index.js';
import type { ClosedReason, MatchRow } from './match.entity.js';

/** A verdict as it stands, with the versions it rests on. */
export type StoredMatch = Omit<
  MatchRow,
  'recorded' | 'closedReason' | 'closedBecause' | 'score' | 'distanceKm' | 'criteria'
> & {
  readonly criteria: readonly Criterion[];
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

async function read(tx: Tx, sql: string, params: readonly unknown[]): Promise<StoredMatch[]> {
  return withCriteria<StoredMatch>(await rows<AsWritten<StoredMatch>>(tx, sql, params));
}

/** The standing verdicts on packages, best first. Row security shows each party its own. */
export function currentMatches(tx: Tx, packageIds: readonly string[]): Promise<StoredMatch[]> {
  return read(
    tx,
    `SELECT ${COLUMNS} FROM matching.match WHERE package_id = ANY ($1::uuid[]) AND upper_inf(recorded)
     ORDER BY package_id, rank, enterprise_id`,
    [packageIds],
  );
}

/** The standing verdicts on one enterprise for these packages. */
export function currentMatchesOfEnterprise(
  tx: Tx,
  enterpriseId: string,
  packageIds: readonly string[],
): Promise<StoredMatch[]> {
  return read(
    tx,
    `SELECT ${COLUMNS} FROM matching.match WHERE enterprise_id = $1 AND package_id = ANY ($2::uuid[]) AND upper_inf(recorded)
     ORDER BY package_id`,
    [enterpriseId, packageIds],
  );
}

/** The packages that one enterprise has a standing verdict on. */
export async function packagesWithVerdictOn(tx: Tx, enterpriseId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    'SELECT package_id AS id FROM matching.match WHERE enterprise_id = $1 AND upper_inf(recorded) ORDER BY package_id',
    [enterpriseId],
  );
  return found.map(({ id }) => id);
}

export async function currentMatch(
  tx: Tx,
  packageId: string,
  enterpriseId: string,
): Promise<StoredMatch | null> {
  const [found] = await read(
    tx,
    `SELECT ${COLUMNS} FROM matching.match WHERE package_id = $1 AND enterprise_id = $2 AND upper_inf(recorded)`,
    [packageId, enterpriseId],
  );
  return found ?? null;
}

const PACKAGE_LOCK = `hashtextextended('matching.package ' || id, 0)`;

/**
 * One decision on a package at a time. To be taken before anything that the decision rests on is read, so that
 * who comes second sees what changed meanwhile; always in the order of the ids, so that nobody waits in a circle.
 */
export async function lockPackages(tx: Tx, packageIds: readonly string[]): Promise<void> {
  await rows(
    tx,
    `SELECT pg_advisory_xact_lock(${PACKAGE_LOCK})
     FROM (SELECT DISTINCT id FROM unnest($1::uuid[]) AS id ORDER BY id) ids`,
    [packageIds],
  );
}

/** Those of the packages that nobody else decides on now: for somebody who cannot wait for the others. */
export async function lockFreePackages(tx: Tx, packageIds: readonly string[]): Promise<string[]> {
  const locked = await rows<{ id: string }>(
    tx,
    `SELECT id FROM unnest($1::uuid[]) AS id WHERE pg_try_advisory_xact_lock(${PACKAGE_LOCK})`,
    [packageIds],
  );
  return locked.map(({ id }) => id);
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
export async function matchById(tx: Tx, id: string): Promise<StoredMatch | null> {
  const [found] = await read(tx, `SELECT ${COLUMNS} FROM matching.match WHERE id = $1`, [id]);
  return found ?? null;
}

/** Of one statement. A row that an array names is looked for in it; and while some are written, the next are made ready. */
const ROWS_AT_ONCE = 500;

function inSteps<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / ROWS_AT_ONCE) }, (_, i) =>
    list.slice(i * ROWS_AT_ONCE, (i + 1) * ROWS_AT_ONCE),
  );
}

/** Ends verdicts. @see endedAt */
export async function closeMatches(
  tx: Tx,
  closed: readonly {
    readonly id: string;
    readonly reason: ClosedReason;
    readonly because?: Because | null;
  }[],
  now: Date,
): Promise<void> {
  for (const some of inSteps(closed))
    await rows(
      tx,
      `UPDATE matching.match
     SET recorded = ${endedAt('$3')},
         closed_reason = ($2::text[])[array_position($1::uuid[], id)],
         closed_because = ($4::jsonb[])[array_position($1::uuid[], id)]
     WHERE id = ANY ($1::uuid[]) AND upper_inf(recorded)`,
      [
        some.map(({ id }) => id),
        some.map(({ reason }) => reason),
        now,
        some.map(({ because }) => (because ? JSON.stringify(because) : null)),
      ],
    );
}

/** Between two values, and in place of none; JSON writes both as escapes. */
const [NEXT, NONE] = ['\u001e', '\u001f'];

const INSERTED: readonly (readonly [column: string, type: string, of: (match: NewMatch) => unknown])[] = [
  ['id', 'uuid', (match) => match.id],
  ['organisation_id', 'uuid', (match) => match.organisationId],
  ['enterprise_organisation_id', 'uuid', (match) => match.enterpriseOrganisationId],
  ['tender_id', 'uuid', (match) => match.tenderId],
  ['package_id', 'uuid', (match) => match.packageId],
  ['enterprise_id', 'uuid', (match) => match.enterpriseId],
  ['verdict', 'text', (match) => match.verdict],
  ['score', 'numeric', (match) => match.score],
  ['rank', 'integer', (match) => match.rank],
  ['criteria', 'jsonb', (match) => JSON.stringify(writeCriteria(match.criteria))],
  ['changes', 'jsonb', (match) => JSON.stringify(match.changes)],
  ['distance_km', 'numeric', (match) => match.distanceKm],
  ['basis', 'text', (match) => match.basis],
  ['decided_on', 'date', (match) => match.decidedOn],
  ['package_version', 'integer', (match) => match.packageVersion],
  ['enterprise_version_id', 'uuid', (match) => match.enterpriseVersionId],
  ['law_known_at', 'timestamptz', (match) => match.lawKnownAt.toISOString()],
  ['rules_version', 'text', (match) => match.rulesVersion],
  ['asked_digest', 'text', (match) => match.askedDigest],
  ['standing', 'jsonb', (match) => match.standing && JSON.stringify(match.standing)],
];

/** Column by column, each one text that the server cuts: a document of all rows is parsed twice, and more slowly. */
const INSERT_SQL = `INSERT INTO matching.match (${INSERTED.map(([column]) => column).join(', ')}, recorded)
  SELECT ${INSERTED.map(([, type], i) => `c${i}::${type}`).join(', ')}, tstzrange($1::timestamptz, NULL)
  FROM unnest(${INSERTED.map((_, i) => `string_to_array($${i + 2}, E'\\x1e', E'\\x1f')`).join(', ')})
    AS m (${INSERTED.map((_, i) => `c${i}`).join(', ')})`;

export async function insertMatches(tx: Tx, matches: readonly NewMatch[], since: Date): Promise<void> {
  const written = (from: number): string[] => {
    const some = matches.slice(from, from + ROWS_AT_ONCE);
    return INSERTED.map(([, , of]) => some.map((match) => of(match) ?? NONE).join(NEXT));
  };
  let columns = written(0);
  for (let from = 0; from < matches.length; from += ROWS_AT_ONCE) {
    const inserting = rows(tx, INSERT_SQL, [since, ...columns]);
    const next = turn().then(() => written(from + ROWS_AT_ONCE));
    [, columns] = await Promise.all([inserting, next]);
  }
}

/**
 * Rows are named by an array and not joined with a list: row security lets the planner expect one row of the whole table,
 * and a join then reads all of it for each element.
 */
export async function updateRanks(
  tx: Tx,
  ranks: readonly { readonly id: string; readonly rank: number }[],
): Promise<void> {
  for (const some of inSteps(ranks))
    await rows(
      tx,
      `UPDATE matching.match SET rank = ($2::int[])[array_position($1::uuid[], id)] WHERE id = ANY ($1::uuid[])`,
      [some.map(({ id }) => id), some.map(({ rank }) => rank)],
    );
}

/** Numbers the standing verdicts on packages afresh: best score first, then by identity. */
export async function rerank(tx: Tx, packageIds: readonly string[]): Promise<void> {
  if (packageIds.length === 0) return;
  await rows(
    tx,
    `UPDATE matching.match m SET rank = r.rank
     FROM (SELECT id, row_number() OVER (PARTITION BY package_id ORDER BY score DESC, enterprise_id) AS rank
           FROM matching.match WHERE package_id = ANY ($1::uuid[]) AND upper_inf(recorded)) r
     WHERE m.id = r.id AND m.rank <> r.rank`,
    [packageIds],
  );
}

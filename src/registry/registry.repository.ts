import { addDays, type Day } from '../kernel/index.js';
import { endedAt, maybeRow, rows, type Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import type { Approval, Enterprise, EnterpriseProfile } from './domain/index.js';

export interface StoredEnterprise {
  readonly id: string;
  readonly organisationId: string;
}

/** Half-open days of an approval whose last day is inside. */
function validRange({ validFrom, validUntil }: Pick<Approval, 'validFrom' | 'validUntil'>): string {
  return `[${validFrom ?? ''},${validUntil === null ? '' : addDays(validUntil, 1)})`;
}

export async function insertEnterprise(tx: Tx, row: StoredEnterprise, now: Date): Promise<void> {
  await rows(tx, 'INSERT INTO registry.enterprise (id, organisation_id, created_at) VALUES ($1, $2, $3)', [
    row.id,
    row.organisationId,
    now,
  ]);
}

export function enterpriseById(tx: Tx, id: string): Promise<StoredEnterprise | null> {
  return maybeRow(
    tx,
    'SELECT id, organisation_id AS "organisationId" FROM registry.enterprise WHERE id = $1',
    [id],
  );
}

export function enterpriseOfOrganisation(tx: Tx, organisationId: string): Promise<StoredEnterprise | null> {
  return maybeRow(
    tx,
    'SELECT id, organisation_id AS "organisationId" FROM registry.enterprise WHERE organisation_id = $1',
    [organisationId],
  );
}

/** Every enterprise of the register, oldest first. */
export async function enterpriseIds(tx: Tx): Promise<string[]> {
  const found = await rows<{ id: string }>(tx, 'SELECT id FROM registry.enterprise ORDER BY created_at, id');
  return found.map(({ id }) => id);
}

/** Locks what is known of an enterprise, so that two changes of it follow one another. */
export async function lockEnterprise(tx: Tx, id: string): Promise<StoredEnterprise | null> {
  await rows(tx, `SELECT pg_advisory_xact_lock(hashtextextended('registry.enterprise ' || $1, 0))`, [id]);
  return enterpriseById(tx, id);
}

interface Closed {
  readonly profile: EnterpriseProfile;
  readonly name: string;
  readonly kind: string;
  readonly validFrom: Day | null;
  readonly recordedBy: string | null;
  readonly closedAt: Date;
}

/** Ends the knowledge of every version that is true on or after `from`. @see endedAt */
export function closeVersions(tx: Tx, enterpriseId: string, from: Day, now: Date): Promise<Closed[]> {
  return rows(
    tx,
    `UPDATE registry.enterprise_version
     SET recorded = ${endedAt('$3')}
     WHERE enterprise_id = $1 AND upper_inf(recorded) AND valid && daterange($2::date, NULL)
     RETURNING profile, name, kind, lower(valid)::text AS "validFrom", recorded_by AS "recordedBy",
               upper(recorded) AS "closedAt"`,
    [enterpriseId, from, now],
  );
}

export interface NewVersion {
  readonly enterpriseId: string;
  readonly organisationId: string;
  readonly name: string;
  readonly kind: string;
  readonly profile: EnterpriseProfile;
  /** Half-open; null is open. */
  readonly validFrom: Day | null;
  readonly validUntil: Day | null;
  readonly recordedFrom: Date;
  readonly recordedBy: string | null;
}

export async function insertVersion(tx: Tx, version: NewVersion): Promise<string> {
  const id = newId(version.recordedFrom);
  await rows(
    tx,
    `INSERT INTO registry.enterprise_version
       (id, enterprise_id, organisation_id, name, kind, profile, valid, recorded, recorded_by)
     VALUES ($1, $2, $3, $4, $5, $6, daterange($7::date, $8::date), tstzrange($9, NULL), $10)`,
    [
      id,
      version.enterpriseId,
      version.organisationId,
      version.name,
      version.kind,
      JSON.stringify(version.profile),
      version.validFrom,
      version.validUntil,
      version.recordedFrom,
      version.recordedBy,
    ],
  );
  return id;
}

interface ClosedApproval {
  readonly validFrom: Day | null;
  readonly validUntil: Day | null;
  readonly state: Approval['state'];
  readonly authority: string;
  readonly reference: string | null;
  readonly closedAt: Date;
}

/** Ends the knowledge of every approval of this kind that shares a day with the new one. Half-open days. */
export function closeApprovals(
  tx: Tx,
  enterpriseId: string,
  approval: Approval,
  now: Date,
): Promise<ClosedApproval[]> {
  return rows(
    tx,
    `UPDATE registry.approval
     SET recorded = ${endedAt('$4')}
     WHERE enterprise_id = $1 AND kind = $2 AND upper_inf(recorded) AND valid && $3::daterange
     RETURNING lower(valid)::text AS "validFrom", upper(valid)::text AS "validUntil", state, authority, reference,
               upper(recorded) AS "closedAt"`,
    [enterpriseId, approval.kind, validRange(approval), now],
  );
}

export async function insertApproval(
  tx: Tx,
  owner: StoredEnterprise,
  approval: Approval,
  recordedFrom: Date,
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO registry.approval (id, enterprise_id, organisation_id, kind, authority, reference, state, valid, recorded)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8::daterange, tstzrange($9, NULL))`,
    [
      newId(recordedFrom),
      owner.id,
      owner.organisationId,
      approval.kind,
      approval.authority ?? '',
      approval.reference,
      approval.state,
      validRange(approval),
      recordedFrom,
    ],
  );
}

/** An enterprise as it was true on a day and known at an instant. */
export interface RegisteredEnterprise {
  readonly enterprise: Enterprise;
  readonly organisationId: string;
  /** The version a decision cites. */
  readonly versionId: string;
}

interface AsOfRow {
  readonly id: string;
  readonly organisationId: string;
  readonly versionId: string;
  readonly name: string;
  readonly kind: string;
  readonly profile: EnterpriseProfile;
  readonly approvals: readonly Approval[];
}

/** Enterprises that pause and may still be proposed as partners: so few that they are looked at one by one. */
export async function partnersInPause(tx: Tx, on: Day, most: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT v.enterprise_id AS id FROM registry.enterprise_version v
     WHERE v.profile->>'partnerInPause' = 'true' AND v.profile->>'active' = 'false' AND v.profile->>'openToTeams' = 'true'
       AND upper_inf(v.recorded) AND v.valid @> $1::date
     ORDER BY v.enterprise_id LIMIT $2`,
    [on, most],
  );
  return found.map(({ id }) => id);
}

/** One row per enterprise that existed; approvals of any validity, as they were known. */
export async function enterprisesAsOf(
  tx: Tx,
  ids: readonly string[] | null,
  on: Day,
  knownAt: Date,
): Promise<RegisteredEnterprise[]> {
  const found = await rows<AsOfRow>(
    tx,
    `SELECT v.enterprise_id AS id, v.organisation_id AS "organisationId", v.id AS "versionId", v.name, v.kind, v.profile,
            coalesce(a.approvals, '[]') AS approvals
     FROM registry.enterprise_version v
     LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('kind', kind, 'validFrom', lower(valid), 'validUntil', upper(valid) - 1,
                'state', state, 'authority', nullif(authority, ''), 'reference', reference)
                ORDER BY kind, lower(valid) NULLS FIRST, id) AS approvals
       FROM registry.approval WHERE enterprise_id = v.enterprise_id AND recorded @> $3::timestamptz
       GROUP BY enterprise_id
     ) a ON true
     WHERE ($1::uuid[] IS NULL OR v.enterprise_id = ANY ($1)) AND v.valid @> $2::date AND v.recorded @> $3::timestamptz
     ORDER BY v.enterprise_id`,
    [ids, on, knownAt],
  );
  return found.map(({ id, organisationId, versionId, name, kind, profile, approvals }) => ({
    enterprise: { id, name, kind, approvals, ...profile },
    organisationId,
    versionId,
  }));
}

/** One stored version, with the approvals known at an instant: what a decision of then rested on. */
export async function enterpriseVersion(
  tx: Tx,
  versionId: string,
  knownAt: Date,
): Promise<RegisteredEnterprise | null> {
  const version = await maybeRow<{ id: string; on: Day; known: Date }>(
    tx,
    `SELECT enterprise_id AS id, coalesce(lower(valid), upper(valid) - 1, '2000-01-01')::text AS "on", lower(recorded) AS known
     FROM registry.enterprise_version WHERE id = $1`,
    [versionId],
  );
  if (!version) return null;
  const at = knownAt > version.known ? knownAt : version.known;
  const [found] = await enterprisesAsOf(tx, [version.id], version.on, at);
  return found && found.versionId === versionId ? found : null;
}

import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { Invitable, Invitation } from './domain/index.js';

/** A pair that fits and that nobody planned an invitation for. */
export type Uninvited = Invitable & {
  readonly organisationId: string;
  readonly enterpriseOrganisationId: string;
};

/**
 * Which pairs of a tender are asked for: these, or the first of each package (of all packages, or of some). Whoever comes
 * after them found it on the list, and is not written to.
 */
type AskedPairs =
  | { readonly matchIds: readonly string[] }
  | { readonly first: number | null; readonly packageIds?: readonly string[] };

export function uninvitedOf(tx: Tx, tenderId: string, asked: AskedPairs): Promise<Uninvited[]> {
  const { matchIds, first, packageIds } = { matchIds: null, first: null, packageIds: null, ...asked };
  return rows<Uninvited>(
    tx,
    `SELECT m.package_id AS "packageId", m.enterprise_id AS "enterpriseId", m.rank,
            m.organisation_id AS "organisationId", m.enterprise_organisation_id AS "enterpriseOrganisationId"
     FROM matching.match m
     WHERE m.tender_id = $1 AND upper_inf(m.recorded) AND m.verdict IN ('match', 'partial')
       AND ($2::uuid[] IS NULL OR m.id = ANY ($2)) AND ($3::int IS NULL OR m.rank <= $3)
       AND ($4::uuid[] IS NULL OR m.package_id = ANY ($4))
       AND tenders.may_hear(m.tender_id, m.enterprise_organisation_id)
       AND NOT EXISTS (SELECT FROM matching.invitation i
                       WHERE i.package_id = m.package_id AND i.enterprise_id = m.enterprise_id)
     ORDER BY m.package_id, m.rank, m.enterprise_id`,
    [tenderId, matchIds, first, packageIds],
  );
}

/** Keeps a plan. What is planned already keeps its day. */
export async function keepInvitations(
  tx: Tx,
  tenderId: string,
  plan: readonly (Invitation & Pick<Uninvited, 'organisationId' | 'enterpriseOrganisationId'>)[],
  { round, now }: { readonly round: number; readonly now: Date },
): Promise<void> {
  if (plan.length === 0) return;
  await rows(
    tx,
    `INSERT INTO matching.invitation (package_id, enterprise_id, organisation_id, enterprise_organisation_id, tender_id,
                                      batch, due_at, by, state, planned_at, round)
     SELECT i."packageId", i."enterpriseId", i."organisationId", i."enterpriseOrganisationId", $2, i.batch, i.at, i.by,
            CASE WHEN i.at <= $3 THEN 'due' ELSE 'planned' END, $3, $4
     FROM jsonb_to_recordset($1::jsonb) AS i ("packageId" uuid, "enterpriseId" uuid, "organisationId" uuid,
          "enterpriseOrganisationId" uuid, batch int, at timestamptz, by text)
     ON CONFLICT (package_id, enterprise_id) DO NOTHING`,
    [JSON.stringify(plan), tenderId, now, round],
  );
}

/** The time has come for what was planned up to `until`. @returns how many */
export function settleInvitations(
  tx: Tx,
  tenderId: string,
  state: 'due' | 'dropped',
  until: Date,
): Promise<number> {
  return affected(
    tx,
    `UPDATE matching.invitation SET state = $2 WHERE tender_id = $1 AND state = 'planned' AND due_at <= $3`,
    [tenderId, state, until],
  );
}

/** Nobody is invited any more to a package that was taken back. */
export async function dropInvitations(tx: Tx, packageId: string): Promise<void> {
  await affected(
    tx,
    `UPDATE matching.invitation SET state = 'dropped' WHERE package_id = $1 AND state = 'planned'`,
    [packageId],
  );
}

/** One moment of a tender's plan. */
export interface InvitationMoment {
  readonly at: Date;
  readonly state: 'planned' | 'due' | 'dropped';
  readonly enterprises: number;
}

/** When enterprises are written to about a tender, in order; those on the list alone come apart. */
export async function invitationPlanOf(
  tx: Tx,
  tenderId: string,
): Promise<{ readonly moments: readonly InvitationMoment[]; readonly onListOnly: number }> {
  const moments = await rows<InvitationMoment>(
    tx,
    `SELECT due_at AS at, state, count(DISTINCT enterprise_id)::int AS enterprises FROM matching.invitation
     WHERE tender_id = $1 AND by = 'mail' GROUP BY due_at, state ORDER BY due_at, state`,
    [tenderId],
  );
  const list = await maybeRow<{ count: number }>(
    tx,
    `SELECT count(*)::int AS count FROM (SELECT enterprise_id FROM matching.invitation WHERE tender_id = $1
       GROUP BY enterprise_id HAVING bool_and(by = 'list')) listed`,
    [tenderId],
  );
  return { moments, onListOnly: list?.count ?? 0 };
}

/** How many mails a week the enterprise asked for; null: it said nothing. */
export async function weeklyMailsWish(tx: Tx, organisationId: string): Promise<number | null> {
  const row = await maybeRow<{ count: number }>(
    tx,
    'SELECT weekly_mails AS count FROM matching.invitation_wish WHERE organisation_id = $1',
    [organisationId],
  );
  return row?.count ?? null;
}

export async function keepWeeklyMailsWish(tx: Tx, organisationId: string, count: number): Promise<void> {
  await rows(
    tx,
    `INSERT INTO matching.invitation_wish (organisation_id, weekly_mails) VALUES ($1, $2)
     ON CONFLICT (organisation_id) DO UPDATE SET weekly_mails = excluded.weekly_mails`,
    [organisationId, count],
  );
}

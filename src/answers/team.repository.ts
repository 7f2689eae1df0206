import type { Day, Decimal } from '../kernel/index.js';
import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { PlaceOf, PlaceState } from './domain/index.js';

/** A place as its reader may see it. */
export interface TeamPlace {
  readonly id: string;
  readonly part: string;
  readonly isNamed: boolean;
  readonly state: PlaceState;
  readonly changedAt: Date;
  /** Who fills it, or is asked to; null where the reader may not know. Row security decides. */
  readonly partner: string | null;
}

export interface Team {
  readonly id: string;
  readonly packageId: string;
  /** Its contractor asked for it. */
  readonly isCalled: boolean;
  /** Null, like its name, while a called team has not formed. */
  readonly leadOrganisationId: string | null;
  readonly lead: string | null;
  readonly leadPart: string;
  /** The place of the partner to whom the lead is offered. */
  readonly offeredTo: string | null;
  /** In the order they were asked, those that were closed as well. */
  readonly places: readonly TeamPlace[];
}

/** A team that a contractor called is its own until one of those it asked leads it. */
const LEAD = (row: string): string => `nullif(${row}.organisation_id, ${row}.contractor_organisation_id)`;

const TEAM_SQL = `
  SELECT t.id, t.package_id AS "packageId", t.is_called AS "isCalled", lead.id AS "leadOrganisationId", lead.name AS lead,
         t.part AS "leadPart", t.offered_to AS "offeredTo",
         coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.id, 'part', p.part, 'isNamed', p.is_named, 'state', p.state,
                            'changedAt', p.changed_at, 'partner', o.name) ORDER BY p.id)
                     FROM answers.team_place p
                     LEFT JOIN answers.team_partner k ON k.place_id = p.id
                     LEFT JOIN accounts.organisation o ON o.id = k.organisation_id
                    WHERE p.team_id = t.id), '[]') AS places
  FROM answers.team t LEFT JOIN accounts.organisation lead ON lead.id = ${LEAD('t')}`;

type Found = Omit<Team, 'places'> & {
  readonly places: readonly (Omit<TeamPlace, 'changedAt'> & { readonly changedAt: string })[];
};
const read = (found: Found): Team => ({
  ...found,
  places: found.places.map((place) => ({ ...place, changedAt: new Date(place.changedAt) })),
});

/** The team that an enterprise leads for a package. */
export async function teamOf(tx: Tx, packageId: string, leadOrganisationId: string): Promise<Team | null> {
  const found = await maybeRow<Found>(tx, `${TEAM_SQL} WHERE t.package_id = $1 AND t.organisation_id = $2`, [
    packageId,
    leadOrganisationId,
  ]);
  return found && read(found);
}

export async function teamById(tx: Tx, id: string): Promise<Team | null> {
  const found = await maybeRow<Found>(tx, `${TEAM_SQL} WHERE t.id = $1`, [id]);
  return found && read(found);
}

/** The teams for packages, as their contractor sees them. */
export async function teamsOnPackages(tx: Tx, packageIds: readonly string[]): Promise<Team[]> {
  const sql = `${TEAM_SQL} WHERE t.package_id = ANY ($1::uuid[]) ORDER BY t.id`;
  return (await rows<Found>(tx, sql, [packageIds])).map(read);
}

/** What an enterprise is asked to take part in, or takes part in. */
export interface TeamRequest {
  readonly placeId: string;
  readonly teamId: string;
  readonly packageId: string;
  readonly tenderId: string;
  readonly state: PlaceState;
  readonly part: string;
  /** The lead named it itself. */
  readonly isNamed: boolean;
  readonly message: string | null;
  /** Null while a team that its contractor called has not formed. */
  readonly lead: string | null;
  readonly contractor: string;
  readonly title: string;
  readonly tenderTitle: string;
  readonly description: string | null;
  readonly municipality: string | null;
  readonly postalCode: string | null;
  readonly hoursMin: Decimal | null;
  readonly hoursMax: Decimal | null;
  readonly startsOn: Day | null;
  readonly deadline: Date | null;
  readonly isOpen: boolean;
}

const REQUEST_SQL = `
  SELECT k.place_id AS "placeId", k.team_id AS "teamId", k.package_id AS "packageId", k.tender_id AS "tenderId", p.state, p.part,
         p.is_named AS "isNamed", k.message, lead.name AS lead, contractor.name AS contractor, w.title, t.title AS "tenderTitle",
         coalesce(l.description, t.description) AS description, t.place->>'municipality' AS municipality,
         t.place->>'postalCode' AS "postalCode", w.hours_min::text AS "hoursMin", w.hours_max::text AS "hoursMax",
         w.starts_on::text AS "startsOn", t.deadline,
         t.status = 'published' AND w.offered AND (t.deadline IS NULL OR t.deadline > $2)
           AND NOT EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = w.id) AS "isOpen"
  FROM answers.team_partner k
  JOIN answers.team_place p ON p.id = k.place_id
  JOIN answers.team m ON m.id = k.team_id
  LEFT JOIN accounts.organisation lead ON lead.id = ${LEAD('m')}
  JOIN accounts.organisation contractor ON contractor.id = m.contractor_organisation_id
  JOIN tenders.work_package w ON w.id = k.package_id
  JOIN tenders.lot l ON l.id = w.lot_id
  JOIN tenders.tender t ON t.id = k.tender_id
  WHERE k.organisation_id = $1 AND k.is_open`;

/** The next deadline first. */
export function teamRequestsOf(tx: Tx, organisationId: string, now: Date): Promise<TeamRequest[]> {
  return rows<TeamRequest>(tx, `${REQUEST_SQL} ORDER BY t.deadline, k.place_id`, [organisationId, now]);
}

export function teamRequest(
  tx: Tx,
  organisationId: string,
  placeId: string,
  now: Date,
): Promise<TeamRequest | null> {
  return maybeRow<TeamRequest>(tx, `${REQUEST_SQL} AND k.place_id = $3`, [organisationId, now, placeId]);
}

/** A place with what a decision on it needs. */
export interface PlaceRow extends PlaceOf {
  readonly id: string;
  readonly teamId: string;
  readonly packageId: string;
  readonly tenderId: string;
  readonly lead: string | null;
  readonly contractor: string;
  readonly part: string;
  readonly message: string | null;
  readonly covers: readonly string[];
}

const PLACE_SQL = `
  SELECT p.id, p.team_id AS "teamId", k.package_id AS "packageId", k.tender_id AS "tenderId", p.state, p.is_named AS "isNamed",
         k.organisation_id AS "organisationId", k.consented_at IS NOT NULL AS "hasConsented",
         ${LEAD('p')} AS lead, p.contractor_organisation_id AS contractor, p.part, k.message, p.covers
  FROM answers.team_place p JOIN answers.team_partner k ON k.place_id = p.id`;

/** Runs as system, like everything below. */
export function placeRow(tx: Tx, id: string): Promise<PlaceRow | null> {
  return maybeRow<PlaceRow>(tx, `${PLACE_SQL} WHERE p.id = $1`, [id]);
}

export function placeRows(tx: Tx, teamId: string): Promise<PlaceRow[]> {
  return rows<PlaceRow>(tx, `${PLACE_SQL} WHERE p.team_id = $1 ORDER BY p.id`, [teamId]);
}

/** @param row `lead` is null for a team that the contractor calls: one that came to nothing is taken up again */
export async function insertTeam(
  tx: Tx,
  row: {
    readonly id: string;
    readonly lead: string | null;
    readonly contractor: string;
    readonly tenderId: string;
    readonly packageId: string;
    readonly part: string;
    readonly createdBy: string;
    readonly at: Date;
  },
): Promise<string> {
  const [team] = await rows<{ id: string }>(
    tx,
    `INSERT INTO answers.team (id, organisation_id, contractor_organisation_id, tender_id, package_id, part, created_by, created_at, is_called)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (package_id, organisation_id) DO UPDATE SET part = excluded.part RETURNING id`,
    [
      row.id,
      row.lead ?? row.contractor,
      row.contractor,
      row.tenderId,
      row.packageId,
      row.part,
      row.createdBy,
      row.at,
      row.lead === null,
    ],
  );
  return team!.id;
}

export async function insertPlace(
  tx: Tx,
  place: Omit<PlaceRow, 'state' | 'hasConsented'> & { readonly at: Date },
): Promise<void> {
  await rows(
    tx,
    `INSERT INTO answers.team_place (id, team_id, organisation_id, contractor_organisation_id, part, is_named, state, changed_at, covers)
     VALUES ($1, $2, $3, $4, $5, $6, 'invited', $7, $8) RETURNING id`,
    [
      place.id,
      place.teamId,
      place.lead ?? place.contractor,
      place.contractor,
      place.part,
      place.isNamed,
      place.at,
      place.covers,
    ],
  );
  await rows(
    tx,
    `INSERT INTO answers.team_partner (place_id, team_id, organisation_id, tender_id, package_id, message, is_open, audience)
     VALUES ($1, $2, $3, $4, $5, $6, true, '{}') RETURNING place_id`,
    [place.id, place.teamId, place.organisationId, place.tenderId, place.packageId, place.message],
  );
}

export async function updatePlace(tx: Tx, id: string, state: PlaceState, at: Date): Promise<void> {
  await rows(tx, `UPDATE answers.team_place SET state = $2, changed_at = $3 WHERE id = $1 RETURNING id`, [
    id,
    state,
    at,
  ]);
  await rows(
    tx,
    `UPDATE answers.team_partner SET is_open = $2,
            consented_at = CASE WHEN $3 THEN coalesce(consented_at, $4) ELSE consented_at END
     WHERE place_id = $1 RETURNING place_id`,
    [id, state === 'invited' || state === 'accepted', state === 'accepted', at],
  );
}

/** Gives a team to somebody to lead, who does that part itself. Whom the lead before named and who did not consent, it did not name. */
export async function giveLead(
  tx: Tx,
  teamId: string,
  { organisationId, part }: { readonly organisationId: string; readonly part: string },
): Promise<void> {
  await rows(
    tx,
    `UPDATE answers.team SET organisation_id = $2, part = $3, offered_to = NULL WHERE id = $1 RETURNING id`,
    [teamId, organisationId, part],
  );
  await rows(
    tx,
    `UPDATE answers.team_place p SET organisation_id = $2, is_named = p.is_named AND k.consented_at IS NOT NULL
       FROM answers.team_partner k WHERE k.place_id = p.id AND p.team_id = $1 RETURNING p.id`,
    [teamId, organisationId],
  );
}

/** @param placeId null when it is offered to nobody any more */
export async function offerLead(tx: Tx, teamId: string, placeId: string | null): Promise<void> {
  await rows(tx, `UPDATE answers.team SET offered_to = $2 WHERE id = $1 RETURNING id`, [teamId, placeId]);
}

/** Of those who consented, the first of them first: who may answer for the package and leads no team for it. @param placeId when this one alone is in question */
export async function whoMayLead(
  tx: Tx,
  teamId: string,
  placeId: string | null = null,
): Promise<string | null> {
  const found = await maybeRow<{ id: string }>(
    tx,
    `SELECT k.place_id AS id FROM answers.team_partner k JOIN answers.team_place p ON p.id = k.place_id AND p.state = 'accepted'
     WHERE k.team_id = $1 AND ($2::uuid IS NULL OR k.place_id = $2)
       AND NOT EXISTS (SELECT FROM answers.team t WHERE t.package_id = k.package_id AND t.organisation_id = k.organisation_id)
       AND EXISTS (SELECT FROM matching.match m WHERE m.package_id = k.package_id AND upper_inf(m.recorded)
                    AND m.enterprise_organisation_id = k.organisation_id AND m.verdict IN ('match', 'partial'))
     ORDER BY p.changed_at, k.place_id LIMIT 1`,
    [teamId, placeId],
  );
  return found?.id ?? null;
}

/** Enterprises that may answer for a package. Runs as system. */
export async function mayAnswer(tx: Tx, packageId: string): Promise<ReadonlySet<string>> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT enterprise_id AS id FROM matching.match
     WHERE package_id = $1 AND upper_inf(recorded) AND verdict IN ('match', 'partial')`,
    [packageId],
  );
  return new Set(found.map(({ id }) => id));
}

/** The team that a contractor called for a package and that is still to form; null without one. Runs as system. */
export async function openCall(tx: Tx, packageId: string): Promise<string | null> {
  const found = await maybeRow<{ id: string }>(
    tx,
    `SELECT t.id FROM answers.team t
     WHERE t.package_id = $1 AND ${LEAD('t')} IS NULL
       AND EXISTS (SELECT FROM answers.team_place p WHERE p.team_id = t.id AND p.state <> 'dropped')`,
    [packageId],
  );
  return found?.id ?? null;
}

/** Enterprises that are not asked into a team for a package again: they said no, were asked, or are in one. Runs as system. */
export async function notToAsk(tx: Tx, packageId: string): Promise<ReadonlySet<string>> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT e.id FROM registry.enterprise e WHERE e.organisation_id IN (
       SELECT k.organisation_id FROM answers.team_partner k WHERE k.package_id = $1
       UNION SELECT t.organisation_id FROM answers.team t WHERE t.package_id = $1
       UNION SELECT a.organisation_id FROM answers.answer a
              WHERE a.package_id = $1 AND upper_inf(a.recorded) AND a.kind IN ('no', 'team'))`,
    [packageId],
  );
  return new Set(found.map(({ id }) => id));
}

export async function setAudiences(
  tx: Tx,
  audiences: readonly { readonly id: string; readonly audience: readonly string[] }[],
): Promise<void> {
  for (const { id, audience } of audiences)
    await rows(
      tx,
      `UPDATE answers.team_partner SET audience = $2::uuid[] WHERE place_id = $1 RETURNING place_id`,
      [id, audience],
    );
}

/** The enterprise of a number that somebody names as a partner; null when it is not here. */
export function partnerByNumber(
  tx: Tx,
  enterpriseNumber: string,
): Promise<{ readonly organisationId: string; readonly enterpriseId: string } | null> {
  return maybeRow(
    tx,
    `SELECT o.id AS "organisationId", e.id AS "enterpriseId" FROM accounts.organisation o
     JOIN registry.enterprise e ON e.organisation_id = o.id
     WHERE o.enterprise_number = $1`,
    [enterpriseNumber],
  );
}

/** The team that the enterprise of an answer leads for its package. */
export async function teamOfAnswer(tx: Tx, answerId: string): Promise<string | null> {
  const found = await maybeRow<{ id: string }>(
    tx,
    `SELECT m.id FROM answers.team m JOIN answers.answer a ON a.package_id = m.package_id AND a.organisation_id = m.organisation_id
     WHERE a.id = $1`,
    [answerId],
  );
  return found?.id ?? null;
}

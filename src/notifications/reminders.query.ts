import type { Day } from '../kernel/index.js';
import type { ExpiryTelling } from './domain/index.js';
import { rows, type Tx } from '../platform/db/index.js';
import { PERSON } from './recipient-person.query.js';

/** Nothing of the kind of approval `a` was stated that ends later, checked or not: its holder has seen to it otherwise. */
export const NOT_RENEWED = `
  NOT EXISTS (SELECT FROM registry.approval later
               WHERE later.enterprise_id = a.enterprise_id AND later.kind = a.kind AND later.state IN ('verified', 'pending')
                 AND upper_inf(later.recorded) AND (upper_inf(later.valid) OR upper(later.valid) > upper(a.valid)))`;

/** Organisation `$1` has an answer to package `p`, or a place in a team that answers. */
const HAS_ANSWERED = (organisation: string): string => `
  (EXISTS (SELECT FROM answers.answer given
            WHERE given.package_id = p.id AND given.organisation_id = ${organisation} AND upper_inf(given.recorded))
   OR EXISTS (SELECT FROM answers.team_partner k
               WHERE k.package_id = p.id AND k.organisation_id = ${organisation} AND k.is_open))`;

/** People of enterprises that opened packages of the tender or began to answer them, still fit them and have not answered; each package once. */
export const REMINDED_SQL = `
  SELECT ${PERSON},
         EXISTS (SELECT FROM matching.invitation_wish w
                  WHERE w.organisation_id = person.organisation_id AND w.weekly_mails = 0) AS "wantsNoMail",
         array_agg(p.id ORDER BY p.ordinal) AS "packageIds",
         jsonb_build_object('tender', t.title, 'contractor', contractor.name, 'count', count(*), 'deadline', t.deadline) AS params
    FROM matching.match m
    JOIN tenders.work_package p ON p.id = m.package_id AND p.offered
    JOIN tenders.tender t ON t.id = p.tender_id AND t.status = 'published'
    JOIN accounts.organisation contractor ON contractor.id = t.organisation_id
    JOIN accounts.person person ON person.organisation_id = m.enterprise_organisation_id AND person.disabled_at IS NULL
   WHERE t.id = $2 AND upper_inf(m.recorded) AND m.verdict IN ('match', 'partial')
     AND tenders.may_hear(t.id, m.enterprise_organisation_id)
     AND NOT EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = p.id)
     AND (EXISTS (SELECT FROM platform.audit_entry looked
                   WHERE looked.subject_id = p.id AND looked.action = 'work-package.read'
                     AND looked.details->>'by' = m.enterprise_organisation_id::text)
          OR EXISTS (SELECT FROM answers.draft d
                      WHERE d.package_id = p.id AND d.organisation_id = m.enterprise_organisation_id))
     AND NOT ${HAS_ANSWERED('m.enterprise_organisation_id')}
     AND NOT EXISTS (SELECT FROM notifications.notification n
                      WHERE n.recipient_id = person.id AND n.package_ids @> ARRAY[p.id] AND n.event_id <> $3
                        AND n.template = 'offer-reminder' AND n.state <> 'cancelled')
   GROUP BY person.id, t.title, t.deadline, contractor.name`;

/** Of the packages somebody is reminded of, those it has still not answered. */
export async function stillUnanswered(
  tx: Tx,
  { organisationId, packageIds }: { readonly organisationId: string; readonly packageIds: readonly string[] },
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `SELECT p.id FROM tenders.work_package p WHERE p.id = ANY($2) AND NOT ${HAS_ANSWERED('$1')} ORDER BY p.ordinal, p.id`,
    [organisationId, packageIds],
  );
  return found.map(({ id }) => id);
}

/** The people of the enterprise whose approval ends; the event names the approval in each language. */
export const EXPIRING_SQL = `
  SELECT ${PERSON}, ARRAY[]::uuid[] AS "packageIds",
         jsonb_build_object('approvalKind', e.payload->>'kind', 'approval', e.payload->'names'->>person.language,
                            'lastDay', e.payload->>'lastDay') AS params
    FROM platform.event e
    JOIN accounts.person person ON person.organisation_id = e.organisation_id AND person.disabled_at IS NULL
   WHERE e.id = $2`;

/** A tender that takes answers for some days more. */
export interface ClosingTender {
  readonly id: string;
  readonly organisationId: string;
  readonly deadline: Date;
}

/** Published tenders that close in the given time and about whose deadline nobody was reminded yet. */
export function closingTenders(tx: Tx, from: Date, until: Date): Promise<ClosingTender[]> {
  return rows<ClosingTender>(
    tx,
    `SELECT t.id, t.organisation_id AS "organisationId", t.deadline FROM tenders.tender t
      WHERE t.status = 'published' AND t.deadline > $1 AND t.deadline <= $2
        AND NOT EXISTS (SELECT FROM platform.event e WHERE e.subject_id = t.id AND e.type = 'tender.closing'
                         AND (e.payload->>'deadline')::timestamptz = t.deadline)
      ORDER BY t.deadline, t.id`,
    [from, until],
  );
}

export interface ExpiringApproval {
  readonly enterpriseId: string;
  readonly organisationId: string;
  readonly kind: string;
  readonly lastDay: Day;
}

/** Checked approvals that end on days of a telling and that nothing follows, of whose end nobody was told that near to it. */
export function expiringApprovals(
  tx: Tx,
  { daysBefore, from, until }: ExpiryTelling,
): Promise<ExpiringApproval[]> {
  return rows<ExpiringApproval>(
    tx,
    `SELECT a.enterprise_id AS "enterpriseId", a.organisation_id AS "organisationId", a.kind, (upper(a.valid) - 1)::text AS "lastDay"
       FROM registry.approval a
      WHERE a.state = 'verified' AND upper_inf(a.recorded) AND upper(a.valid) - 1 BETWEEN $1::date AND $2::date
        AND ${NOT_RENEWED}
        AND NOT EXISTS (SELECT FROM platform.event e WHERE e.subject_id = a.enterprise_id AND e.type = 'approval.expiring'
                         AND e.payload->>'kind' = a.kind AND e.payload->>'lastDay' = (upper(a.valid) - 1)::text
                         AND (e.payload->>'daysBefore')::int <= $3)
      ORDER BY a.enterprise_id, a.kind`,
    [from, until, daysBefore],
  );
}

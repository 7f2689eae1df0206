import { maybeRow, rows, type Tx } from '../platform/db/index.js';
import { EXTENDED_SQL, PACKAGE_WITHDRAWN_SQL } from './recipients-after-publication.query.js';
import { NOT_MAILED, PERSON, RHYTHM } from './recipient-person.query.js';
import { BOARD_DIGEST_SQL } from './board-news.query.js';
import { EXPIRING_SQL, REMINDED_SQL } from './reminders.query.js';
import {
  TEAM_CALLED_SQL,
  TEAM_CHANGED_SQL,
  TEAM_COMPLETE_SQL,
  TEAM_DECIDED_SQL,
  TEAM_FORMED_SQL,
  TEAM_INVITED_SQL,
  TEAM_LEAD_SQL,
} from './recipients-of-teams.query.js';
import type { MailList, NotificationParams, Recipient, Rhythm, Template } from './domain/index.js';
import { listOf, TEMPLATES } from './domain/index.js';

export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly organisationId: string;
  readonly subjectId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly occurredAt: Date;
}

export function eventById(tx: Tx, eventId: string): Promise<StoredEvent | null> {
  return maybeRow<StoredEvent>(
    tx,
    `SELECT id, type, organisation_id AS "organisationId", subject_id AS "subjectId", payload,
            request_id AS "requestId", occurred_at AS "occurredAt"
       FROM platform.event WHERE id = $1`,
    [eventId],
  );
}

/** A person with what the sentences need, as every query below answers. */
interface Found {
  readonly personId: string;
  readonly organisationId: string;
  readonly language: Recipient['language'];
  readonly noMailBecause: Recipient['noMailBecause'];
  readonly packageIds: readonly string[];
  readonly params: NotificationParams;
  /** The rest is said of offers alone. */
  readonly rhythm?: Rhythm;
  readonly deadline?: Date | null;
  /** The week of the enterprise has no room for a mail about any of the packages. */
  readonly weekIsFull?: boolean;
  readonly wantsNoMail?: boolean;
  /** Of what becomes of an offer: it was not written about yet. */
  readonly isNotMailed?: boolean;
  /** Of what comes to a contractor: its next mail with several says it. */
  readonly isCollected?: boolean;
  /** Of a change: its own answer falls unless it confirms it. */
  readonly hasToConfirm?: boolean;
}

/**
 * One row per person of an enterprise that is invited, with the packages that person was not told of by another event. Whose
 * invitation is planned for later is told later; who has none found the package on its list.
 */
const OFFERED_SQL = `
  SELECT ${PERSON}, bool_and(i.by = 'list') AS "weekIsFull",
         coalesce((SELECT w.rhythm FROM notifications.mail_wish w WHERE w.person_id = person.id), 'at-once') AS rhythm,
         EXISTS (SELECT FROM matching.invitation_wish w
                  WHERE w.organisation_id = person.organisation_id AND w.weekly_mails = 0) AS "wantsNoMail",
         t.deadline, array_agg(p.id ORDER BY p.ordinal) AS "packageIds",
         jsonb_build_object('tender', t.title, 'contractor', contractor.name, 'count', count(*)) AS params
    FROM matching.match m
    JOIN tenders.work_package p ON p.id = m.package_id AND p.offered
    JOIN tenders.tender t ON t.id = p.tender_id AND t.status = 'published'
    JOIN accounts.organisation contractor ON contractor.id = t.organisation_id
    JOIN accounts.person person ON person.organisation_id = m.enterprise_organisation_id AND person.disabled_at IS NULL
    JOIN matching.invitation i ON i.package_id = m.package_id AND i.enterprise_id = m.enterprise_id AND i.state <> 'planned'
   WHERE t.id = $2 AND upper_inf(m.recorded) AND m.verdict IN ('match', 'partial')
     AND tenders.may_hear(t.id, m.enterprise_organisation_id)
     AND NOT EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = p.id)
     AND NOT EXISTS (SELECT FROM answers.answer a
                      WHERE a.package_id = p.id AND a.organisation_id = person.organisation_id AND upper_inf(a.recorded))
     AND NOT EXISTS (SELECT FROM notifications.notification n
                      WHERE n.recipient_id = person.id AND n.package_ids @> ARRAY[p.id] AND n.event_id <> $3
                        AND n.template IN ('tender-published', 'match-new') AND n.state <> 'cancelled')
   GROUP BY person.id, t.title, t.deadline, contractor.name`;

const TENDER_RECEIPT_SQL = `
  SELECT ${PERSON}, ARRAY[]::uuid[] AS "packageIds",
         jsonb_build_object('tender', t.title, 'count',
           (SELECT count(*) FROM tenders.work_package p WHERE p.tender_id = t.id AND p.offered)) AS params
    FROM tenders.tender t
    JOIN accounts.person person ON person.organisation_id = t.organisation_id AND person.disabled_at IS NULL
   WHERE t.id = $2`;

/** Those who heard of it, or may have. */
const WITHDRAWN_SQL = `
  SELECT ${PERSON}, ${NOT_MAILED}, ARRAY[]::uuid[] AS "packageIds",
         jsonb_build_object('tender', t.title, 'contractor', contractor.name, 'reason', coalesce(t.withdrawal_reason, '')) AS params
    FROM tenders.tender t
    JOIN accounts.organisation contractor ON contractor.id = t.organisation_id
    JOIN accounts.person person ON person.disabled_at IS NULL AND person.id IN (
         SELECT n.recipient_id FROM notifications.notification n
          WHERE n.tender_id = t.id AND n.template IN ('tender-published', 'match-new')
            AND n.state IN ('handed', 'delivered', 'in_doubt', 'claimed'))
   WHERE t.id = $2`;

/** Those whose standing answer is to a package that a corrected file changed; not who said no. */
const AMENDED_SQL = `
  SELECT ${PERSON}, array_agg(p.id ORDER BY p.ordinal, p.id) AS "packageIds",
         jsonb_build_object('tender', t.title, 'contractor', contractor.name,
           'package', string_agg(p.title, ', ' ORDER BY p.ordinal, p.id), 'count', count(*),
           'reconfirmBy', coalesce(e.payload->>'reconfirmBy', '')) AS params,
         e.payload->>'reconfirmBy' <> '' AND bool_or(a.answered_by = person.id) AS "hasToConfirm"
    FROM platform.event e
    JOIN tenders.tender t ON t.id = e.subject_id AND t.status = 'published'
    JOIN tenders.work_package p ON p.tender_id = t.id AND p.offered AND e.payload->'changed' ? p.id::text
    JOIN answers.answer a ON a.package_id = p.id AND upper_inf(a.recorded) AND a.kind <> 'no'
    JOIN accounts.organisation contractor ON contractor.id = t.organisation_id
    JOIN accounts.person person ON person.organisation_id = a.organisation_id AND person.disabled_at IS NULL
   WHERE e.id = $2
   GROUP BY person.id, t.title, contractor.name, e.payload`;

const ANSWER_PARAMS = `
  jsonb_build_object('answerId', a.id, 'kind', a.kind, 'tender', t.title, 'package', p.title,
                     'enterprise', enterprise.name, 'contractor', contractor.name) AS params`;
const ANSWER = `
    FROM answers.answer a
    JOIN tenders.tender t ON t.id = a.tender_id
    JOIN tenders.work_package p ON p.id = a.package_id
    JOIN accounts.organisation enterprise ON enterprise.id = a.organisation_id
    JOIN accounts.organisation contractor ON contractor.id = a.contractor_organisation_id`;

/** What comes to contractor `organisation` is told in its next morning, where that leaves a day and more to act. @param at when it came */
const collected = (at: string): string =>
  `${RHYTHM} <> 'at-once' AND (t.deadline IS NULL OR t.deadline > ${at} + interval '2 days') AS "isCollected"`;

const ANSWER_GIVEN_SQL = `
  SELECT ${PERSON}, ${collected('lower(a.recorded)')}, ARRAY[a.package_id] AS "packageIds", ${ANSWER_PARAMS} ${ANSWER}
    JOIN accounts.organisation organisation ON organisation.id = a.contractor_organisation_id
    JOIN accounts.person person ON person.organisation_id = a.contractor_organisation_id AND person.disabled_at IS NULL
   WHERE a.id = $2`;

const ANSWER_RECEIPT_SQL = `
  SELECT ${PERSON}, ARRAY[a.package_id] AS "packageIds", ${ANSWER_PARAMS} ${ANSWER}
    JOIN accounts.person person ON person.id = a.answered_by AND person.disabled_at IS NULL
   WHERE a.id = $2`;

const PERFORMANCE = `
    FROM obligations.ledger_entry e
    JOIN obligations.ledger_entry commitment ON commitment.id = e.parent_id
    JOIN answers.answer a ON a.id = commitment.answer_id
    JOIN tenders.work_package p ON p.id = a.package_id
    JOIN accounts.organisation enterprise ON enterprise.id = e.enterprise_organisation_id
    JOIN accounts.organisation contractor ON contractor.id = e.organisation_id`;
const PERFORMANCE_PARAMS = `
  'entryId', e.id, 'obligationId', e.obligation_id, 'package', p.title, 'enterprise', enterprise.name,
  'contractor', contractor.name`;

/** The enterprise that did the work, when one of Maillon did. */
const PERFORMANCE_ENTERED_SQL = `
  SELECT ${PERSON}, ARRAY[a.package_id] AS "packageIds", jsonb_build_object(${PERFORMANCE_PARAMS}) AS params ${PERFORMANCE}
    JOIN accounts.person person ON person.organisation_id = e.enterprise_organisation_id AND person.disabled_at IS NULL
   WHERE e.id = $2 AND e.stage = 'performed'`;

const PERFORMANCE_JUDGED_SQL = `
  SELECT ${PERSON}, ARRAY[a.package_id] AS "packageIds",
         jsonb_build_object('confirmationId', c.id, 'reason', coalesce(c.reason, ''), ${PERFORMANCE_PARAMS}) AS params ${PERFORMANCE}
    JOIN obligations.confirmation c ON c.entry_id = e.id
    JOIN accounts.person person ON person.organisation_id = e.organisation_id AND person.disabled_at IS NULL
   WHERE c.id = $2`;

const QUESTION_PARAMS = `
  'questionId', q.id, 'tender', t.title, 'package', p.title, 'contractor', contractor.name, 'question', q.text`;
const QUESTION = `
    FROM answers.question q
    JOIN tenders.tender t ON t.id = q.tender_id
    JOIN tenders.work_package p ON p.id = q.package_id
    JOIN accounts.organisation contractor ON contractor.id = q.contractor_organisation_id`;

const QUESTION_ASKED_SQL = `
  SELECT ${PERSON}, ${collected('q.asked_at')}, ARRAY[q.package_id] AS "packageIds",
         jsonb_build_object(${QUESTION_PARAMS}) AS params ${QUESTION}
    JOIN accounts.organisation organisation ON organisation.id = q.contractor_organisation_id
    JOIN accounts.person person ON person.organisation_id = q.contractor_organisation_id AND person.disabled_at IS NULL
   WHERE q.id = $2`;

/** Who asked, and whoever is interested and may still see the package; nobody learns who asked. */
const QUESTION_ANSWERED_SQL = `
  SELECT ${PERSON}, ARRAY[q.package_id] AS "packageIds",
         jsonb_build_object('reply', c.text, ${QUESTION_PARAMS}) AS params ${QUESTION}
    JOIN answers.clarification c ON c.id = q.id
    JOIN accounts.person person ON person.disabled_at IS NULL
     AND (person.organisation_id = q.organisation_id OR person.organisation_id IN (
          SELECT a.organisation_id FROM answers.answer a
            JOIN matching.match m ON m.package_id = a.package_id AND m.enterprise_id = a.enterprise_id
             AND upper_inf(m.recorded) AND m.verdict IN ('match', 'partial')
           WHERE a.package_id = q.package_id AND upper_inf(a.recorded) AND a.kind <> 'no'))
   WHERE q.id = $2`;

const DECISION_PARAMS = `
  'decisionId', d.id, 'answerId', d.answer_id, 'tender', t.title, 'package', p.title, 'contractor', contractor.name,
  'enterprise', enterprise.name, 'reason', coalesce(d.reason, ''), 'message', coalesce(d.message, ''),
  'confirmBy', coalesce(d.confirm_by::text, '')`;
const DECISION = `
    FROM answers.decision d
    JOIN tenders.tender t ON t.id = d.tender_id
    JOIN tenders.work_package p ON p.id = d.package_id
    JOIN accounts.organisation contractor ON contractor.id = d.organisation_id
    JOIN accounts.organisation enterprise ON enterprise.id = d.enterprise_organisation_id`;

/** The enterprise, of what the contractor decides; the contractor, of the winner's word. */
const DECISION_SQL = `
  SELECT ${PERSON}, ARRAY[d.package_id] AS "packageIds", jsonb_build_object(${DECISION_PARAMS}) AS params ${DECISION}
    JOIN accounts.person person ON person.disabled_at IS NULL AND person.organisation_id =
         CASE WHEN d.state IN ('confirmed', 'refused') THEN d.organisation_id ELSE d.enterprise_organisation_id END
   WHERE d.id = $2`;

/** Both sides, of an award that was not confirmed in time. */
const LAPSED_SQL = `
  SELECT ${PERSON}, ARRAY[d.package_id] AS "packageIds",
         jsonb_build_object('isContractor', (person.organisation_id = d.organisation_id)::int, ${DECISION_PARAMS}) AS params
    ${DECISION}
    JOIN accounts.person person ON person.disabled_at IS NULL
     AND person.organisation_id IN (d.organisation_id, d.enterprise_organisation_id)
   WHERE d.id = $2`;

/** The tender an event is about, if it is about one, and everybody it concerns. Null for an event nobody is told of. */
export async function toldOf(
  tx: Tx,
  event: StoredEvent,
): Promise<{ tenderId: string | null; recipients: Recipient[] } | null> {
  const { subjectId } = event;
  switch (event.type) {
    case 'invitation.due': {
      return {
        tenderId: subjectId,
        recipients: await find(tx, 'tender-published', OFFERED_SQL, [subjectId, event.id]),
      };
    }
    case 'tender.published': {
      const offered = await find(tx, 'tender-published', OFFERED_SQL, [subjectId, event.id]);
      const receipts = await find(tx, 'tender-receipt', TENDER_RECEIPT_SQL, [subjectId]);
      return { tenderId: subjectId, recipients: [...offered, ...receipts] };
    }
    case 'match.new': {
      const offered = await find(tx, 'match-new', OFFERED_SQL, [subjectId, event.id]);
      const cause = String(event.payload['cause'] ?? 'package');
      const recipients = offered.map((one) => ({ ...one, params: { ...one.params, cause } }));
      return { tenderId: subjectId, recipients };
    }
    case 'packages.added': {
      const offered = await find(tx, 'match-new', OFFERED_SQL, [subjectId, event.id]);
      const recipients = offered.map((one) => ({ ...one, params: { ...one.params, cause: 'added' } }));
      return { tenderId: subjectId, recipients };
    }
    case 'tender.amended':
      return { tenderId: subjectId, recipients: await find(tx, 'tender-amended', AMENDED_SQL, [event.id]) };
    case 'tender.withdrawn':
      return {
        tenderId: subjectId,
        recipients: await find(tx, 'tender-withdrawn', WITHDRAWN_SQL, [subjectId]),
      };
    case 'tender.closing': {
      const recipients = await find(tx, 'offer-reminder', REMINDED_SQL, [subjectId, event.id]);
      return { tenderId: subjectId, recipients };
    }
    case 'boards.morning':
      return { tenderId: null, recipients: await find(tx, 'board-digest', BOARD_DIGEST_SQL, [event.id]) };
    case 'approval.expiring':
      return { tenderId: null, recipients: await find(tx, 'approval-expiring', EXPIRING_SQL, [event.id]) };
    case 'tender.extended': {
      const changeId = String(event.payload['changeId']);
      return { tenderId: subjectId, recipients: await find(tx, 'tender-extended', EXTENDED_SQL, [changeId]) };
    }
    case 'package.withdrawn': {
      const recipients = await find(tx, 'package-withdrawn', PACKAGE_WITHDRAWN_SQL, [subjectId]);
      return { tenderId: String(event.payload['tenderId']), recipients };
    }
    case 'answer.given': {
      const given = await find(tx, 'answer-given', ANSWER_GIVEN_SQL, [subjectId]);
      const receipts = await find(tx, 'answer-receipt', ANSWER_RECEIPT_SQL, [subjectId]);
      const tenderId = await tenderOfAnswer(tx, subjectId);
      return tenderId === null ? null : { tenderId, recipients: [...given, ...receipts] };
    }
    case 'question.asked':
    case 'question.answered': {
      const tenderId = String(event.payload['tenderId']);
      return event.type === 'question.asked'
        ? { tenderId, recipients: await find(tx, 'question-asked', QUESTION_ASKED_SQL, [subjectId]) }
        : { tenderId, recipients: await find(tx, 'question-answered', QUESTION_ANSWERED_SQL, [subjectId]) };
    }
    case 'answer.decided': {
      const template = TEMPLATES.find((one) => one === `decision-${String(event.payload['state'])}`)!;
      const tenderId = String(event.payload['tenderId']);
      const told = await find(tx, template, DECISION_SQL, [subjectId]);
      const partners = await find(tx, 'team-decided', TEAM_DECIDED_SQL, [subjectId]);
      return { tenderId, recipients: [...told, ...partners] };
    }
    case 'award.lapsed': {
      const tenderId = String(event.payload['tenderId']);
      return { tenderId, recipients: await find(tx, 'decision-lapsed', LAPSED_SQL, [subjectId]) };
    }
    case 'team.changed':
      return toldOfTeam(tx, event);
    case 'ledger.entry-added':
    case 'performance.confirmed':
    case 'performance.disputed':
      return toldOfPerformance(tx, event);
    default:
      return null;
  }
}

/** Who is asked; the lead, of the answer; everybody in it, of a parting; the contractor, once all consented. */
async function toldOfTeam(
  tx: Tx,
  { id, payload }: StoredEvent,
): Promise<{ tenderId: string; recipients: Recipient[] }> {
  const tenderId = String(payload['tenderId']);
  const { what } = payload;
  if (String(what).startsWith('lead-'))
    return { tenderId, recipients: await find(tx, 'team-lead', TEAM_LEAD_SQL, [id]) };
  if (what === 'formed')
    return { tenderId, recipients: await find(tx, 'team-formed', TEAM_FORMED_SQL, [id]) };
  if (what === 'invited')
    return {
      tenderId,
      recipients: payload['isCalled']
        ? await find(tx, 'team-called', TEAM_CALLED_SQL, [id])
        : await find(tx, 'team-invited', TEAM_INVITED_SQL, [id]),
    };
  const changed = await find(tx, 'team-changed', TEAM_CHANGED_SQL, [id]);
  const isNew = what === 'accepted' && payload['isComplete'] === true;
  const complete = isNew ? await find(tx, 'team-complete', TEAM_COMPLETE_SQL, [id]) : [];
  return { tenderId, recipients: [...changed, ...complete] };
}

/** Other entries of a ledger are nobody's news. */
async function toldOfPerformance(
  tx: Tx,
  { type, subjectId, payload }: StoredEvent,
): Promise<{ tenderId: string; recipients: Recipient[] } | null> {
  const entryId = String(payload['entryId']);
  const tenderId = await tenderOfPerformance(tx, entryId);
  if (tenderId === null) return null;
  const recipients =
    type === 'ledger.entry-added'
      ? await find(tx, 'performance-entered', PERFORMANCE_ENTERED_SQL, [entryId])
      : await find(
          tx,
          type === 'performance.confirmed' ? 'performance-confirmed' : 'performance-disputed',
          PERFORMANCE_JUDGED_SQL,
          [subjectId],
        );
  return { tenderId, recipients };
}

async function find(
  tx: Tx,
  template: Template,
  sql: string,
  params: readonly string[],
): Promise<Recipient[]> {
  const list: MailList = listOf(template);
  const found = await rows<Found>(tx, sql, [list, ...params]);
  return found.map(({ rhythm, deadline = null, weekIsFull = false, ...person }) => ({
    personId: person.personId,
    organisationId: person.organisationId,
    language: person.language,
    packageIds: person.packageIds,
    params: person.params,
    template,
    noMailBecause: whyNoMail(person),
    offer: rhythm === undefined ? null : { rhythm, deadline, weekIsFull },
  }));
}

function whyNoMail({
  noMailBecause,
  hasToConfirm,
  wantsNoMail,
  isNotMailed,
  isCollected,
}: Found): Recipient['noMailBecause'] {
  if (noMailBecause === 'not-chosen' && hasToConfirm) return null;
  if (noMailBecause !== null) return noMailBecause;
  if (wantsNoMail) return 'week-full';
  if (isCollected) return 'in-digest';
  return isNotMailed ? 'not-mailed' : null;
}

async function tenderOfAnswer(tx: Tx, answerId: string): Promise<string | null> {
  const row = await maybeRow<{ id: string }>(tx, `SELECT tender_id AS id FROM answers.answer WHERE id = $1`, [
    answerId,
  ]);
  return row?.id ?? null;
}

async function tenderOfPerformance(tx: Tx, entryId: string): Promise<string | null> {
  const row = await maybeRow<{ id: string }>(
    tx,
    `SELECT a.tender_id AS id FROM obligations.ledger_entry e
       JOIN obligations.ledger_entry commitment ON commitment.id = e.parent_id
       JOIN answers.answer a ON a.id = commitment.answer_id
      WHERE e.id = $1 AND e.stage = 'performed'`,
    [entryId],
  );
  return row?.id ?? null;
}

import { maybeRow, type Tx } from '../platform/db/index.js';
import { asksToAnswer, listOf, type QuietHours, type SendingFacts } from './domain/index.js';
import type { Claim } from './ledger.repository.js';
import { NOT_CHOSEN } from './recipient-person.query.js';
import { NOT_RENEWED } from './reminders.query.js';

/** What says whether a mail waits for the end of the night. */
export interface QuietFacts {
  readonly quiet: QuietHours | null;
  /** The first deadline of what it asks an answer to. */
  readonly answerBy: Date | null;
}

export interface Addressee {
  readonly name: string;
  readonly email: string;
  readonly organisationName: string;
}

/** Packages of `$2` that match an enterprise of organisation `$1` at this moment and are offered. */
const CURRENT_PACKAGES = `
  SELECT count(DISTINCT m.package_id)::int FROM matching.match m
    JOIN tenders.work_package p ON p.id = m.package_id AND p.offered
   WHERE m.enterprise_organisation_id = $1 AND m.package_id = ANY($2) AND upper_inf(m.recorded)
     AND m.verdict IN ('match', 'partial')
     AND NOT EXISTS (SELECT FROM answers.closed_package c WHERE c.package_id = p.id)`;

/** What decides, at the moment of sending, whether a notification may leave; and to whom. Null: no such person. */
export async function sendingFacts(
  tx: Tx,
  claim: Claim,
): Promise<(SendingFacts & Addressee & QuietFacts) | null> {
  const found = await maybeRow<Omit<SendingFacts, 'channel' | 'template'> & Addressee & QuietFacts>(
    tx,
    `SELECT person.name, person.email, organisation.name AS "organisationName", person.disabled_at IS NULL AS "personIsActive",
            person.organisation_id = $1 AS "personIsOfOrganisation",
            EXISTS (SELECT FROM notifications.stopped_list s WHERE s.person_id = person.id AND s.list = $5) AS "listIsStopped",
            $5 = 'offers' AND ${NOT_CHOSEN} AS "isNotChosen",
            CASE WHEN w.quiet_from IS NOT NULL
              THEN jsonb_build_object('from', w.quiet_from, 'until', w.quiet_until) END AS quiet,
            (SELECT min(t.deadline) FROM tenders.work_package p JOIN tenders.tender t ON t.id = p.tender_id
              WHERE p.id = ANY($2)) AS "answerBy",
            EXISTS (SELECT FROM notifications.refused_address r WHERE r.email = person.email AND r.lifted_at IS NULL) AS "addressIsRefused",
            (SELECT t.status FROM tenders.tender t WHERE t.id = $4) AS "tenderStatus",
            (${CURRENT_PACKAGES}) AS "currentPackages",
            cardinality($2::uuid[]) > 0 AND NOT EXISTS (
              SELECT FROM unnest($2::uuid[]) AS about (id)
               WHERE NOT EXISTS (SELECT FROM tenders.withdrawn_package w WHERE w.package_id = about.id)) AS "packagesWithdrawn",
            EXISTS (SELECT FROM answers.answer a WHERE a.id = $6 AND upper_inf(a.recorded)) AS "answerStands",
            CASE WHEN $7::uuid IS NOT NULL
              THEN EXISTS (SELECT FROM obligations.confirmation c JOIN obligations.ledger_entry e ON e.id = c.entry_id
                            WHERE c.id = $7 AND upper_inf(c.recorded) AND upper_inf(e.recorded))
              ELSE EXISTS (SELECT FROM obligations.ledger_entry e WHERE e.id = $8 AND upper_inf(e.recorded)
                              AND NOT EXISTS (SELECT FROM obligations.confirmation c
                                               WHERE c.entry_id = e.id AND upper_inf(c.recorded)))
            END AS "performanceStands",
            NOT EXISTS (SELECT FROM answers.clarification c WHERE c.id = $9) AS "questionWaits",
            EXISTS (SELECT FROM answers.decision d WHERE d.id = $10 AND upper_inf(d.recorded)) AS "decisionStands",
            EXISTS (SELECT FROM answers.team_place p WHERE p.id = $11 AND p.state = $12) AS "placeStands",
            EXISTS (SELECT FROM tenders.tender t WHERE t.id = $4 AND t.deadline = $13::timestamptz) AS "deadlineStands",
            EXISTS (SELECT FROM registry.approval a
                     WHERE a.organisation_id = $1 AND a.kind = $14 AND a.state = 'verified' AND upper_inf(a.recorded)
                       AND upper(a.valid) - 1 = $15::date AND ${NOT_RENEWED}) AS "approvalEnds"
       FROM accounts.person person JOIN accounts.organisation organisation ON organisation.id = person.organisation_id
       LEFT JOIN notifications.mail_wish w ON w.person_id = person.id
      WHERE person.id = $3`,
    [
      claim.organisationId,
      claim.packageIds,
      claim.recipientId,
      claim.tenderId,
      listOf(claim.template),
      claim.params['answerId'] ?? null,
      claim.params['confirmationId'] ?? null,
      claim.params['entryId'] ?? null,
      claim.params['questionId'] ?? null,
      claim.params['decisionId'] ?? null,
      claim.params['placeId'] ?? null,
      claim.params['what'] ?? null,
      claim.params['deadline'] ?? null,
      claim.params['approvalKind'] ?? null,
      claim.params['lastDay'] ?? null,
    ],
  );
  if (!found) return null;
  const { channel, template } = claim;
  return { ...found, answerBy: asksToAnswer(template) ? found.answerBy : null, channel, template };
}

import { NOT_MAILED, PERSON } from './recipient-person.query.js';

/** Who heard of an offer, or may have. */
const HEARD = `
  SELECT n.recipient_id FROM notifications.notification n
   WHERE n.template IN ('tender-published', 'match-new') AND n.state IN ('handed', 'delivered', 'in_doubt', 'claimed')`;

/** Those who heard of it and could still open it, who answered it, and who was asked into a team; not who said no. */
export const PACKAGE_WITHDRAWN_SQL = `
  SELECT ${PERSON}, ${NOT_MAILED}, ARRAY[p.id] AS "packageIds",
         jsonb_build_object('tender', t.title, 'package', p.title, 'contractor', contractor.name, 'packageId', p.id,
                            'reason', w.reason, 'message', coalesce(w.message, '')) AS params
    FROM tenders.withdrawn_package w
    JOIN tenders.work_package p ON p.id = w.package_id
    JOIN tenders.tender t ON t.id = w.tender_id
    JOIN accounts.organisation contractor ON contractor.id = t.organisation_id
    JOIN accounts.person person ON person.disabled_at IS NULL
     AND (person.id IN (${HEARD} AND n.package_ids @> ARRAY[p.id])
          AND EXISTS (SELECT FROM matching.match m
                       WHERE m.package_id = p.id AND m.enterprise_organisation_id = person.organisation_id
                         AND m.verdict IN ('match', 'partial')
                         AND (upper_inf(m.recorded) OR m.closed_reason = 'package-closed'))
          OR person.organisation_id IN (SELECT a.organisation_id FROM answers.answer a
                                         WHERE a.package_id = p.id AND upper_inf(a.recorded))
          OR person.organisation_id IN (SELECT s.organisation_id FROM answers.team_partner s
                                         WHERE s.package_id = p.id AND s.is_open))
   WHERE w.package_id = $2
     AND NOT EXISTS (SELECT FROM answers.answer a WHERE a.package_id = p.id AND upper_inf(a.recorded)
                      AND a.organisation_id = person.organisation_id AND a.kind = 'no')`;

/** Everybody who heard of the tender or answered, as long as something of it concerns them. */
export const EXTENDED_SQL = `
  SELECT ${PERSON}, ${NOT_MAILED}, ARRAY[]::uuid[] AS "packageIds",
         jsonb_build_object('tender', t.title, 'contractor', contractor.name, 'reason', c.reason,
                            'before', c.before, 'deadline', c.after) AS params
    FROM tenders.deadline_change c
    JOIN tenders.tender t ON t.id = c.tender_id
    JOIN accounts.organisation contractor ON contractor.id = t.organisation_id
    JOIN accounts.person person ON person.disabled_at IS NULL
   WHERE c.id = $2
     AND (person.id IN (${HEARD} AND n.tender_id = t.id)
          AND EXISTS (SELECT FROM matching.match m JOIN tenders.work_package p ON p.id = m.package_id AND p.offered
                       WHERE m.tender_id = t.id AND m.enterprise_organisation_id = person.organisation_id
                         AND upper_inf(m.recorded) AND m.verdict IN ('match', 'partial')
                         AND NOT EXISTS (SELECT FROM answers.closed_package k WHERE k.package_id = p.id))
          OR person.organisation_id IN (SELECT a.organisation_id FROM answers.answer a
                                          JOIN tenders.work_package p ON p.id = a.package_id AND p.offered
                                         WHERE a.tender_id = t.id AND upper_inf(a.recorded) AND a.kind <> 'no')
          OR person.organisation_id IN (SELECT s.organisation_id FROM answers.team_partner s
                                          JOIN tenders.work_package p ON p.id = s.package_id AND p.offered
                                         WHERE p.tender_id = t.id AND s.is_open))`;

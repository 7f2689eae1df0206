import { INVITATION_RULES } from '../matching/domain/index.js';
import { COUNTS_AS_OFFER_MAIL } from './digest.repository.js';
import { PERSON } from './recipient-person.query.js';

/** A partner that never consented stays without a name, unless the lead named it; nobody leads a called team before it forms. */
const PARAMS = `
  'placeId', p.id, 'tenderId', t.id, 'what', e.payload->>'what', 'packageId', w.id, 'package', w.title, 'tender', t.title, 'part', p.part,
  'lead', coalesce(lead.name, ''), 'contractor', contractor.name,
  'partner', CASE WHEN p.is_named OR k.consented_at IS NOT NULL THEN partner.name ELSE '' END`;
const TEAM = `
    FROM platform.event e
    JOIN answers.team_place p ON p.id = e.subject_id
    JOIN answers.team_partner k ON k.place_id = p.id
    JOIN answers.team m ON m.id = p.team_id
    JOIN tenders.tender t ON t.id = m.tender_id
    JOIN tenders.work_package w ON w.id = m.package_id
    LEFT JOIN accounts.organisation lead ON lead.id = nullif(m.organisation_id, m.contractor_organisation_id)
    JOIN accounts.organisation partner ON partner.id = k.organisation_id
    JOIN accounts.organisation contractor ON contractor.id = m.contractor_organisation_id`;

/** The enterprise that is asked. */
export const TEAM_INVITED_SQL = `
  SELECT ${PERSON}, ARRAY[w.id] AS "packageIds",
         jsonb_build_object('message', coalesce(k.message, ''), 'ownPlaceId', p.id, ${PARAMS}) AS params ${TEAM}
    JOIN accounts.person person ON person.organisation_id = k.organisation_id AND person.disabled_at IS NULL
   WHERE e.id = $2`;

/** An enterprise that a contractor asks; not by mail when its week has no room for one. */
export const TEAM_CALLED_SQL = `
  SELECT ${PERSON}, ARRAY[w.id] AS "packageIds",
         coalesce(wish.weekly_mails, ${INVITATION_RULES.weeklyMails}) <=
           (SELECT count(DISTINCT n.event_id) FROM notifications.notification n
             WHERE n.organisation_id = k.organisation_id AND ${COUNTS_AS_OFFER_MAIL}
               AND n.event_id <> e.id AND n.created_at > e.occurred_at - interval '7 days') AS "wantsNoMail",
         jsonb_build_object('message', coalesce(k.message, ''), 'ownPlaceId', p.id, ${PARAMS}) AS params ${TEAM}
    JOIN accounts.person person ON person.organisation_id = k.organisation_id AND person.disabled_at IS NULL
    LEFT JOIN matching.invitation_wish wish ON wish.organisation_id = k.organisation_id
   WHERE e.id = $2`;

/** Of the lead of a team: the partner that is offered it, the lead when it is declined, everybody else in the team when it is taken. */
export const TEAM_LEAD_SQL = `
  SELECT ${PERSON}, ARRAY[w.id] AS "packageIds",
         jsonb_build_object('isLead', (person.organisation_id = m.organisation_id)::int,
           'ownPlaceId', coalesce(
             (SELECT o.place_id::text FROM answers.team_partner o
               WHERE o.team_id = m.id AND o.organisation_id = person.organisation_id AND o.is_open), ''), ${PARAMS}) AS params ${TEAM}
    JOIN accounts.person person ON person.disabled_at IS NULL AND person.organisation_id <> e.organisation_id
     AND CASE e.payload->>'what' WHEN 'lead-offered' THEN person.organisation_id = k.organisation_id
              WHEN 'lead-declined' THEN person.organisation_id = m.organisation_id
              ELSE person.organisation_id IN (SELECT o.organisation_id FROM answers.team_partner o JOIN answers.team_place q ON q.id = o.place_id
                                               WHERE o.team_id = m.id AND q.state = 'accepted') END
   WHERE e.id = $2`;

/** Everybody in a team that was called, and its contractor: all consented, and one of them leads. */
export const TEAM_FORMED_SQL = `
  SELECT ${PERSON}, ARRAY[w.id] AS "packageIds",
         jsonb_build_object('members',
           (SELECT string_agg(o.name, ', ' ORDER BY q.id) FROM answers.team_partner j
              JOIN answers.team_place q ON q.id = j.place_id AND q.state = 'accepted'
              JOIN accounts.organisation o ON o.id = j.organisation_id WHERE j.team_id = m.id),
           'isLead', (person.organisation_id = m.organisation_id)::int,
           'isContractor', (person.organisation_id = m.contractor_organisation_id)::int,
           'ownPlaceId', coalesce(
             (SELECT o.place_id::text FROM answers.team_partner o
               WHERE o.team_id = m.id AND o.organisation_id = person.organisation_id AND o.is_open), ''), ${PARAMS}) AS params ${TEAM}
    JOIN accounts.person person ON person.disabled_at IS NULL
     AND (person.organisation_id IN (m.organisation_id, m.contractor_organisation_id)
          OR person.organisation_id IN (SELECT o.organisation_id FROM answers.team_partner o
                                         WHERE o.team_id = m.id AND o.is_open))
   WHERE e.id = $2`;

/**
 * The lead, of what a partner says; the others who consented, of one that leaves; the partner, of what is closed; the contractor,
 * of a gap in a team that it called and that has not formed, without a name.
 */
export const TEAM_CHANGED_SQL = `
  SELECT ${PERSON}, ARRAY[w.id] AS "packageIds",
         jsonb_build_object('ownPlaceId', coalesce(
           (SELECT o.place_id::text FROM answers.team_partner o
             WHERE o.team_id = m.id AND o.organisation_id = person.organisation_id AND o.is_open), ''),
           'isLead', (person.organisation_id = m.organisation_id)::int,
           'isContractor', (person.organisation_id = m.contractor_organisation_id)::int, ${PARAMS})
           || CASE WHEN person.organisation_id = m.contractor_organisation_id THEN '{"partner": ""}' ELSE '{}' END::jsonb AS params ${TEAM}
    JOIN accounts.person person ON person.disabled_at IS NULL AND person.organisation_id <> e.organisation_id
     AND CASE WHEN p.state = 'dropped' THEN person.organisation_id = k.organisation_id
              ELSE (person.organisation_id = m.organisation_id
                    AND (lead.id IS NOT NULL OR p.state IN ('declined', 'left')))
                   OR (p.state = 'left' AND person.organisation_id IN (
                        SELECT o.organisation_id FROM answers.team_partner o JOIN answers.team_place q ON q.id = o.place_id
                         WHERE o.team_id = m.id AND q.state = 'accepted')) END
   WHERE e.id = $2 AND NOT (p.state = 'dropped' AND e.payload->>'before' IN ('declined', 'left'))`;

/** The contractor: the joint answer counts from now on. */
export const TEAM_COMPLETE_SQL = `
  SELECT ${PERSON}, ARRAY[w.id] AS "packageIds", jsonb_build_object('members',
           (SELECT string_agg(o.name, ', ' ORDER BY q.id) FROM answers.team_partner j
              JOIN answers.team_place q ON q.id = j.place_id AND q.state = 'accepted'
              JOIN accounts.organisation o ON o.id = j.organisation_id WHERE j.team_id = m.id), ${PARAMS}) AS params ${TEAM}
    JOIN accounts.person person ON person.organisation_id = m.contractor_organisation_id AND person.disabled_at IS NULL
   WHERE e.id = $2`;

/** The partners of the team whose joint answer was decided on, or whose lead gave the last word. */
export const TEAM_DECIDED_SQL = `
  SELECT ${PERSON}, ARRAY[w.id] AS "packageIds",
         jsonb_build_object('decisionId', d.id, 'state', d.state, 'ownPlaceId', p.id, 'package', w.title, 'tender', t.title,
                            'lead', lead.name, 'contractor', contractor.name) AS params
    FROM answers.decision d
    JOIN answers.answer a ON a.id = d.answer_id AND a.kind = 'team'
    JOIN answers.team m ON m.package_id = d.package_id AND m.organisation_id = d.enterprise_organisation_id
    JOIN answers.team_place p ON p.team_id = m.id AND p.state = 'accepted'
    JOIN answers.team_partner k ON k.place_id = p.id
    JOIN tenders.tender t ON t.id = d.tender_id
    JOIN tenders.work_package w ON w.id = d.package_id
    JOIN accounts.organisation lead ON lead.id = m.organisation_id
    JOIN accounts.organisation contractor ON contractor.id = m.contractor_organisation_id
    JOIN accounts.person person ON person.organisation_id = k.organisation_id AND person.disabled_at IS NULL
   WHERE d.id = $2 AND d.state <> 'retained'`;

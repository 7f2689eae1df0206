/** The enterprise of `person` has others hear of offers by mail, and one of them works there still. */
export const NOT_CHOSEN = `
  (EXISTS (SELECT FROM notifications.mail_wish w WHERE w.person_id = person.id AND NOT w.is_chosen)
   AND EXISTS (SELECT FROM accounts.person other
                WHERE other.organisation_id = person.organisation_id AND other.disabled_at IS NULL
                  AND NOT EXISTS (SELECT FROM notifications.mail_wish w WHERE w.person_id = other.id AND NOT w.is_chosen)))`;

/** When `person` of `organisation` wants its mails: contractors, who said nothing, together. */
export const RHYTHM = `
  coalesce((SELECT w.rhythm FROM notifications.mail_wish w WHERE w.person_id = person.id),
           CASE organisation.role WHEN 'contractor' THEN 'daily' ELSE 'at-once' END)`;

/** The columns of a recipient named `person`. `$1` is the mail list. */
export const PERSON = `
  person.id AS "personId", person.organisation_id AS "organisationId", person.language,
  CASE WHEN EXISTS (SELECT FROM notifications.stopped_list s WHERE s.person_id = person.id AND s.list = $1) THEN 'stopped'
       WHEN $1 = 'offers' AND ${NOT_CHOSEN} THEN 'not-chosen'
       WHEN EXISTS (SELECT FROM notifications.refused_address r WHERE r.email = person.email AND r.lifted_at IS NULL)
       THEN 'address-refused' END AS "noMailBecause"`;

const MAY_HAVE_LEFT = `'handed', 'delivered', 'in_doubt', 'claimed'`;

/**
 * Nothing of tender `t` was written to `person` yet, since its offers wait for the next mail with several, and its enterprise
 * has said nothing either: then a mail about what becomes of the tender would be the first one.
 */
export const NOT_MAILED = `
  (EXISTS (SELECT FROM notifications.notification h
            WHERE h.tender_id = t.id AND h.recipient_id = person.id AND h.state = 'held')
   AND NOT EXISTS (SELECT FROM notifications.notification h
                    LEFT JOIN notifications.notification digest ON digest.id = h.digest_id
                    WHERE h.tender_id = t.id AND h.recipient_id = person.id AND h.channel = 'mail'
                      AND (h.state IN (${MAY_HAVE_LEFT}) OR digest.state IN (${MAY_HAVE_LEFT})))
   AND NOT EXISTS (SELECT FROM answers.answer a
                    WHERE a.tender_id = t.id AND a.organisation_id = person.organisation_id AND upper_inf(a.recorded))
   AND NOT EXISTS (SELECT FROM answers.team_partner k JOIN tenders.work_package w ON w.id = k.package_id
                    WHERE w.tender_id = t.id AND k.organisation_id = person.organisation_id AND k.is_open)) AS "isNotMailed"`;

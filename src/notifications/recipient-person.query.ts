/** The columns of a recipient named `person`. `$1` is the mail list. */
export const PERSON = `
  person.id AS "personId", person.organisation_id AS "organisationId", person.language,
  CASE WHEN EXISTS (SELECT FROM notifications.stopped_list s WHERE s.person_id = person.id AND s.list = $1) THEN 'stopped'
       WHEN EXISTS (SELECT FROM notifications.refused_address r WHERE r.email = person.email AND r.lifted_at IS NULL)
       THEN 'address-refused' END AS "noMailBecause"`;

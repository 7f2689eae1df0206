import { INVITATION_RULES, type MailsLeft } from '../matching/index.js';
import { COUNTS_AS_OFFER_MAIL } from '../notifications/index.js';
import { rows, type Tx } from '../platform/db/index.js';

/** By enterprise: mails it has had or will have, and how many a week it asked for. */
export type MailsOfWeek = ReadonlyMap<string, { readonly had: number; readonly wish: number | null }>;

/**
 * Mails about offers that enterprises have had in the last seven days or will have in the next, and how many a week
 * they asked for. An event is one mail, whatever the number of packages and of colleagues; what was collected counts once.
 */
export async function mailsOfWeek(tx: Tx, enterpriseIds: readonly string[], now: Date): Promise<MailsOfWeek> {
  const found = await rows<{ enterpriseId: string; had: number; wish: number | null }>(
    tx,
    `SELECT e.id AS "enterpriseId", w.weekly_mails AS wish,
            (SELECT count(DISTINCT n.event_id)::int FROM notifications.notification n
              WHERE n.organisation_id = e.organisation_id AND ${COUNTS_AS_OFFER_MAIL}
                AND n.created_at > $2::timestamptz - interval '7 days')
            + (SELECT count(DISTINCT (i.tender_id, i.due_at))::int FROM matching.invitation i
                WHERE i.enterprise_id = e.id AND i.by = 'mail' AND i.state = 'planned'
                  AND i.due_at < $2::timestamptz + interval '7 days') AS had
     FROM registry.enterprise e LEFT JOIN matching.invitation_wish w ON w.organisation_id = e.organisation_id
     WHERE e.id = ANY ($1::uuid[])`,
    [enterpriseIds, now],
  );
  return new Map(found.map(({ enterpriseId, ...rest }) => [enterpriseId, rest]));
}

/** How many mails each may still get. @param week as `mailsOfWeek` has it */
export function mailsLeftIn(week: MailsOfWeek): MailsLeft {
  return (id) => {
    const { had = 0, wish = null } = week.get(id) ?? {};
    return Math.max(0, (wish ?? INVITATION_RULES.weeklyMails) - had);
  };
}

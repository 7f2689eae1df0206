import { affected, maybeRow, rows, type Tx } from '../platform/db/index.js';
import type { NotificationParams, Template } from './domain/index.js';
import { linkPaths } from './mails/links.js';

/** A piece of news as its recipient reads it: the sentence is `notification.<template>` filled with `params`. */
export interface InboxItem {
  readonly id: string;
  readonly template: Template;
  readonly params: NotificationParams;
  readonly at: Date;
  readonly readAt: Date | null;
  /** Of an offer that is still open to the reader: until when to answer. */
  readonly deadline: Date | null;
  /** Where it leads, as a path. */
  readonly path: string;
}

type Found = Omit<InboxItem, 'path'> & { readonly tenderId: string; readonly packageIds: readonly string[] };

/** What a person was told in the application, newest first. */
export async function inbox(tx: Tx, personId: string, limit = 50): Promise<InboxItem[]> {
  const found = await rows<Found>(
    tx,
    `SELECT n.id, n.template, n.params, n.tender_id AS "tenderId", n.package_ids AS "packageIds",
            n.finished_at AS at, n.read_at AS "readAt",
            CASE WHEN n.template IN ('tender-published', 'match-new', 'tender-extended', 'offer-reminder') THEN t.deadline END AS deadline
       FROM notifications.notification n
       LEFT JOIN tenders.tender t ON t.id = n.tender_id AND t.status = 'published'
      WHERE n.recipient_id = $1 AND n.channel = 'in-app' AND n.state = 'delivered'
      ORDER BY n.created_at DESC, n.id LIMIT $2`,
    [personId, limit],
  );
  return found.map(({ tenderId, packageIds, ...item }) => ({
    ...item,
    path: pathOf(item.template, item.params, tenderId, packageIds),
  }));
}

/** How many of them the person has not read. */
export async function unreadCount(tx: Tx, personId: string): Promise<number> {
  const row = await maybeRow<{ count: number }>(
    tx,
    `SELECT count(*)::int AS count FROM notifications.notification
      WHERE recipient_id = $1 AND channel = 'in-app' AND state = 'delivered' AND read_at IS NULL`,
    [personId],
  );
  return row?.count ?? 0;
}

/** Marks news as read, when it is this person's. Reading twice keeps the first time. @returns how many were unread */
export function markRead(tx: Tx, personId: string, ids: readonly string[], now: Date): Promise<number> {
  return affected(
    tx,
    `UPDATE notifications.notification SET read_at = $3
      WHERE id = ANY($2) AND recipient_id = $1 AND channel = 'in-app' AND state = 'delivered' AND read_at IS NULL`,
    [personId, ids, now],
  );
}

function pathOf(
  template: Template,
  params: NotificationParams,
  tenderId: string,
  packageIds: readonly string[],
): string {
  const [first] = packageIds;
  switch (template) {
    case 'mail-test':
      return linkPaths.wishes();
    case 'approval-expiring':
      return linkPaths.renewal();
    case 'board-digest':
      return linkPaths.tenders();
    case 'tender-receipt':
    case 'answer-given':
    case 'decision-confirmed':
    case 'decision-refused':
    case 'team-complete':
    case 'question-asked':
      return linkPaths.board(tenderId);
    case 'tender-published':
    case 'match-new':
    case 'offer-reminder':
    case 'tender-amended':
    case 'answer-receipt':
    case 'package-withdrawn':
    case 'decision-retained':
    case 'decision-declined':
    case 'decision-awarded':
    case 'question-answered':
      return first !== undefined && packageIds.length === 1
        ? linkPaths.opportunity(first)
        : linkPaths.opportunities();
    case 'tender-withdrawn':
    case 'tender-extended':
    case 'offers-digest':
      return linkPaths.opportunities();
    case 'decision-lapsed':
      return params['isContractor'] === 1 ? linkPaths.board(tenderId) : linkPaths.opportunity(first ?? '');
    case 'team-invited':
    case 'team-changed':
    case 'team-decided':
    case 'team-called':
    case 'team-formed':
    case 'team-lead':
      return linkPaths.ofTeam(params);
    case 'performance-entered':
      return linkPaths.performance(String(params['entryId']));
    case 'performance-confirmed':
    case 'performance-disputed':
      return linkPaths.obligation(String(params['obligationId']));
  }
}

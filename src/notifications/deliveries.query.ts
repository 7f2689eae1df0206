import { rows, type Tx } from '../platform/db/index.js';
import type { Channel, NotificationState, Template } from './domain/index.js';

/** A notification as those who run the service see it: its state and history, never what it says. */
export interface DeliveryState {
  readonly id: string;
  readonly state: NotificationState;
  readonly channel: Channel;
  readonly template: Template;
  readonly organisationId: string;
  readonly tries: number;
  readonly inDoubt: number;
  readonly reason: string | null;
  readonly messageId: string;
  readonly requestId: string;
  readonly createdAt: Date;
  readonly nextAttemptAt: Date;
}

export interface StateCount {
  readonly state: NotificationState;
  readonly channel: Channel;
  readonly count: number;
}

/** How many notifications are in each state. */
export function countByState(tx: Tx): Promise<StateCount[]> {
  return rows<StateCount>(
    tx,
    `SELECT state, channel, count(*)::int AS count FROM notifications.notification
      GROUP BY state, channel ORDER BY state, channel`,
  );
}

/** Notifications of some states (all, when none is named), oldest first. */
export function deliveries(
  tx: Tx,
  states: readonly NotificationState[],
  page: { limit: number; offset: number },
): Promise<DeliveryState[]> {
  return rows<DeliveryState>(
    tx,
    `SELECT id, state, channel, template, organisation_id AS "organisationId", attempts AS tries,
            in_doubt_count AS "inDoubt", reason, message_id AS "messageId", request_id AS "requestId",
            created_at AS "createdAt", next_attempt_at AS "nextAttemptAt"
       FROM notifications.notification WHERE cardinality($1::text[]) = 0 OR state = ANY($1)
      ORDER BY created_at, id LIMIT $2 OFFSET $3`,
    [states, page.limit, page.offset],
  );
}

/** What was told about each package of a tender: for the board of its contractor. */
export interface PackageTold {
  readonly packageId: string;
  /** Enterprises that were told of it, by whatever way. */
  readonly enterprisesTold: number;
  /** Mails that are under way or were given up, so that silence is never hidden. */
  readonly mailsWaiting: number;
  readonly mailsFailed: number;
}

export function toldAboutTender(tx: Tx, tenderId: string): Promise<PackageTold[]> {
  return rows<PackageTold>(
    tx,
    `SELECT p AS "packageId",
            count(DISTINCT n.organisation_id) FILTER (WHERE n.state IN ('handed', 'delivered'))::int AS "enterprisesTold",
            count(*) FILTER (WHERE n.channel = 'mail' AND n.state IN ('pending', 'claimed', 'in_doubt', 'quarantined', 'held'))::int AS "mailsWaiting",
            count(*) FILTER (WHERE n.channel = 'mail' AND n.state = 'failed')::int AS "mailsFailed"
       FROM notifications.notification n CROSS JOIN LATERAL unnest(n.package_ids) AS p
      WHERE n.tender_id = $1 AND n.template IN ('tender-published', 'match-new')
      GROUP BY p`,
    [tenderId],
  );
}

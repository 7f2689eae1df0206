import {
  channelsOf,
  type Channel,
  type PlannedNotification,
  type Recipient,
  type ToldEvent,
} from './notification.js';
import { whenTold } from './when-to-send.js';

export interface PlanningMoment {
  readonly now: Date;
  /** The event is older than a restored backup: it may have been told already. */
  readonly isQuarantined: boolean;
}

/** Why an offer is in quarantine that goes back to those held when it is released. */
export const HELD_BEFORE = 'restored-held';

/** The identity of a notification: who is told by which way about which event. */
export function notificationKey(eventId: string, recipientId: string, channel: Channel): string {
  return `${eventId}/${recipientId}/${channel}`;
}

/**
 * Who is told what about an event. Planning again, with the first plan recorded, plans nothing.
 * A person who wants no mail gets a row that says so, and is told in the application all the same.
 * @param planned keys (`notificationKey`) of what is recorded already
 * Who wants offers together gets one that is held until then.
 */
export function planNotifications(
  event: ToldEvent,
  recipients: readonly Recipient[],
  planned: ReadonlySet<string>,
  { now, isQuarantined }: PlanningMoment,
): PlannedNotification[] {
  const known = new Set(planned);
  const rows: PlannedNotification[] = [];
  for (const recipient of recipients) {
    for (const channel of channelsOf(recipient.template)) {
      const key = notificationKey(event.id, recipient.personId, channel);
      if (known.has(key)) continue;
      known.add(key);
      rows.push({
        ...identity(event, recipient, channel),
        ...(isQuarantined ? waiting(recipient, channel, now) : open(recipient, channel, now)),
      });
    }
  }
  return rows;
}

type Standing = Pick<PlannedNotification, 'state' | 'reason' | 'nextAttemptAt'>;

function identity(
  event: ToldEvent,
  recipient: Recipient,
  channel: Channel,
): Omit<PlannedNotification, keyof Standing> {
  return {
    eventId: event.id,
    eventOrganisationId: event.organisationId,
    tenderId: event.tenderId,
    recipientId: recipient.personId,
    organisationId: recipient.organisationId,
    channel,
    template: recipient.template,
    packageIds: recipient.packageIds,
    params: recipient.params,
    language: recipient.language,
  };
}

function waiting(recipient: Recipient, channel: Channel, now: Date): Standing {
  const standing = open(recipient, channel, now);
  if (standing.state === 'suppressed') return standing;
  return { ...standing, state: 'quarantined', reason: standing.state === 'held' ? HELD_BEFORE : null };
}

function open({ noMailBecause, offer }: Recipient, channel: Channel, now: Date): Standing {
  const atOnce = { state: 'pending', reason: null, nextAttemptAt: now } as const;
  if (channel === 'in-app') return atOnce;
  if (noMailBecause !== null) return { state: 'suppressed', reason: noMailBecause, nextAttemptAt: now };
  if (offer === null) return atOnce;
  const when = whenTold(offer.rhythm, { ...offer, now });
  switch (when.how) {
    case 'at-once':
      return atOnce;
    case 'together':
      return { state: 'held', reason: null, nextAttemptAt: when.at };
    case 'on-list':
      return { state: 'suppressed', reason: 'week-full', nextAttemptAt: now };
  }
}

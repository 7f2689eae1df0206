import {
  CHANNELS,
  type Channel,
  type PlannedNotification,
  type Recipient,
  type ToldEvent,
} from './notification.js';

/** The identity of a notification: who is told by which way about which event. */
export function notificationKey(eventId: string, recipientId: string, channel: Channel): string {
  return `${eventId}/${recipientId}/${channel}`;
}

/**
 * Who is told what about an event. Planning again, with the first plan recorded, plans nothing.
 * A person who wants no mail gets a row that says so, and is told in the application all the same.
 * @param planned keys (`notificationKey`) of what is recorded already
 * @param isQuarantined the event is older than a restored backup: it may have been told already
 */
export function planNotifications(
  event: ToldEvent,
  recipients: readonly Recipient[],
  planned: ReadonlySet<string>,
  isQuarantined: boolean,
): PlannedNotification[] {
  const known = new Set(planned);
  const rows: PlannedNotification[] = [];
  for (const recipient of recipients) {
    for (const channel of CHANNELS) {
      const key = notificationKey(event.id, recipient.personId, channel);
      if (known.has(key)) continue;
      known.add(key);
      rows.push(planOne(event, recipient, channel, isQuarantined));
    }
  }
  return rows;
}

function planOne(
  event: ToldEvent,
  recipient: Recipient,
  channel: Channel,
  isQuarantined: boolean,
): PlannedNotification {
  const reason = channel === 'mail' ? recipient.noMailBecause : null;
  const open = isQuarantined ? 'quarantined' : 'pending';
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
    state: reason === null ? open : 'suppressed',
    reason,
  };
}

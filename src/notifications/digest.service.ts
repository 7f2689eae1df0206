import { INVITATION_RULES } from '../matching/domain/index.js';
import type { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { emit } from '../platform/events/index.js';
import {
  collectDue,
  organisationsToCollectFor,
  putIntoDigest,
  waitOn,
  weekIsFull,
} from './digest.repository.js';
import { nextDigest, TIME_TO_ANSWER_MS, type PlannedNotification } from './domain/index.js';
import { insertPlanned, notificationId } from './notification.repository.js';

/** So many organisations are looked at in one round. */
export const ORGANISATIONS_A_ROUND = 100;

/** Offers that leave together: collected when they are due, and from then on a notification like the others. */
export class DigestService {
  constructor(
    private readonly clock: Clock,
    private readonly options: { readonly mailDomain: string },
  ) {}

  /** Organisations for whose people something is due, the longest first. */
  due(tx: Tx, now: Date): Promise<string[]> {
    return organisationsToCollectFor(tx, now, ORGANISATIONS_A_ROUND);
  }

  /**
   * One notification for each person of an organisation for whom something is due, in the transaction that takes what waited:
   * a second run finds nothing. A full week lets it wait for the next morning. Runs as system.
   * @returns how many mails will leave
   */
  async collect(tx: Tx, organisationId: string): Promise<number> {
    const now = this.clock.now();
    const collected = await collectDue(tx, organisationId, now);
    if (collected.length === 0) return 0;
    if (await weekIsFull(tx, organisationId, { usual: INVITATION_RULES.weeklyMails, now })) {
      const until = nextDigest('daily', now);
      const answerableUntil = new Date(until.getTime() + TIME_TO_ANSWER_MS);
      await waitOn(tx, organisationId, { now, until, answerableUntil });
      return 0;
    }
    const eventId = await emit(tx, {
      type: 'offers.collected',
      organisationId,
      subjectId: organisationId,
      payload: {},
      at: now,
    });
    const planned = collected.map(({ personId, language, packageIds }): PlannedNotification => ({
      eventId,
      eventOrganisationId: organisationId,
      tenderId: null,
      recipientId: personId,
      organisationId,
      channel: 'mail',
      template: 'offers-digest',
      packageIds,
      params: {},
      language,
      state: 'pending',
      reason: null,
      nextAttemptAt: now,
    }));
    await insertPlanned(tx, planned, { requestId: 'digests', domain: this.options.mailDomain, now });
    for (const { personId, heldIds } of collected)
      await putIntoDigest(tx, notificationId(eventId, personId, 'mail'), heldIds);
    return planned.length;
  }
}

import { Injectable } from '@nestjs/common';
import { Refusal, systemActor, type Actor } from '../kernel/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/db/index.js';
import {
  endFeedLink,
  feedLinkOf,
  makeFeedLink,
  openFeedLink,
  type FeedLink,
  type FeedReader,
} from './feed-link.repository.js';

/** Programs ask every quarter of an hour at most, a feed and a calendar on a few devices each. */
export const OPENED_AN_HOUR = 120;
const HOUR_MS = 3_600_000;

/**
 * The secret address that a person gives to a feed reader or a calendar, which cannot sign in. It reads, and nothing
 * else; as a token of a program it outlives a change of password and ends with the person's place in the organisation.
 */
@Injectable()
export class FeedLinkService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Null while the person has none. */
  of(actor: Actor): Promise<FeedLink | null> {
    const { personId } = owner(actor);
    return this.database.transaction(actor, (tx) => feedLinkOf(tx, personId));
  }

  /** Makes the link anew: the one before opens nothing from now on. @returns its secret, shown this once */
  async make(actor: Actor): Promise<string> {
    const { personId, organisationId } = owner(actor);
    const now = this.clock.now();
    return this.database.transaction(actor, async (tx) => {
      const token = await makeFeedLink(tx, { personId, organisationId }, now);
      await audit(tx, { organisationId, action: 'feed-link.made', subjectId: personId, at: now });
      return token;
    });
  }

  /** Works at once. A second time there is nothing to end. */
  async end(actor: Actor): Promise<void> {
    const { personId, organisationId } = owner(actor);
    await this.database.transaction(actor, async (tx) => {
      if (!(await endFeedLink(tx, personId))) return;
      await audit(tx, {
        organisationId,
        action: 'feed-link.ended',
        subjectId: personId,
        at: this.clock.now(),
      });
    });
  }

  /**
   * Whom a link speaks for.
   * @throws Refusal `not-found` alike for every link that opens nothing, `too-many-requests` with `retryAfter` in seconds
   */
  async open(
    token: string,
    requestId: string,
  ): Promise<{ readonly actor: Actor; readonly reader: FeedReader }> {
    const now = this.clock.now();
    const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
    const reader = await this.database.transaction(systemActor(requestId), (tx) =>
      openFeedLink(tx, token, now, hour),
    );
    if (!reader) throw new Refusal('not-found');
    const retryAfter = Math.ceil((hour.getTime() + HOUR_MS - now.getTime()) / 1000);
    if (reader.opened > OPENED_AN_HOUR) throw new Refusal('too-many-requests', { retryAfter });
    const { role, organisationId, personId } = reader;
    return { actor: { role, organisationId, personId, requestId }, reader };
  }
}

function owner({ personId, organisationId }: Actor): { personId: string; organisationId: string } {
  if (personId === null || organisationId === null) throw new Refusal('sign-in-needed');
  return { personId, organisationId };
}

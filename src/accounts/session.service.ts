import { Injectable } from '@nestjs/common';
import { Refusal, type Actor, type Language, systemActor } from '../kernel/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/db/index.js';
import { setLanguage } from './people.repository.js';
import {
  endSession,
  liveSession,
  sessionsOf,
  touchSession,
  type LiveSession,
  type SessionSeen,
} from './session.repository.js';

/** Sessions after they began: recognised on every request, seen and ended by the person they belong to. */
@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The live session of a token, null when there is none (ended, too old, unused too long, person disabled). */
  recognise(token: string, requestId: string): Promise<LiveSession | null> {
    const now = this.clock.now();
    const system: Actor = systemActor(requestId);
    return this.database.transaction(system, async (tx) => {
      const session = await liveSession(tx, token, now);
      if (session) await touchSession(tx, session, now);
      return session;
    });
  }

  async list(actor: Actor): Promise<SessionSeen[]> {
    const personId = personOf(actor);
    return this.database.transaction(actor, (tx) => sessionsOf(tx, personId, this.clock.now()));
  }

  /** Works at once: the next request with its cookie finds nothing. @throws Refusal `not-found` */
  async end(actor: Actor, sessionId: string): Promise<void> {
    const personId = personOf(actor);
    await this.database.transaction(actor, async (tx) => {
      if (!(await endSession(tx, personId, sessionId))) throw new Refusal('not-found');
      await audit(tx, {
        organisationId: actor.organisationId ?? '',
        action: 'session.ended',
        subjectId: sessionId,
        at: this.clock.now(),
      });
    });
  }

  /** The language the person is written to in, here and by mail. */
  async speak(actor: Actor, language: Language): Promise<void> {
    await this.database.transaction(actor, (tx) => setLanguage(tx, personOf(actor), language));
  }
}

function personOf(actor: Actor): string {
  if (actor.personId === null) throw new Refusal('sign-in-needed');
  return actor.personId;
}

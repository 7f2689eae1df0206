import { Inject, Injectable } from '@nestjs/common';
import { Refusal, type Actor, type Language, type Role, systemActor } from '../kernel/index.js';
import { audit, NO_ORGANISATION } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config/index.js';
import { Database } from '../platform/db/index.js';
import { CONFIG } from '../platform/tokens.js';
import { FOR_ADDRESS, FOR_NETWORK, LONGEST_BYTES } from './domain/index.js';
import { hashPassword, isOutdated, verifyPassword } from './password-hash.js';
import { normaliseEmail, setPassword } from './people.repository.js';
import { endSession, endSessionOfToken, startSession } from './session.repository.js';
import { signInCandidate, type SignInCandidate } from './sign-in.query.js';
import { countTry, forgetTries } from './sign-in-try.repository.js';
import { keyedHash } from './tokens.js';

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  /** Where it comes from; kept as a keyed hash, to slow down guessing. */
  readonly network: string;
  readonly device: string;
  /** A session that this one takes the place of. */
  readonly formerToken: string | null;
  readonly requestId: string;
}

export interface SignedIn {
  readonly token: string;
  readonly endsAt: Date;
  readonly role: Role;
  readonly language: Language;
}

/** Lets a person in. Whether an account exists cannot be told from the answer, nor from how long it takes. */
@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Refusal `sign-in-failed`, `too-many-attempts` (with `retryAfter` in seconds), `too-busy` */
  async signIn(request: SignInRequest): Promise<SignedIn> {
    const email = normaliseEmail(request.email);
    const address = keyedHash(this.config.secret, 'sign-in address', email);
    const network = keyedHash(this.config.secret, 'sign-in network', request.network);
    const system: Actor = systemActor(request.requestId);
    await this.count(system, address, network);
    const candidate = await this.database.transaction(system, (tx) => signInCandidate(tx, email));
    const isLong = Buffer.byteLength(request.password) > LONGEST_BYTES;
    const isRight = await verifyPassword(isLong ? '' : request.password, candidate?.passwordHash ?? null);
    if (!candidate || !isRight) return this.refuse(system, candidate, address);
    const renewed = isOutdated(candidate.passwordHash) ? await hashPassword(request.password) : null;
    const actor = {
      role: candidate.role,
      organisationId: candidate.organisationId,
      personId: candidate.personId,
      requestId: request.requestId,
    };
    const session = await this.begin({ ...actor, role: 'system' }, candidate, request, {
      address,
      network,
      renewed,
    });
    return {
      token: session.token,
      endsAt: session.endsAt,
      role: candidate.role,
      language: candidate.language,
    };
  }

  async signOut(actor: Actor, sessionId: string): Promise<void> {
    await this.database.transaction(actor, async (tx) => {
      if (actor.personId === null || !(await endSession(tx, actor.personId, sessionId))) return;
      await audit(tx, {
        organisationId: actor.organisationId ?? NO_ORGANISATION,
        action: 'session.ended',
        subjectId: sessionId,
        at: this.clock.now(),
      });
    });
  }

  private async count(system: Actor, address: string, network: string): Promise<void> {
    await this.database.transaction(system, (tx) =>
      countTry(
        tx,
        [
          { hash: address, slowing: FOR_ADDRESS },
          { hash: network, slowing: FOR_NETWORK },
        ],
        this.clock.now(),
      ),
    );
  }

  /** The same work for an account and for none. */
  private async refuse(system: Actor, candidate: SignInCandidate | null, address: string): Promise<never> {
    await this.database.transaction(system, (tx) =>
      audit(tx, {
        organisationId: candidate?.organisationId ?? NO_ORGANISATION,
        action: 'sign-in.refused',
        subjectId: candidate?.personId ?? null,
        details: { address },
        at: this.clock.now(),
      }),
    );
    throw new Refusal('sign-in-failed');
  }

  private begin(
    actor: Actor,
    candidate: SignInCandidate,
    { device, formerToken }: SignInRequest,
    { address, network, renewed }: { address: string; network: string; renewed: string | null },
  ) {
    const now = this.clock.now();
    return this.database.transaction(actor, async (tx) => {
      await forgetTries(tx, address, network, now);
      if (formerToken !== null) await endSessionOfToken(tx, formerToken);
      if (renewed !== null)
        await setPassword(
          tx,
          { id: candidate.personId, organisationId: candidate.organisationId },
          renewed,
          now,
        );
      const session = await startSession(tx, candidate, device, now);
      await audit(tx, {
        organisationId: candidate.organisationId,
        action: 'session.started',
        subjectId: session.id,
        at: now,
      });
      return session;
    });
  }
}

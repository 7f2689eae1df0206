import { Inject, Injectable } from '@nestjs/common';
import { Refusal, type Actor, systemActor } from '../kernel/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config/index.js';
import { Database, type Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import { CONFIG } from '../platform/tokens.js';
import { AccountMails } from './account-mails.js';
import { FOR_ADDRESS, FOR_NETWORK } from './domain/index.js';
import { hashFitPassword } from './fit-password.js';
import { verifyPassword } from './password-hash.js';
import { closeReset, openReset, replaceReset, type PasswordReset } from './password-reset.repository.js';
import { normaliseEmail, organisationById, personByEmail, setPassword } from './people.repository.js';
import { endOtherSessions, startSession } from './session.repository.js';
import { signInCandidate, type SignInCandidate } from './sign-in.query.js';
import type { SignedIn } from './sign-in.service.js';
import { countTry } from './sign-in-try.repository.js';
import { keyedHash } from './tokens.js';

/** Who confirms, and from where: tries are counted under both. */
export interface Confirming {
  readonly email: string;
  readonly network: string;
}

/** A password that was forgotten is chosen anew over a link in a mail; one that is known is changed. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly mails: AccountMails,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Sends a link to an address that has an account. For any other address the same is done but the mail: neither the
   * answer nor its time says which.
   * @throws Refusal `too-many-attempts` (with `retryAfter` in seconds)
   */
  async ask(email: string, network: string, requestId: string): Promise<void> {
    await this.database.transaction(systemActor(requestId), async (tx) => {
      const now = this.clock.now();
      await this.count(tx, email, network, now);
      const person = await personByEmail(tx, email);
      const id = person
        ? await replaceReset(
            tx,
            { personId: person.id, organisationId: person.organisationId },
            this.config.secret,
            now,
          )
        : newId(now);
      await this.mails.ask(tx, { kind: 'password', id });
      if (person)
        await audit(tx, {
          organisationId: person.organisationId,
          action: 'password.asked',
          subjectId: person.id,
          at: now,
        });
    });
  }

  /** Whose password a token lets choose. @throws Refusal `reset-unknown`, alike for a used, late or made-up one */
  async read(token: string, requestId: string): Promise<PasswordReset> {
    const found = await this.database.transaction(systemActor(requestId), (tx) =>
      openReset(tx, token, this.clock.now()),
    );
    if (!found) throw new Refusal('reset-unknown');
    return found;
  }

  /**
   * Sets the new password, ends every session the person had, and signs them in here.
   * @throws Refusal `reset-unknown`, `password-…`
   */
  async reset(token: string, password: string, device: string, requestId: string): Promise<SignedIn> {
    const about = await this.read(token, requestId);
    const passwordHash = await hashFitPassword(password, about);
    return this.database.transaction(systemActor(requestId), async (tx) => {
      const now = this.clock.now();
      const open = await openReset(tx, token, now);
      if (!open) throw new Refusal('reset-unknown');
      const { personId, organisationId, role, language } = open;
      await closeReset(tx, open.id, now);
      await setPassword(tx, { id: personId, organisationId }, passwordHash, now);
      await endOtherSessions(tx, personId, null);
      const session = await startSession(tx, { personId, organisationId, role }, device, now);
      await audit(tx, { organisationId, action: 'password.reset', subjectId: personId, at: now });
      return { token: session.token, endsAt: session.endsAt, role, language };
    });
  }

  /**
   * Changes the password of somebody who knows the present one; their other sessions end.
   * @throws Refusal `password-wrong`, `password-…`, `too-many-attempts`
   */
  async change(
    actor: Actor,
    who: Confirming & { readonly name: string; readonly sessionId: string },
    present: string,
    next: string,
  ): Promise<void> {
    const { personId, organisationId } = await this.confirm(actor, who, present);
    const organisation = await this.database.transaction(systemActor(actor.requestId), (tx) =>
      organisationById(tx, organisationId),
    );
    const passwordHash = await hashFitPassword(next, { ...who, organisationName: organisation?.name ?? '' });
    await this.database.transaction({ ...actor, role: 'system' }, async (tx) => {
      const now = this.clock.now();
      await setPassword(tx, { id: personId, organisationId }, passwordHash, now);
      await endOtherSessions(tx, personId, who.sessionId);
      await audit(tx, { organisationId, action: 'password.changed', subjectId: personId, at: now });
    });
  }

  /** That somebody who is signed in knows their password. @throws Refusal `password-wrong`, `too-many-attempts` */
  async confirm(actor: Actor, { email, network }: Confirming, password: string): Promise<SignInCandidate> {
    const candidate = await this.database.transaction(systemActor(actor.requestId), async (tx) => {
      await this.count(tx, email, network, this.clock.now());
      return signInCandidate(tx, email);
    });
    if (!candidate || !(await verifyPassword(password, candidate.passwordHash)))
      throw new Refusal('password-wrong');
    return candidate;
  }

  private count(tx: Tx, email: string, network: string, now: Date): Promise<void> {
    const { secret } = this.config;
    return countTry(
      tx,
      [
        { hash: keyedHash(secret, 'reset address', normaliseEmail(email)), slowing: FOR_ADDRESS },
        { hash: keyedHash(secret, 'reset network', network), slowing: FOR_NETWORK },
      ],
      now,
    );
  }
}

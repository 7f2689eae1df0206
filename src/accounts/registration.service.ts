import { Inject, Injectable } from '@nestjs/common';
import { Refusal, systemActor } from '../kernel/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config/index.js';
import { Database } from '../platform/db/index.js';
import { CONFIG } from '../platform/tokens.js';
import { AccountMails } from './account-mails.js';
import { FOR_NETWORK } from './domain/index.js';
import { hashFitPassword } from './fit-password.js';
import { replaceReset } from './password-reset.repository.js';
import { createOrganisation, createPerson, normaliseEmail, personByEmail } from './people.repository.js';
import {
  closeRegistration,
  openRegistration,
  replaceRegistration,
  type NewRegistration,
  type Registration,
} from './registration.repository.js';
import { startSession } from './session.repository.js';
import type { SignedIn } from './sign-in.service.js';
import { countTry } from './sign-in-try.repository.js';
import { keyedHash } from './tokens.js';

/** Who came in, and what they tried before. */
type Registered = SignedIn & Pick<Registration, 'trialId'>;

/**
 * How a social enterprise comes in by itself, and a contractor that tried a document: it asks, confirms its address, and is
 * there.
 */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly mails: AccountMails,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Sends a link to the address. Who has an account already gets the way back into it instead: what is answered here
   * says nothing about that.
   * @throws Refusal `too-many-attempts` (with `retryAfter` in seconds)
   */
  async ask(asked: NewRegistration, network: string, requestId: string): Promise<void> {
    const { secret } = this.config;
    const email = normaliseEmail(asked.email);
    await this.database.transaction(systemActor(requestId), async (tx) => {
      const now = this.clock.now();
      const source = { hash: keyedHash(secret, 'registration network', network), slowing: FOR_NETWORK };
      await countTry(tx, [source], now);
      const known = await personByEmail(tx, email);
      if (known) {
        const { id: personId, organisationId } = known;
        await this.mails.ask(tx, {
          kind: 'password',
          id: await replaceReset(tx, { personId, organisationId }, secret, now),
        });
        return;
      }
      const id = await replaceRegistration(tx, { ...asked, email }, secret, now);
      await this.mails.ask(tx, { kind: 'registration', id });
    });
  }

  /** What a token confirms. @throws Refusal `registration-unknown`, alike for a used, late or made-up one */
  async read(token: string, requestId: string): Promise<Registration> {
    const found = await this.database.transaction(systemActor(requestId), (tx) =>
      openRegistration(tx, token, this.clock.now()),
    );
    if (!found) throw new Refusal('registration-unknown');
    return found;
  }

  /**
   * Makes the organisation and its first manager, and signs them in.
   * @throws Refusal `registration-unknown`, `password-…`, `enterprise-number-taken`, `email-taken`
   */
  async confirm(token: string, password: string, device: string, requestId: string): Promise<Registered> {
    const about = await this.read(token, requestId);
    const passwordHash = await hashFitPassword(password, about);
    return this.database.transaction(systemActor(requestId), async (tx) => {
      const now = this.clock.now();
      const open = await openRegistration(tx, token, now);
      if (!open) throw new Refusal('registration-unknown');
      const { enterpriseNumber, organisationName, name, email, language, trialId } = open;
      const role = trialId === null ? ('enterprise' as const) : ('contractor' as const);
      const organisation = { role, name: organisationName, enterpriseNumber, language };
      const organisationId = await createOrganisation(tx, organisation, now);
      const personId = await createPerson(tx, { organisationId, email, name, language, passwordHash }, now);
      await closeRegistration(tx, open.id, now);
      const session = await startSession(tx, { personId, organisationId, role }, device, now);
      await audit(tx, {
        organisationId,
        action: 'organisation.registered',
        subjectId: organisationId,
        at: now,
      });
      return { token: session.token, endsAt: session.endsAt, role, language, trialId };
    });
  }
}

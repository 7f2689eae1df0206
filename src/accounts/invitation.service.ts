import { Inject, Injectable } from '@nestjs/common';
import { Refusal, systemActor, type Language } from '../kernel/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config/index.js';
import { Database, type Tx } from '../platform/db/index.js';
import { CONFIG } from '../platform/tokens.js';
import type { OrganisationRole } from './domain/index.js';
import { hashFitPassword } from './fit-password.js';
import {
  closeInvitation,
  isEmailTaken,
  openInvitation,
  replaceInvitation,
  type Invitation,
} from './invitation.repository.js';
import { createPerson, normaliseEmail, organisationById } from './people.repository.js';
import { startSession } from './session.repository.js';
import type { SignedIn } from './sign-in.service.js';

export interface Invite {
  readonly organisationId: string;
  readonly email: string;
  readonly name: string;
  /** The organisation's own when absent. */
  readonly language?: Language;
  /** A manager when absent: whoever starts an organisation is. */
  readonly organisationRole?: OrganisationRole;
}

/** How people come in: invited by address into one organisation, once, within three days. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'secret'>,
  ) {}

  /**
   * Invites an address, in the caller's transaction, as the system or as somebody of the organisation.
   * @returns the token for the link `/invitation/<token>`; it is nowhere else
   * @throws Refusal `organisation-unknown`, `email-taken`
   */
  async invite(
    tx: Tx,
    { organisationId, email, name, language, organisationRole = 'manager' }: Invite,
  ): Promise<{ id: string; token: string; expiresAt: Date }> {
    const now = this.clock.now();
    const address = normaliseEmail(email);
    const organisation = await organisationById(tx, organisationId);
    if (!organisation) throw new Refusal('organisation-unknown');
    if (await isEmailTaken(tx, address)) throw new Refusal('email-taken');
    const invitation = await replaceInvitation(
      tx,
      {
        organisationId,
        email: address,
        name,
        language: language ?? organisation.language,
        organisationRole,
      },
      this.config.secret,
      now,
    );
    await audit(tx, {
      organisationId,
      action: 'invitation.sent',
      subjectId: organisationId,
      personal: { email: address },
      at: now,
    });
    return invitation;
  }

  /** Who a token invites where. @throws Refusal `invitation-unknown`, alike for a used, a late and a made-up one */
  async read(token: string, requestId: string): Promise<Invitation> {
    const now = this.clock.now();
    const found = await this.database.transaction(systemActor(requestId), (tx) =>
      openInvitation(tx, token, now),
    );
    if (!found) throw new Refusal('invitation-unknown');
    return found;
  }

  /**
   * Makes the person and signs them in.
   * @throws Refusal `invitation-unknown`, `password-too-short`, `password-too-long`, `password-too-common`,
   * `password-about-you`, `email-taken`
   */
  async accept(token: string, password: string, device: string, requestId: string): Promise<SignedIn> {
    const invitation = await this.read(token, requestId);
    const passwordHash = await hashFitPassword(password, invitation);
    return this.database.transaction(systemActor(requestId), async (tx) => {
      const now = this.clock.now();
      const open = await openInvitation(tx, token, now);
      const organisation = open === null ? null : await organisationById(tx, open.organisationId);
      if (!open || !organisation) throw new Refusal('invitation-unknown');
      const { organisationId, email, name, language, organisationRole } = open;
      const person = { organisationId, email, name, language, organisationRole, passwordHash };
      const personId = await createPerson(tx, person, now);
      await closeInvitation(tx, open.id, now);
      const owner = { personId, organisationId, role: organisation.role };
      const session = await startSession(tx, owner, device, now);
      await audit(tx, { organisationId, action: 'invitation.accepted', subjectId: personId, at: now });
      return { token: session.token, endsAt: session.endsAt, role: organisation.role, language };
    });
  }
}

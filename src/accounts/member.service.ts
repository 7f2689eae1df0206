import { Injectable } from '@nestjs/common';
import { Refusal, type Actor, type Language } from '../kernel/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import { AccountMails } from './account-mails.js';
import type { OrganisationRole } from './domain/index.js';
import { openInvitationsOf, withdrawInvitation, type InvitationSent } from './invitation.repository.js';
import { InvitationService } from './invitation.service.js';
import { lockMembers, memberById, membersOf, setOrganisationRole, type Member } from './member.repository.js';
import { disablePerson } from './people.repository.js';

export interface Members {
  readonly people: readonly Member[];
  /** Sent and not yet accepted. */
  readonly invitations: readonly InvitationSent[];
  /** Whether the one who asks decides about them. */
  readonly mayManage: boolean;
}

export interface MemberToInvite {
  readonly email: string;
  readonly name: string;
  readonly language: Language;
  readonly organisationRole: OrganisationRole;
}

/** The people of an organisation: everybody of it sees them, its managers decide who they are. */
@Injectable()
export class MemberService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly invitations: InvitationService,
    private readonly mails: AccountMails,
  ) {}

  async list(actor: Actor): Promise<Members> {
    const organisationId = organisationOf(actor);
    return this.database.transaction(actor, async (tx) => {
      const people = await membersOf(tx, organisationId);
      const mayManage = people.some(
        ({ id, organisationRole }) => id === actor.personId && organisationRole === 'manager',
      );
      const invitations = await openInvitationsOf(tx, organisationId, this.clock.now());
      return { people, invitations, mayManage };
    });
  }

  /** Sends the invitation by mail. @throws Refusal `manager-needed`, `email-taken` */
  async invite(actor: Actor, { email, name, language, organisationRole }: MemberToInvite): Promise<void> {
    await this.asManager(actor, async (tx, organisationId) => {
      const asked = { organisationId, email, name, language, organisationRole };
      const { id } = await this.invitations.invite(tx, asked);
      await this.mails.ask(tx, { kind: 'invitation', id });
    });
  }

  /** Its link opens nothing from now on. @throws Refusal `manager-needed`, `not-found` */
  async withdraw(actor: Actor, invitationId: string): Promise<void> {
    await this.asManager(actor, async (tx, organisationId) => {
      if (!(await withdrawInvitation(tx, organisationId, invitationId))) throw new Refusal('not-found');
      await this.record(tx, organisationId, 'invitation.withdrawn', invitationId);
    });
  }

  /** @throws Refusal `manager-needed`, `not-found`, `last-manager` */
  async setRole(actor: Actor, personId: string, role: OrganisationRole): Promise<void> {
    await this.asManager(actor, async (tx, organisationId) => {
      await this.memberToChange(tx, organisationId, personId, role);
      await setOrganisationRole(tx, personId, role);
      await this.record(tx, organisationId, 'member.role-set', personId, { role });
    });
  }

  /** They are signed out everywhere and cannot come back. @throws Refusal `manager-needed`, `not-found`, `last-manager` */
  async remove(actor: Actor, personId: string): Promise<void> {
    await this.asManager(actor, async (tx, organisationId) => {
      await this.memberToChange(tx, organisationId, personId, null);
      await disablePerson(tx, personId, this.clock.now());
      await this.record(tx, organisationId, 'member.removed', personId);
    });
  }

  private async asManager(
    actor: Actor,
    work: (tx: Tx, organisationId: string) => Promise<void>,
  ): Promise<void> {
    const organisationId = organisationOf(actor);
    await this.database.transaction(actor, async (tx) => {
      await lockMembers(tx, organisationId);
      const self = await memberById(tx, organisationId, actor.personId ?? '');
      if (self?.organisationRole !== 'manager') throw new Refusal('manager-needed');
      await work(tx, organisationId);
    });
  }

  /** @param role what they become, null when they leave */
  private async memberToChange(
    tx: Tx,
    organisationId: string,
    personId: string,
    role: OrganisationRole | null,
  ): Promise<void> {
    const people = await membersOf(tx, organisationId);
    if (!people.some(({ id }) => id === personId)) throw new Refusal('not-found');
    const managers = people.filter(({ organisationRole }) => organisationRole === 'manager');
    const isLast = managers.length === 1 && managers[0]!.id === personId;
    if (isLast && role !== 'manager') throw new Refusal('last-manager');
  }

  private async record(
    tx: Tx,
    organisationId: string,
    action: string,
    subjectId: string,
    details: { readonly [name: string]: string } = {},
  ): Promise<void> {
    await audit(tx, { organisationId, action, subjectId, details, at: this.clock.now() });
  }
}

function organisationOf({ organisationId, personId }: Actor): string {
  if (organisationId === null || personId === null) throw new Refusal('sign-in-needed');
  return organisationId;
}

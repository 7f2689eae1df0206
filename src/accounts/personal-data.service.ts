import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Refusal, systemActor, type Actor } from '../kernel/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import { Jobs } from '../platform/queue/index.js';
import { AccountMails } from './account-mails.js';
import {
  daysAfter,
  ERASURE_AFTER_DAYS,
  ERASURE_AGAIN_DAYS,
  KEPT_AFTER_LEAVING_DAYS,
  leavesNoManager,
} from './domain/index.js';
import type { HoldingGroup } from './holdings.query.js';
import { lockMembers, membersOf } from './member.repository.js';
import { PasswordService, type Confirming } from './password.service.js';
import {
  askErasure,
  erasePerson,
  erasureOf,
  countHeldOn,
  hasLeftBefore,
  heldOn,
  leftBefore,
  subjectById,
  takeBackErasure,
  type ErasureAsked,
  type Held,
  type Subject,
} from './personal-data.repository.js';

const ERASURE_JOB = 'accounts.erasure';
const LONG_GONE_JOB = 'accounts.long-gone';
/** Who is left over is planned the next day. */
const LONG_GONE_A_DAY = 1_000;

/** What is held on a person, given to them; and the end of it, when they ask. */
@Injectable()
export class PersonalDataService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly passwords: PasswordService,
    private readonly jobs: Jobs,
    private readonly mails: AccountMails,
  ) {}

  onModuleInit(): void {
    this.jobs.work<{ personId: string; askedAt: string }>(ERASURE_JOB, (tx, job) =>
      this.eraseWhenDue(tx, job),
    );
    this.jobs.work<{ personId: string }>(LONG_GONE_JOB, (tx, { personId }) =>
      this.eraseLongGone(tx, personId),
    );
  }

  /**
   * Everything, table by table, to be taken away; empty tables too, so that it is seen what could be there. That it was
   * taken is recorded first: what follows is handed over while it is read, and a connection is kept until the end.
   */
  async export(actor: Actor): Promise<AsyncIterable<Held>> {
    const { organisationId, personId } = personOf(actor);
    await this.database.transaction(actor, (tx) =>
      audit(tx, {
        organisationId,
        action: 'person.data-exported',
        subjectId: personId,
        at: this.clock.now(),
      }),
    );
    return this.database.handingOver(systemActor(actor.requestId), async function* (tx) {
      const subject = await subjectById(tx, personId);
      if (subject) yield* heldOn(tx, subject);
    });
  }

  /** How much is held on whoever asks, heading by heading. Asked as the system: parts of what is held no person reads. */
  counts(actor: Actor): Promise<ReadonlyMap<HoldingGroup, number>> {
    const { personId } = personOf(actor);
    return this.database.transaction(systemActor(actor.requestId), async (tx) => {
      const subject = await subjectById(tx, personId);
      return subject ? countHeldOn(tx, subject) : new Map();
    });
  }

  /** Null while none is asked; and whether others would be left without a manager. */
  async erasure(
    actor: Actor,
  ): Promise<{ asked: ErasureAsked | null; isLastManager: boolean; isAlone: boolean }> {
    const { organisationId, personId } = personOf(actor);
    return this.database.transaction(actor, async (tx) => {
      const people = await membersOf(tx, organisationId);
      return {
        asked: await erasureOf(tx, personId),
        isLastManager: leavesNoManager(people, personId),
        isAlone: people.length === 1,
      };
    });
  }

  /**
   * Begins the days in which it can be taken back.
   * @throws Refusal `password-wrong`, `too-many-attempts`, `last-manager`
   */
  async ask(actor: Actor, who: Confirming, password: string): Promise<void> {
    const { organisationId, personId } = personOf(actor);
    await this.passwords.confirm(actor, who, password);
    await this.database.transaction(actor, async (tx) => {
      await lockMembers(tx, organisationId);
      if (leavesNoManager(await membersOf(tx, organisationId), personId)) throw new Refusal('last-manager');
      const askedAt = this.clock.now();
      const dueAt = daysAfter(askedAt, ERASURE_AFTER_DAYS);
      const id = await askErasure(tx, { id: personId, organisationId }, { askedAt, dueAt });
      if (id === null) return;
      // Whoever did not ask learns of it in time; and nobody can be told afterwards.
      await this.mails.ask(tx, { kind: 'erasure', id });
      await this.plan(tx, personId, askedAt, dueAt);
      await audit(tx, { organisationId, action: 'person.erasure-asked', subjectId: personId, at: askedAt });
    });
  }

  /** @throws Refusal `not-found` when none is asked */
  async takeBack(actor: Actor): Promise<void> {
    const { organisationId, personId } = personOf(actor);
    await this.database.transaction(actor, async (tx) => {
      // So that it is not carried out in the meantime.
      await lockMembers(tx, organisationId);
      if (!(await takeBackErasure(tx, personId))) throw new Refusal('not-found');
      const at = this.clock.now();
      await audit(tx, { organisationId, action: 'person.erasure-taken-back', subjectId: personId, at });
    });
  }

  /** Nothing when it was taken back, or asked again since; a day later when others would lose their last manager. */
  private async eraseWhenDue(
    tx: Tx,
    { personId, askedAt }: { readonly personId: string; readonly askedAt: string },
  ): Promise<void> {
    const subject = await subjectById(tx, personId);
    if (!subject) return;
    const { organisationId } = subject;
    await lockMembers(tx, organisationId);
    const asked = await erasureOf(tx, personId);
    if (asked?.askedAt.toISOString() !== askedAt) return;
    const at = this.clock.now();
    if (leavesNoManager(await membersOf(tx, organisationId), personId))
      return this.plan(tx, personId, asked.askedAt, daysAfter(at, ERASURE_AGAIN_DAYS));
    await this.erase(tx, subject, at);
  }

  /** Plans to erase each who left more than a year ago: none waits for another, or fails with it. */
  async planLongGone(tx: Tx): Promise<void> {
    for (const personId of await leftBefore(tx, this.longAgo(), LONG_GONE_A_DAY))
      await this.jobs.add(tx, LONG_GONE_JOB, { personId }, { key: `${personId} ${this.clock.today()}` });
  }

  private async eraseLongGone(tx: Tx, personId: string): Promise<void> {
    const subject = await subjectById(tx, personId);
    if (!subject) return;
    // Whoever is taken in again meanwhile is not gone.
    await lockMembers(tx, subject.organisationId);
    if (await hasLeftBefore(tx, personId, this.longAgo())) await this.erase(tx, subject, this.clock.now());
  }

  private longAgo(): Date {
    return daysAfter(this.clock.now(), -KEPT_AFTER_LEAVING_DAYS);
  }

  private async erase(tx: Tx, subject: Subject, at: Date): Promise<void> {
    await erasePerson(tx, subject, at);
    const { organisationId, id: subjectId } = subject;
    await audit(tx, { organisationId, action: 'person.erased', subjectId, at });
  }

  private plan(tx: Tx, personId: string, askedAt: Date, dueAt: Date): Promise<void> {
    const payload = { personId, askedAt: askedAt.toISOString() };
    return this.jobs.add(tx, ERASURE_JOB, payload, {
      key: `${personId} ${dueAt.toISOString()}`,
      after: dueAt,
    });
  }
}

function personOf({ organisationId, personId }: Actor): { organisationId: string; personId: string } {
  if (organisationId === null || personId === null) throw new Refusal('sign-in-needed');
  return { organisationId, personId };
}

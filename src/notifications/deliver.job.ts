import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Actor, systemActor } from '../kernel/index.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Tx } from '../platform/db/index.js';
import { failPoint } from '../platform/fail-points/index.js';
import {
  OutboxGateway,
  SmtpGateway,
  type Handover,
  type Mail,
  type MailGateway,
} from '../platform/mail/index.js';
import { dropFromDigest, settleWithDigest, stillToOffer } from './digest.repository.js';
import { nextTry, quietUntil, whyNotToSend, type WhyNot } from './domain/index.js';
import {
  addAttempt,
  beginHanding,
  FINISHED,
  holdClaim,
  refuseAddress,
  settle,
  type AttemptOutcome,
  type Claim,
  type Settlement,
} from './ledger.repository.js';
import type { MailWriter } from './mail-writer.js';
import { stillUnanswered } from './reminders.query.js';
import { sendingFacts } from './sending-facts.query.js';

/** What a delivery says of the mail server: nothing, when it was not spoken to. */
export type ServerSays = 'well' | 'unreachable' | 'nothing';

/** A mail was given away and nobody could be told: the claim must run out, not be put back. */
export class OutcomeUnrecorded extends Error {
  constructor(id: string, options: ErrorOptions) {
    super(`what became of the mail of ${id} could not be recorded`, options);
    this.name = 'OutcomeUnrecorded';
  }
}

const RECORD_AGAIN_MS = 500;

/** Names this process in the history of what it did. */
export const WORKER = `${hostname()}:${process.pid}`;

/**
 * Delivers one claimed notification. What needs no mail server is decided and done in one transaction. Giving a
 * mail to a server cannot be: the intention is recorded first, then the mail given, then the outcome recorded,
 * each under the fence. A death in between leaves the row in doubt, never lost.
 */
export class Delivery {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly gateway: MailGateway,
    private readonly writer: MailWriter,
  ) {}

  /** @param leaseHolds asked right before a mail leaves: a worker that was frozen may have lost its claim */
  async deliver(claim: Claim, leaseHolds: () => boolean): Promise<ServerSays> {
    const mail = await this.transaction(claim, (tx) => this.decide(tx, claim));
    await failPoint('commit.after');
    if (!mail || !(this.gateway instanceof SmtpGateway)) return 'nothing';
    if (!leaseHolds()) return 'nothing';
    const handover = await this.gateway.send(mail);
    await this.recordWhile(leaseHolds, claim, mail, handover);
    return handover.outcome === 'unreachable' ? 'unreachable' : 'well';
  }

  /**
   * The mail is given: what became of it must not be forgotten because the database is away for a moment. When
   * it stays away, the lease runs out and the row is in doubt.
   */
  private async recordWhile(
    leaseHolds: () => boolean,
    claim: Claim,
    mail: Mail,
    handover: Handover,
  ): Promise<void> {
    for (;;) {
      try {
        await failPoint('accept.after');
        await this.transaction(claim, (tx) => this.record(tx, claim, mail, handover));
        await failPoint('commit.after');
        return;
      } catch (error) {
        if (!leaseHolds()) throw new OutcomeUnrecorded(claim.id, { cause: error });
        await sleep(RECORD_AGAIN_MS);
      }
    }
  }

  /** Something broke on our side before anything was given away: try again later. */
  async putBack(claim: Claim, cause: unknown): Promise<void> {
    const detail = cause instanceof Error ? cause.message : String(cause);
    await this.transaction(claim, (tx) =>
      this.end(tx, claim, 'deferred', detail, this.later(claim, 'fault')),
    );
  }

  /** @returns the mail to give to the server, or null when there is nothing more to do */
  private async decide(tx: Tx, planned: Claim): Promise<Mail | null> {
    await failPoint('authorise.before');
    if (!(await holdClaim(tx, planned))) return null;
    const claim = await this.asItStands(tx, planned);
    const facts = await sendingFacts(tx, claim);
    const whyNot: WhyNot | null = facts
      ? whyNotToSend(facts)
      : { state: 'cancelled', reason: 'person-disabled' };
    await failPoint('authorise.after');
    if (!facts || whyNot) return this.endWithoutMail(tx, claim, whyNot!);
    const quiet =
      claim.template === 'mail-test' ? null : quietUntil(facts.quiet, this.clock.now(), facts.answerBy);
    if (claim.channel === 'mail' && quiet) {
      const waits = { state: 'pending', reason: 'quiet-hours', nextAttemptAt: quiet } as const;
      await this.end(tx, claim, 'deferred', 'quiet hours', waits);
      return null;
    }
    if (claim.channel === 'in-app') {
      await this.end(tx, claim, 'delivered', null, done('delivered'));
      return null;
    }
    await failPoint('render.before');
    const mail = await this.writer.write(tx, claim, facts, this.clock.now());
    await failPoint('render.after');
    if (!mail) return this.endWithoutMail(tx, claim, { state: 'cancelled', reason: 'nothing-to-tell' });
    if (this.gateway instanceof OutboxGateway) {
      await this.gateway.store(tx, mail, this.clock.now());
      await this.end(tx, claim, 'handed', 'outbox', done('handed'));
      return null;
    }
    await beginHanding(tx, claim);
    await this.attempt(tx, claim, 'handing', null);
    return mail;
  }

  /** A mail about several offers says those that stand when it leaves, a reminder those that were not answered meanwhile. */
  private async asItStands(tx: Tx, claim: Claim): Promise<Claim> {
    if (claim.template === 'offer-reminder')
      return { ...claim, packageIds: await stillUnanswered(tx, claim) };
    if (claim.template !== 'offers-digest') return claim;
    const now = this.clock.now();
    const packageIds = await stillToOffer(tx, claim, now);
    await dropFromDigest(tx, claim.id, packageIds, now);
    return { ...claim, packageIds };
  }

  private async endWithoutMail(tx: Tx, claim: Claim, { state, reason }: WhyNot): Promise<null> {
    await this.end(tx, claim, state, reason, { state, reason, nextAttemptAt: null });
    return null;
  }

  private async record(tx: Tx, claim: Claim, mail: Mail, handover: Handover): Promise<void> {
    switch (handover.outcome) {
      case 'handed':
        return this.end(tx, claim, 'handed', handover.detail, done('handed'));
      case 'rejected':
        if (handover.addressRefused) {
          await failPoint('suppression.write');
          await refuseAddress(tx, claim.organisationId, mail.to.address, handover.detail, this.clock.now());
        }
        return this.end(tx, claim, 'rejected', handover.detail, failed('rejected'));
      case 'unknown': {
        const later = this.later(claim, 'in-doubt');
        const settlement = later.state === 'pending' ? { ...later, state: 'in_doubt' as const } : later;
        return this.end(tx, claim, 'in-doubt', handover.detail, settlement);
      }
      case 'deferred':
      case 'unreachable':
        return this.end(tx, claim, 'deferred', handover.detail, this.later(claim, handover.outcome));
    }
  }

  /** The attempt is a fact even when the claim has passed on; the state then is not ours to change. */
  private async end(
    tx: Tx,
    claim: Claim,
    outcome: AttemptOutcome,
    detail: string | null,
    settlement: Settlement,
  ): Promise<void> {
    await this.attempt(tx, claim, outcome, detail);
    await failPoint('attempt.after');
    const now = this.clock.now();
    const isOurs = await settle(tx, claim, settlement, now);
    if (isOurs && claim.template === 'offers-digest' && FINISHED.includes(settlement.state))
      await settleWithDigest(tx, claim.id, settlement, now);
    await failPoint('state.after');
  }

  private attempt(tx: Tx, claim: Claim, outcome: AttemptOutcome, detail: string | null): Promise<void> {
    return addAttempt(tx, claim, { outcome, detail, worker: WORKER, at: this.clock.now() });
  }

  private later(claim: Claim, reason: string): Settlement {
    const at = nextTry(claim.tries, claim.createdAt, this.clock.now(), Math.random());
    return at ? { state: 'pending', reason, nextAttemptAt: at } : failed('given-up');
  }

  private transaction<T>(claim: Claim, work: (tx: Tx) => Promise<T>): Promise<T> {
    const actor: Actor = systemActor(claim.requestId);
    return this.database.transaction(actor, work);
  }
}

function done(state: 'handed' | 'delivered'): Settlement {
  return { state, reason: null, nextAttemptAt: null };
}

function failed(reason: string): Settlement {
  return { state: 'failed', reason, nextAttemptAt: null };
}

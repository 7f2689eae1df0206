import type { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { failPoint } from '../platform/fail-points/index.js';
import { planNotifications, type MailList } from './domain/index.js';
import { insertPlanned, oneAtATime, plannedKeys, supersedeWaiting } from './notification.repository.js';
import { quarantineDeclaredAt, resumeList, stopList, stoppedLists } from './outbox.repository.js';
import { eventById, toldOf } from './recipients.query.js';
import { discrepancies, type Discrepancy } from './reconcile.query.js';
import { readStopToken } from './stop-token.js';

export interface NotificationsOptions {
  readonly secret: string;
  /** After the `@` of Message-IDs. */
  readonly mailDomain: string;
}

/** Who is told what, once. Every method runs in the caller's transaction; none of them sends. */
export class NotificationsService {
  constructor(
    private readonly clock: Clock,
    private readonly options: NotificationsOptions,
  ) {}

  /**
   * Plans the notifications of an event: `tender.published` (each matched enterprise, and a receipt), `match.new`
   * (subject: the tender; what its enterprises were not told of yet), `tender.withdrawn`, `tender.extended`
   * and `package.withdrawn` (who heard of it, and who answered), `answer.given` (the
   * contractor, and a receipt), `ledger.entry-added` (the enterprise that did the work, when it was performed),
   * `performance.confirmed` and `.disputed` (the contractor), `question.asked` (the contractor), `question.answered`
   * (who asked, who is interested), `answer.decided` (the enterprise, or the contractor when the winner spoke; the partners of a team),
   * `award.lapsed` (both sides), `tender.closing` (who looked and has not answered), `approval.expiring` (its holder), `boards.morning` (the contractor), `team.changed` (who is asked, who asked, who is in it; the contractor once all consented). Other events are nobody's news. Safe to repeat. Runs as system.
   * @returns how many rows are new
   */
  async planFor(tx: Tx, eventId: string): Promise<number> {
    await failPoint('plan.before');
    const event = await eventById(tx, eventId);
    if (!event) throw new Error(`no such event: ${eventId}`);
    await oneAtATime(tx, event.subjectId);
    const told = await toldOf(tx, event);
    if (!told) return 0;
    const now = this.clock.now();
    if (event.type === 'tender.withdrawn') await supersedeWaiting(tx, event.subjectId, now);
    const quarantinedAt = await quarantineDeclaredAt(tx);
    const planned = planNotifications(
      { id: event.id, organisationId: event.organisationId, tenderId: told.tenderId },
      told.recipients,
      await plannedKeys(tx, event.id),
      { now, isQuarantined: quarantinedAt !== null && event.occurredAt <= quarantinedAt },
    );
    const { mailDomain } = this.options;
    const inserted = await insertPlanned(tx, planned, {
      requestId: event.requestId,
      domain: mailDomain,
      now,
    });
    await failPoint('plan.after');
    return inserted;
  }

  /**
   * The one-click stop of a mail (RFC 8058): no sign-in, no cookie. News stays readable in the application.
   * @returns the list that was stopped, or null for a token that is not ours
   */
  async unsubscribe(tx: Tx, token: string): Promise<MailList | null> {
    const wish = readStopToken(token, this.options.secret);
    if (!wish) return null;
    return (await stopList(tx, wish.personId, wish.list, this.clock.now())) ? wish.list : null;
  }

  /** What a stop link is about, without stopping anything: GET shows, POST acts. */
  stopRequest(token: string): { personId: string; list: MailList } | null {
    return readStopToken(token, this.options.secret);
  }

  /** The streams that a person does not want by mail. */
  stoppedLists(tx: Tx, personId: string): Promise<MailList[]> {
    return stoppedLists(tx, personId);
  }

  /** What a person wishes of a stream, from its own account. Harmless to repeat. */
  async wish(tx: Tx, personId: string, list: MailList, isWanted: boolean): Promise<void> {
    await (isWanted ? resumeList(tx, personId, list) : stopList(tx, personId, list, this.clock.now()));
  }

  /** The person takes a stop back. */
  async resubscribe(tx: Tx, token: string): Promise<MailList | null> {
    const wish = readStopToken(token, this.options.secret);
    if (wish) await resumeList(tx, wish.personId, wish.list);
    return wish?.list ?? null;
  }

  /**
   * Compares the ledger with what published tenders and matches demand, and plans what is missing.
   * @returns everything that was not as it should be
   */
  async reconcile(tx: Tx): Promise<Discrepancy[]> {
    const found = await discrepancies(tx, this.clock.now());
    const incomplete = new Set(found.filter((one) => one.kind === 'missing').map((one) => one.eventId));
    // In one order, whoever reconciles: two of them wait for each other at most once.
    for (const eventId of [...incomplete].sort()) {
      await failPoint('reconcile.insert');
      await this.planFor(tx, eventId);
    }
    return found;
  }
}

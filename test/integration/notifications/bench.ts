import type { Clock } from '../../../src/platform/clock.js';
import { rows } from '../../../src/platform/db/index.js';
import { Messages, MESSAGES_FOLDER } from '../../../src/platform/i18n/index.js';
import { OutboxGateway, type MailGateway } from '../../../src/platform/mail/index.js';
import { Delivery } from '../../../src/notifications/deliver.job.js';
import { MailWishService } from '../../../src/notifications/mail-wish.service.js';
import { DigestService } from '../../../src/notifications/digest.service.js';
import { CHANNELS, type NotificationState } from '../../../src/notifications/domain/index.js';
import { claimDue, freeExpired, type Claim } from '../../../src/notifications/ledger.repository.js';
import { MailWriter } from '../../../src/notifications/mail-writer.js';
import { NotificationsService } from '../../../src/notifications/notifications.service.js';
import { SYSTEM, type TestDatabase } from '../../database.js';
import { NOW } from './world.js';

export const SECRET = 'a secret of thirty-two characters';
export const PUBLIC_URL = 'https://maillon.example.org';
const FROM = 'Maillon <maillon@example.org>';
const LEASE_MS = 15_000;

/** The room without its loop: the test says what happens when. */
export class Bench {
  now = NOW;
  readonly clock = { now: () => this.now, today: () => '2026-11-24' } as Clock;
  readonly service = new NotificationsService(this.clock, { secret: SECRET, mailDomain: 'example.org' });
  readonly wishes = new MailWishService(this.clock, { mailDomain: 'example.org' });
  readonly digests = new DigestService(this.clock, { mailDomain: 'example.org' });
  private readonly writer = new MailWriter(Messages.load(MESSAGES_FOLDER), {
    publicUrl: PUBLIC_URL,
    secret: SECRET,
  });
  private readonly delivery: Delivery;

  constructor(
    private readonly db: TestDatabase,
    gateway: MailGateway = new OutboxGateway(FROM),
  ) {
    this.delivery = new Delivery(db.database, this.clock, gateway, this.writer);
  }

  plan(eventId: string): Promise<number> {
    return this.db.database.transaction(SYSTEM, (tx) => this.service.planFor(tx, eventId));
  }

  /** For everybody for whom something is due. @returns how many mails will leave */
  async collect(): Promise<number> {
    const { database } = this.db;
    const due = await database.transaction(SYSTEM, (tx) => this.digests.due(tx, this.now));
    let mails = 0;
    for (const id of due) mails += await database.transaction(SYSTEM, (tx) => this.digests.collect(tx, id));
    return mails;
  }

  claim(most = 100): Promise<Claim[]> {
    return this.db.database.transaction(SYSTEM, async (tx) => {
      const due = { now: this.now, most, leaseMs: LEASE_MS, worker: 'test' };
      return [...(await claimDue(tx, CHANNELS[0], due)), ...(await claimDue(tx, CHANNELS[1], due))];
    });
  }

  deliver(claim: Claim, leaseHolds = (): boolean => true): ReturnType<Delivery['deliver']> {
    return this.delivery.deliver(claim, leaseHolds);
  }

  async deliverDue(): Promise<void> {
    for (const claim of await this.claim()) await this.deliver(claim);
  }

  /** Whoever holds a claim has not been heard of for as long as its lease ran. */
  async endLeases(): Promise<void> {
    await this.query(
      `UPDATE notifications.notification SET lease_until = clock_timestamp() - interval '1 second' WHERE state = 'claimed'`,
    );
  }

  sweep(): Promise<number> {
    return this.db.database.transaction(SYSTEM, (tx) => freeExpired(tx, this.now, 'test'));
  }

  query<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return this.db.database.transaction(SYSTEM, (tx) => rows<Row>(tx, sql, params));
  }

  async states(channel?: string): Promise<NotificationState[]> {
    const found = await this.query<{ state: NotificationState }>(
      `SELECT state FROM notifications.notification WHERE $1::text IS NULL OR channel = $1 ORDER BY template, recipient_id, channel`,
      [channel ?? null],
    );
    return found.map((row) => row.state);
  }

  async outcomes(notificationId: string): Promise<string[]> {
    const found = await this.query<{ outcome: string }>(
      `SELECT outcome FROM notifications.attempt WHERE notification_id = $1 ORDER BY at, fence, (outcome <> 'handing')`,
      [notificationId],
    );
    return found.map((row) => row.outcome);
  }
}

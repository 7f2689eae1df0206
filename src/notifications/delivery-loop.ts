import { setTimeout as sleep } from 'node:timers/promises';
import { type Actor, systemActor } from '../kernel/index.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/db/index.js';
import { failPoint } from '../platform/fail-points/index.js';
import { repeat, type Loop } from '../platform/queue/index.js';
import { OutcomeUnrecorded, WORKER, type Delivery } from './deliver.job.js';
import { Breaker, CHANNELS, type Channel } from './domain/index.js';
import { claimDue, freeExpired, renewLeases, type Claim } from './ledger.repository.js';

/** Work of a dead worker is free after this; measured in docs/adr/0006. */
const LEASE_MS = 10_000;
const RENEW_EVERY_MS = 3_000;
/** A mail does not leave in the last moments of a lease. */
const LEASE_MARGIN_MS = 2_000;
const SWEEP_EVERY_MS = 1_000;
const IDLE_MS = 400;
/** Until a place is free. */
const FULL_MS = 25;
const AT_ONCE = 6;
const DRAIN_MS = 10_000;

const LOOP: Actor = systemActor('delivery-loop');

/** Takes what is due, delivers it, keeps leases alive, frees those of dead workers. */
export class DeliveryLoop implements Loop {
  private readonly held = new Map<string, { readonly claim: Claim; until: number }>();
  private readonly deliveries = new Map<string, Promise<void>>();
  private readonly breaker = new Breaker();
  private readonly running: Promise<void>[] = [];
  private stopping = new AbortController();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly delivery: Delivery,
    private readonly warn: (message: string, cause: unknown) => void,
  ) {}

  start(): void {
    this.stopping = new AbortController();
    const { signal } = this.stopping;
    const steps = [
      ...CHANNELS.map((channel) => () => this.take(channel)),
      () => this.renew(),
      () => this.sweep(),
    ];
    const warn = (cause: unknown): void => this.warn('deliveries pause for a second', cause);
    this.running.push(...steps.map((step) => repeat(signal, step, warn)));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await failPoint('drain.shutdown');
    const ended = Promise.allSettled(this.running).then(() => Promise.allSettled(this.deliveries.values()));
    await Promise.race([ended, sleep(DRAIN_MS, undefined, { ref: false })]);
    this.running.length = 0;
  }

  private async take(channel: Channel): Promise<number> {
    const most = this.roomFor(channel);
    if (most === 0) return FULL_MS;
    await failPoint('claim.before');
    const takenAt = performance.now();
    const claims = await this.database.transaction(LOOP, async (tx) => {
      const due = await claimDue(tx, channel, {
        now: this.clock.now(),
        most,
        leaseMs: LEASE_MS,
        worker: WORKER,
      });
      await failPoint('claim.after');
      return due;
    });
    if (claims.length > 0) await failPoint('claim.after-commit');
    for (const claim of claims) this.begin(claim, takenAt);
    return claims.length === most ? 0 : IDLE_MS;
  }

  private roomFor(channel: Channel): number {
    const busy = [...this.held.values()].filter(({ claim }) => claim.channel === channel).length;
    const room = Math.max(0, AT_ONCE - busy);
    return channel === 'mail' ? this.breaker.allowance(performance.now(), room) : room;
  }

  private begin(claim: Claim, takenAt: number): void {
    const key = `${claim.id}/${claim.fence}`;
    const held = { claim, until: takenAt + LEASE_MS };
    this.held.set(key, held);
    if (claim.channel === 'mail') this.breaker.began();
    const leaseHolds = (): boolean => performance.now() < held.until - LEASE_MARGIN_MS;
    const ended = this.deliver(claim, leaseHolds).finally(() => {
      this.held.delete(key);
      this.deliveries.delete(key);
    });
    this.deliveries.set(key, ended);
  }

  private async deliver(claim: Claim, leaseHolds: () => boolean): Promise<void> {
    try {
      const says = await this.delivery.deliver(claim, leaseHolds);
      if (claim.channel === 'mail') this.heed(says);
    } catch (error) {
      if (claim.channel === 'mail') this.breaker.saidNothing();
      this.warn(`the notification ${claim.id} could not be delivered`, error);
      if (!(error instanceof OutcomeUnrecorded))
        await this.delivery.putBack(claim, error).catch(() => undefined);
    }
  }

  private heed(says: Awaited<ReturnType<Delivery['deliver']>>): void {
    if (says === 'well') this.breaker.passed();
    else if (says === 'unreachable') this.breaker.failed(performance.now());
    else this.breaker.saidNothing();
  }

  private async renew(): Promise<number> {
    const held = [...this.held.values()];
    if (held.length > 0) {
      const renewedAt = performance.now();
      const claims = held.map(({ claim }) => claim);
      await failPoint('lease.renew');
      const kept = await this.database.transaction(LOOP, (tx) => renewLeases(tx, claims, LEASE_MS));
      for (const one of held) if (kept.has(one.claim.id)) one.until = renewedAt + LEASE_MS;
    }
    return RENEW_EVERY_MS;
  }

  private async sweep(): Promise<number> {
    await failPoint('lease.sweep');
    await this.database.transaction(LOOP, (tx) => freeExpired(tx, this.clock.now(), WORKER));
    return SWEEP_EVERY_MS;
  }
}

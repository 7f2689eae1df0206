import { setTimeout as sleep } from 'node:timers/promises';
import { rows } from '../../src/platform/db/index.js';
import type { FailPoint } from '../../src/platform/fail-points/index.js';
import { SYSTEM, type TestDatabase } from '../database.js';
import { WorkerProcess, type WorkerEnvironment } from './fleet.js';

/** Where a worker that tells may die, in the order of a delivery. */
export const DEADLY: readonly FailPoint[] = [
  'plan.before',
  'plan.midway',
  'plan.after',
  'claim.before',
  'claim.after',
  'claim.after-commit',
  'authorise.before',
  'authorise.after',
  'render.before',
  'render.after',
  'connect.before',
  'connect.after',
  'request.before-end',
  'accept.after',
  'attempt.after',
  'state.after',
  'commit.after',
  'lease.renew',
  'lease.sweep',
];
/** Where a worker freezes for longer than its lease, and comes back. */
const FREEZING: readonly FailPoint[] = [
  'plan.midway',
  'claim.after-commit',
  'authorise.after',
  'accept.after',
];

const SHORT_LIVED = 2;
const REIGN_KILLS = 8;
/** Of work, after the start. */
const LIFE_MS = 2_500;
const FROZEN_MS = 13_000;
const LONGEST_START_MS = 60_000;

interface Orphan {
  readonly id: string;
  readonly fence: number;
  readonly killedAt: number;
}

/** Kills workers at named points and at random times, and watches how long their work stays orphaned. */
export class Campaign {
  /** Passages at which a worker died or froze. */
  readonly hits = new Map<string, number>();
  readonly recoveriesMs: number[] = [];
  kills = 0;
  zombies = 0;
  private turn = 0;
  private orphans: Orphan[] = [];
  private watching = true;
  private readonly watch: Promise<void>;

  constructor(
    private readonly db: TestDatabase,
    private readonly environment: WorkerEnvironment,
    private readonly points: readonly FailPoint[],
    private readonly random: () => number,
  ) {
    this.watch = this.watchOrphans();
  }

  /**
   * Kills until so many have been killed: two workers die all the time, a third one only when its successor is at
   * work, so that there is always somebody to inherit.
   */
  async kill(count: number): Promise<void> {
    const slot = async (): Promise<void> => {
      while (this.kills < count) await this.oneLife();
    };
    await Promise.all([this.succession(count), ...Array.from({ length: SHORT_LIVED }, slot)]);
  }

  /** Workers that come back after their work was given to others, while healthy ones go on. */
  async freeze(): Promise<void> {
    await Promise.all(
      FREEZING.filter((point) => this.points.includes(point)).map(async (point) => {
        const worker = new WorkerProcess(this.environment, [`${point}=freeze#1`]);
        await Promise.race([worker.ready, worker.failsWithin(LONGEST_START_MS)]);
        if (await worker.failsWithin(15_000)) {
          this.count(worker);
          this.zombies += 1;
          await sleep(FROZEN_MS);
          worker.signal('SIGCONT');
          await sleep(3_000);
        }
        await worker.stop();
      }),
    );
  }

  /** @returns true when nothing is left to do in time */
  async drain(ms: number): Promise<boolean> {
    const until = performance.now() + ms;
    while (performance.now() < until) {
      const [left] = await this.query<{ count: number }>(
        `SELECT (SELECT count(*) FROM notifications.notification WHERE state IN ('pending', 'claimed', 'in_doubt'))::int
              + (SELECT count(*) FROM queue.job WHERE state IN ('created', 'retry', 'active'))::int AS count`,
      );
      if (left!.count === 0) return true;
      await sleep(250);
    }
    return false;
  }

  async end(): Promise<void> {
    this.watching = false;
    await this.watch;
  }

  private async oneLife(): Promise<void> {
    const atPoint = this.random() < 0.7;
    // Every point has its turn; which passage, and when at random, the dice decide.
    const point = this.points[this.turn++ % this.points.length]!;
    const passage = 1 + Math.floor(this.random() * 3);
    const worker = new WorkerProcess(this.environment, atPoint ? [`${point}=crash#${passage}`] : []);
    await Promise.race([worker.ready, worker.ended]);
    if (atPoint) await worker.failsWithin(LIFE_MS);
    else await sleep(this.random() * LIFE_MS);
    await this.execute(worker);
  }

  private async succession(count: number): Promise<void> {
    let reigning = new WorkerProcess(this.environment, []);
    await reigning.ready;
    while (this.kills < count) {
      const until = this.kills + REIGN_KILLS;
      while (this.kills < Math.min(until, count)) await sleep(100);
      const successor = new WorkerProcess(this.environment, []);
      await successor.ready;
      await this.execute(reigning);
      reigning = successor;
    }
    await reigning.stop();
  }

  /** Kills, if it did not die already, and notes whom its work waits for. */
  private async execute(worker: WorkerProcess): Promise<void> {
    worker.signal('SIGKILL');
    if ((await worker.ended) === 'SIGKILL') this.kills += 1;
    const killedAt = performance.now();
    this.count(worker);
    const held = await this.query<{ id: string; fence: number }>(
      `SELECT id, fence FROM notifications.notification WHERE state = 'claimed' AND worker = $1`,
      [worker.name],
    );
    this.orphans.push(...held.map((row) => ({ ...row, killedAt })));
  }

  private count(worker: WorkerProcess): void {
    for (const failed of worker.failed) this.hits.set(failed, (this.hits.get(failed) ?? 0) + 1);
  }

  /** An orphan is at work again when somebody claimed it since. */
  private async watchOrphans(): Promise<void> {
    while (this.watching) {
      const waiting = this.orphans;
      const resumed = await this.query<{ id: string }>(
        `SELECT n.id FROM notifications.notification n JOIN unnest($1::uuid[], $2::int[]) AS o(id, fence) ON o.id = n.id
          WHERE n.fence > o.fence`,
        [waiting.map((orphan) => orphan.id), waiting.map((orphan) => orphan.fence)],
      );
      const ids = new Set(resumed.map((row) => row.id));
      const now = performance.now();
      this.recoveriesMs.push(...waiting.filter((o) => ids.has(o.id)).map((o) => now - o.killedAt));
      this.orphans = this.orphans.filter((orphan) => !ids.has(orphan.id));
      await sleep(200);
    }
  }

  private query<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return this.db.database.transaction(SYSTEM, (tx) => rows<Row>(tx, sql, params));
  }
}

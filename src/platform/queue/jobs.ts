import { PgBoss, type JobWithMetadata } from 'pg-boss';
import { type Actor, systemActor } from '../../kernel/index.js';
import { APP_ROLE, maybeRow, type Database, type Tx } from '../db/index.js';
import { deterministicId } from '../ids.js';

/** What a job carries: identifiers and small facts. What they stand for is read again when it runs. */
export type JobPayload = Readonly<Record<string, unknown>>;

/** Runs in one transaction with the completion of its job: both happen, or neither. Must be safe to repeat. */
export type JobHandler<Payload extends JobPayload> = (tx: Tx, payload: Payload) => Promise<void>;

/** A job whose work does not fit in one transaction (a child process, a slow file). */
export interface LongJob<Payload extends JobPayload> {
  readonly payload: Payload;
  readonly requestId: string;
  /** Ends the job within the transaction that stores its result. @throws ClaimLost when another worker has it */
  finish(tx: Tx): Promise<void>;
}
export type LongJobHandler<Payload extends JobPayload> = (job: LongJob<Payload>) => Promise<void>;

/** The job was given to another worker in the meantime: this one's transaction is undone. */
export class ClaimLost extends Error {
  constructor(name: string, id: string) {
    super(`the job ${id} of ${name} is no longer ours`);
    this.name = 'ClaimLost';
  }
}

export interface JobsOptions {
  readonly databaseUrl: string;
  /** Takes part in watching over jobs of dead workers; a process that only adds jobs does not. */
  readonly works: boolean;
  readonly warn: (message: string, cause: unknown) => void;
}

interface Envelope {
  readonly requestId: string;
  readonly payload: JobPayload;
}
type Run = (job: JobWithMetadata<Envelope>) => Promise<void>;

/** Within how many seconds a silent worker counts as dead; measured in docs/adr/0006. */
const HEARTBEAT_SECONDS = 12;
const WATCH_SECONDS = 2;
const QUEUE = {
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: 900,
  // The engine makes no difference between a job that failed and one whose worker died: the pause stays short, so
  // that the work of the dead resumes within 30 seconds, and the tries are many, so that a fault lasts over an hour.
  retryLimit: 250,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 10,
  deleteAfterSeconds: 7 * 86_400,
  notify: true,
} as const;

/** Jobs in our own PostgreSQL: added in the transaction of the change they follow from, done at least once. */
export class Jobs {
  private boss: Promise<PgBoss> | null = null;
  private readonly queues = new Map<string, Promise<void>>();
  private readonly runs = new Map<string, Run>();
  private working = false;

  constructor(
    private readonly database: Database,
    private readonly options: JobsOptions,
  ) {}

  /**
   * Adds a job that exists when and only when `tx` commits.
   * @param options.key names the occurrence (an event, a version): a second job of that key is not added, whatever
   *   became of the first. Without a key each call adds a job.
   * @param options.after not before that instant
   */
  async add<Payload extends JobPayload>(
    tx: Tx,
    name: string,
    payload: Payload,
    options: { readonly key?: string; readonly after?: Date } = {},
  ): Promise<void> {
    const boss = await this.engine();
    await this.queue(boss, name);
    const asked = await maybeRow<{ id: string }>(
      tx,
      `SELECT coalesce(nullif(current_setting('maillon.request_id', true), ''), 'none') AS id`,
    );
    const envelope: Envelope = { requestId: asked?.id ?? 'none', payload };
    await boss.send(name, envelope, {
      db: engineDatabase(tx),
      ...(options.key === undefined ? {} : { id: deterministicId('job', name, options.key) }),
      ...(options.after === undefined ? {} : { startAfter: options.after }),
    });
  }

  /** Declares who does the jobs of a name, in one transaction each. One handler per name. */
  work<Payload extends JobPayload>(name: string, handler: JobHandler<Payload>): void {
    this.declare(name, (job) =>
      this.database.transaction(actorOf(job), async (tx) => {
        await handler(tx, job.data.payload as Payload);
        await this.finish(tx, name, job);
      }),
    );
  }

  /** Declares who does the jobs of a name outside a transaction; the handler ends the job itself. */
  workLong<Payload extends JobPayload>(name: string, handler: LongJobHandler<Payload>): void {
    this.declare(name, (job) =>
      handler({
        payload: job.data.payload as Payload,
        requestId: job.data.requestId,
        finish: (tx) => this.finish(tx, name, job),
      }),
    );
  }

  /** Begins to do the declared jobs. */
  async start(): Promise<void> {
    this.working = true;
    const boss = await this.engine();
    await Promise.all([...this.runs].map(([name, run]) => this.listen(boss, name, run)));
  }

  /** Takes no new job, lets the running ones end, and closes. Those end through the engine that is open: another would stay. */
  async stop(timeoutMs = 10_000): Promise<void> {
    this.working = false;
    const boss = await this.boss?.catch(() => null);
    await boss?.stop({ graceful: true, timeout: timeoutMs, close: true });
    this.boss = null;
    this.queues.clear();
  }

  private declare(name: string, run: Run): void {
    if (this.runs.has(name)) throw new Error(`two handlers for jobs of the name ${name}`);
    this.runs.set(name, run);
    if (this.working) void this.engine().then((boss) => this.listen(boss, name, run));
  }

  private async listen(boss: PgBoss, name: string, run: Run): Promise<void> {
    await this.queue(boss, name);
    const options = {
      includeMetadata: true,
      pollingIntervalSeconds: 1,
      // Retried jobs and those of dead workers are found by polling alone.
      notifyPollingIntervalSeconds: 1,
      localConcurrency: 2,
      heartbeatRefreshSeconds: HEARTBEAT_SECONDS / 3,
    } as const;
    await boss.work<Envelope, void, typeof options>(name, options, async ([job]) => {
      if (!job) return;
      try {
        await run(job);
      } catch (error) {
        this.options.warn(`job ${name} ${job.id} failed (try ${job.retryCount + 1})`, error);
        throw error;
      }
    });
  }

  /** Refused when the claim has passed to another worker, which undoes the handler's work with it. */
  private async finish(tx: Tx, name: string, job: JobWithMetadata<Envelope>): Promise<void> {
    const boss = await this.engine();
    const { id, retryCount } = job;
    const settled = await boss.complete(name, { id, retryCount }, null, { db: engineDatabase(tx) });
    if ((settled as { affected?: number }).affected !== 1) throw new ClaimLost(name, id);
  }

  private engine(): Promise<PgBoss> {
    this.boss ??= this.open().catch((error: unknown) => {
      this.boss = null;
      throw error;
    });
    return this.boss;
  }

  private async open(): Promise<PgBoss> {
    const boss = new PgBoss({
      connectionString: this.options.databaseUrl,
      options: `-c role=${APP_ROLE} -c timezone=UTC -c statement_timeout=20000`,
      application_name: 'maillon-queue',
      schema: 'queue',
      max: this.options.works ? 3 : 1,
      migrate: false,
      createSchema: false,
      schedule: false,
      supervise: this.options.works,
      superviseIntervalSeconds: WATCH_SECONDS,
      monitorIntervalSeconds: WATCH_SECONDS,
      useListenNotify: this.options.works,
      registerInstance: false,
      reindex: false,
      monitorVacuum: false,
      openTelemetry: { enabled: false },
    });
    boss.on('error', (error) => this.options.warn('the job engine met an error and goes on', error));
    await boss.start();
    return boss;
  }

  private queue(boss: PgBoss, name: string): Promise<void> {
    const known = this.queues.get(name);
    if (known) return known;
    const created = boss.createQueue(name, QUEUE).catch((error: unknown) => {
      this.queues.delete(name);
      throw error;
    });
    this.queues.set(name, created);
    return created;
  }
}

function actorOf(job: JobWithMetadata<Envelope>): Actor {
  return systemActor(job.data.requestId);
}

/** What the engine asks of a connection, on ours: its statements join the open transaction. */
function engineDatabase(tx: Tx) {
  const runner = tx.queryRunner;
  if (!runner) throw new Error('a job is added or ended in an open transaction');
  return {
    async executeSql(text: string, values?: unknown[]) {
      const result = (await runner.query(text, values, true)) as unknown as { records?: unknown[] };
      return { rows: result.records ?? [] };
    },
  };
}

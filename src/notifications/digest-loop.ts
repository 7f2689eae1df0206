import { type Actor, systemActor } from '../kernel/index.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/db/index.js';
import { repeat, type Loop } from '../platform/queue/index.js';
import { ORGANISATIONS_A_ROUND, type DigestService } from './digest.service.js';

const EVERY_MS = 5_000;
const ACTOR: Actor = systemActor('digests');

/** Makes one mail of what waits for a person, when it is due. Each organisation in a transaction of its own. */
export class DigestLoop implements Loop {
  private stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly digests: DigestService,
    private readonly warn: (message: string, cause: unknown) => void,
  ) {}

  start(): void {
    this.stopping = new AbortController();
    this.running = repeat(
      this.stopping.signal,
      () => this.collect(),
      (cause) => this.warn('offers that wait were not collected', cause),
    );
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async collect(): Promise<number> {
    const due = await this.database.transaction(ACTOR, (tx) => this.digests.due(tx, this.clock.now()));
    let done = 0;
    for (const organisationId of due) {
      if (this.stopping.signal.aborted) break;
      if (await this.collectFor(organisationId)) done += 1;
    }
    // What fails stays due: without a pause it would be tried again and again.
    return done === ORGANISATIONS_A_ROUND ? 0 : EVERY_MS;
  }

  /** @returns false when it failed, which keeps nobody else waiting */
  private async collectFor(organisationId: string): Promise<boolean> {
    try {
      await this.database.transaction(ACTOR, (tx) => this.digests.collect(tx, organisationId));
      return true;
    } catch (error) {
      this.warn(`offers that wait were not collected for organisation ${organisationId}`, error);
      return false;
    }
  }
}

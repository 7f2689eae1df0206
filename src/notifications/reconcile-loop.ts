import { type Actor, systemActor } from '../kernel/index.js';
import type { Database } from '../platform/db/index.js';
import { repeat, type Loop } from '../platform/queue/index.js';
import type { NotificationsService } from './notifications.service.js';

const EVERY_MS = 10 * 60_000;
const ACTOR: Actor = systemActor('reconciler');

/** Compares the ledger every ten minutes with what published tenders demand. Several workers may: planning is safe to repeat. */
export class ReconcileLoop implements Loop {
  private stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly notifications: NotificationsService,
    private readonly warn: (message: string, cause: unknown) => void,
  ) {}

  start(): void {
    this.stopping = new AbortController();
    let isFirst = true;
    const step = async (): Promise<number> => {
      // Not at the start: others have more to do then.
      if (!isFirst) await this.reconcile();
      isFirst = false;
      return EVERY_MS;
    };
    this.running = repeat(this.stopping.signal, step, (cause) =>
      this.warn('the ledger was not compared', cause),
    );
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async reconcile(): Promise<void> {
    const found = await this.database.transaction(ACTOR, (tx) => this.notifications.reconcile(tx));
    if (found.length > 0) this.warn(`the ledger differed in ${found.length} places`, found.slice(0, 20));
  }
}

import { Logger } from '@nestjs/common';
import { type Actor, systemActor } from '../kernel/index.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Tx } from '../platform/db/index.js';
import { CandidateSource } from './candidate-source.js';
import { compareFound, PostingIndexBuilder, type PostingIndex, type Probe } from './domain/index.js';
import { findCandidates, type Candidate } from './find-candidates.query.js';
import { loadPostingsOf } from './load-postings.query.js';
import { hasEnterprises, postingChanges, snapshotNow, type Snapshot } from './posting-changes.query.js';

/** What is kept of changes reaches back twice as long. */
const TOO_OLD_MS = 86_400_000;
const CONSIDERED_EVERY_MS = 600_000;
const logger = new Logger('matching');

/** So many changed enterprises are looked up apart; past it the whole is read again. */
const MOST_CHANGED = 2000;

const SYSTEM: Actor = systemActor('posting-index');

interface Loaded {
  readonly index: PostingIndex;
  /** What the index and the changes below show. */
  snapshot: Snapshot;
  takenUpAt: number;
  readonly changed: Set<string>;
  changes: PostingIndex;
}

/** The index of one database, for all in this process that look up in it: pages and work of one process have one. */
export class HeldIndex {
  loaded: Loaded | null = null;
  loading: Promise<void> | null = null;
  consideredAt = Number.NEGATIVE_INFINITY;
}

/**
 * Looks candidates up in this process, in an index over the projection. Before each answer it takes up what others
 * have committed since, so it is never behind the transaction that asks; until it is loaded, and for a transaction
 * that has itself rewritten postings, PostgreSQL answers.
 */
export class MemoryCandidates extends CandidateSource {
  /**
   * @param from number of enterprises from which on the index is worth its memory
   * @param whole reads the projection
   */
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly from: number,
    private readonly whole: () => Promise<PostingIndex>,
    private readonly held = new HeldIndex(),
  ) {
    super();
  }

  /** Reads the projection; asked again while it lasts, the same. */
  load(): Promise<void> {
    this.held.loading ??= this.read().finally(() => (this.held.loading = null));
    return this.held.loading;
  }

  async find(tx: Tx, probe: Probe, limit: number): Promise<Candidate[]> {
    const loaded = this.held.loaded;
    if (loaded === null) await this.considerLoading(tx);
    if (loaded === null || !(await this.takeUp(tx, loaded))) return findCandidates(tx, probe, limit);
    const found = loaded.index.find(probe, limit);
    const apart = loaded.changes.find(probe, limit);
    return apart.length === 0 ? found : [...found, ...apart].sort(compareFound).slice(0, limit);
  }

  /** Whether there are enough enterprises to load the index for is asked now and then; the answer is not waited for. */
  private async considerLoading(tx: Tx): Promise<void> {
    const now = this.clock.now().getTime();
    if (this.held.loading !== null || now - this.held.consideredAt < CONSIDERED_EVERY_MS) return;
    this.held.consideredAt = now;
    if (await hasEnterprises(tx, this.from)) this.loadAside();
  }

  /** A failure leaves PostgreSQL to answer; the next occasion tries again. */
  private loadAside(): void {
    this.load().catch((error: unknown) => logger.warn('the index was not loaded', { error }));
  }

  private async read(): Promise<void> {
    const takenUpAt = this.clock.now().getTime();
    // Two of them would be more than the memory of a process; memory that threads share does not press the collector to come by itself.
    if (this.held.loaded !== null) {
      this.held.loaded = null;
      await globalThis.gc?.({ execution: 'async' });
    }
    // Before the first row is read: what changes while they are is then taken up as a change.
    const snapshot = await this.database.transaction(SYSTEM, snapshotNow);
    const index = await this.whole();
    const tookMs = this.clock.now().getTime() - takenUpAt;
    logger.log('the index in memory is loaded', { enterprises: index.size, tookMs });
    const changes = new PostingIndexBuilder(0).build();
    this.held.loaded = { index, snapshot, takenUpAt, changed: new Set<string>(), changes };
  }

  /** @returns false when this transaction has to ask PostgreSQL */
  private async takeUp(tx: Tx, loaded: Loaded): Promise<boolean> {
    const now = this.clock.now().getTime();
    if (now - loaded.takenUpAt > TOO_OLD_MS) {
      this.loadAside();
      return false;
    }
    const { snapshot, enterpriseIds, isOurs } = await postingChanges(tx, loaded.snapshot);
    if (isOurs) return false;
    loaded.takenUpAt = now;
    if (enterpriseIds.length === 0) {
      loaded.snapshot = snapshot;
      return true;
    }
    if (loaded.changed.size + enterpriseIds.length > MOST_CHANGED) {
      this.loadAside();
      return false;
    }
    for (const id of enterpriseIds) {
      loaded.index.forget(id);
      loaded.changed.add(id);
    }
    loaded.changes = await loadPostingsOf(tx, [...loaded.changed]);
    loaded.snapshot = snapshot;
    return true;
  }
}

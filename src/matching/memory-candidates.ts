import { Logger } from '@nestjs/common';
import { type Actor, systemActor } from '../kernel/index.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Tx } from '../platform/db/index.js';
import { CandidateSource } from './candidate-source.js';
import { compareFound, PostingIndex, PostingIndexBuilder, type Probe } from './domain/index.js';
import { findCandidates, type Candidate } from './find-candidates.query.js';
import { loadPostings, loadPostingsOf } from './load-postings.query.js';
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

/**
 * Looks candidates up in this process, in an index over the projection. Before each answer it takes up what others
 * have committed since, so it is never behind the transaction that asks; until it is loaded, and for a transaction
 * that has itself rewritten postings, PostgreSQL answers.
 */
export class MemoryCandidates extends CandidateSource {
  private loaded: Loaded | null = null;
  private loading: Promise<void> | null = null;
  private consideredAt = Number.NEGATIVE_INFINITY;

  /** @param from number of enterprises from which on the index is worth its memory */
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly from: number,
  ) {
    super();
  }

  /** Reads the projection; asked again while it lasts, the same. */
  load(): Promise<void> {
    this.loading ??= this.read().finally(() => (this.loading = null));
    return this.loading;
  }

  async find(tx: Tx, probe: Probe, limit: number): Promise<Candidate[]> {
    const loaded = this.loaded;
    if (loaded === null) await this.considerLoading(tx);
    if (loaded === null || !(await this.takeUp(tx, loaded))) return findCandidates(tx, probe, limit);
    const found = loaded.index.find(probe, limit);
    const apart = loaded.changes.find(probe, limit);
    return apart.length === 0 ? found : [...found, ...apart].sort(compareFound).slice(0, limit);
  }

  /** Whether there are enough enterprises to load the index for is asked now and then; the answer is not waited for. */
  private async considerLoading(tx: Tx): Promise<void> {
    const now = this.clock.now().getTime();
    if (this.loading !== null || now - this.consideredAt < CONSIDERED_EVERY_MS) return;
    this.consideredAt = now;
    if (await hasEnterprises(tx, this.from)) this.loadAside();
  }

  /** A failure leaves PostgreSQL to answer; the next occasion tries again. */
  private loadAside(): void {
    this.load().catch((error: unknown) => logger.warn({ error }, 'the index was not loaded'));
  }

  private async read(): Promise<void> {
    this.loaded = await this.database.transaction(SYSTEM, async (tx) => {
      const takenUpAt = this.clock.now().getTime();
      // Before the first row is read: what changes while they are is then taken up as a change.
      const snapshot = await snapshotNow(tx);
      const index = await loadPostings(tx);
      return {
        index,
        snapshot,
        takenUpAt,
        changed: new Set<string>(),
        changes: new PostingIndexBuilder(0).build(),
      };
    });
  }

  /** @returns false when this transaction has to ask PostgreSQL */
  private async takeUp(tx: Tx, loaded: Loaded): Promise<boolean> {
    const now = this.clock.now().getTime();
    if (now - loaded.takenUpAt > TOO_OLD_MS) {
      this.loaded = null;
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

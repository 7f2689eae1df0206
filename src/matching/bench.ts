import { join } from 'node:path';
import type { Clock } from '../platform/clock.js';
import type { Database, Tx } from '../platform/db/index.js';

export interface BenchSize {
  readonly enterprises: number;
  readonly packages: number;
  readonly seed: number;
}

/** Where the register of such runs is kept, apart from those of other sizes: it can be served with `DATA_DIR`. */
export function benchFolder(data: string, { enterprises, seed }: BenchSize): string {
  return join(data, `${enterprises}-of-seed-${seed}`);
}

/** One run: its size, its database and whom it tells how far it is. */
export interface Bench {
  readonly size: BenchSize;
  readonly database: Database;
  readonly clock: Clock;
  readonly note: (text: string) => void;
  /** The module `bench-thread` as it was built; null: nothing is measured in threads. */
  readonly thread: URL | null;
  readonly inSystem: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
}

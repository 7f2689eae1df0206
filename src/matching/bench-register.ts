import type { Tx } from '../platform/db/index.js';
import { loadGeography } from '../registry/index.js';
import {
  emptyTables,
  insertEnterprises,
  postingSize,
  vacuumPostings,
  withoutIndexes,
} from './bench-load.repository.js';
import { cpuMs, peakMiB, secondsSince } from './bench-timing.js';
import type { Bench, BenchSize } from './bench.js';
import { benchEnterprise } from './bench-world.js';
import { POSTING_LAYOUT } from './domain/index.js';
import { hasEnterprises } from './posting-changes.query.js';
import { replacePostings } from './posting.repository.js';
import { isProjected, keepProjected } from './projection.repository.js';

export interface RegisterFigures {
  /** It was there from an earlier run: the seconds are those of finding it. */
  readonly isKept: boolean;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly rows: number;
  readonly MiB: number;
  /** Of this process, which makes the register up and holds none of it. */
  readonly peakMiB: number;
}

/** What a run writes beside its register. */
const OF_PACKAGES = ['matching.demand', 'matching.open_package', 'matching.match', 'matching.asked'];
const BATCH = 1000;
/** While one block is written by PostgreSQL, the other is made up here. */
const LANES = 2;

/** Block after block, so that none is kept: a million enterprises take no more memory than a thousand. */
async function loadEnterprises({ size, inSystem, clock, note }: Omit<Bench, 'thread'>): Promise<void> {
  const began = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < size.enterprises) {
      const from = next;
      next = Math.min(from + BATCH, size.enterprises);
      const block = Array.from({ length: next - from }, (_, i) => benchEnterprise(size.seed, from + i));
      await inSystem(async (tx) => {
        await insertEnterprises(tx, block, clock.now());
        await replacePostings(tx, [], block, loadGeography());
      });
      if (from % (20 * BATCH) === 0)
        note(`${from + block.length} of ${size.enterprises} enterprises, ${secondsSince(began)} s`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** @throws Error for one that another run left half written, without its indexes */
async function isRegisterThere(tx: Tx, { enterprises }: BenchSize): Promise<boolean> {
  if (!(await hasEnterprises(tx, 1))) return false;
  if (!(await isProjected(tx, 'posting', POSTING_LAYOUT)) || !(await hasEnterprises(tx, enterprises)))
    throw new Error('a run that filled this database was cut short: remove its folder and start again');
  return true;
}

/** The register of a run with what it is looked up by, made unless it is there; packages of an earlier run are taken out. */
export async function fillRegister(bench: Omit<Bench, 'thread'>): Promise<RegisterFigures> {
  const { size, database, inSystem, note } = bench;
  const [cpu, began] = [cpuMs(), performance.now()];
  const isKept = await inSystem((tx) => isRegisterThere(tx, size));
  if (isKept) await emptyTables(database, OF_PACKAGES);
  else {
    await withoutIndexes(database, 'matching.posting', async () => {
      await loadEnterprises(bench);
      note(`indexes of the projection, ${secondsSince(began)} s`);
    });
    await inSystem((tx) => keepProjected(tx, 'posting', POSTING_LAYOUT, bench.clock.now()));
  }
  const seconds = secondsSince(began);
  const cpuSeconds = Math.round(cpuMs() - cpu) / 1000;
  note(`table vacuumed after ${seconds} s`);
  await vacuumPostings(database);
  const { rows: count, bytes } = await inSystem(postingSize);
  return { isKept, seconds, cpuSeconds, rows: count, MiB: Math.round(bytes / 2 ** 20), peakMiB: peakMiB() };
}

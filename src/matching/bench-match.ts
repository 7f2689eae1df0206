import { LegalBasisService, type LegalRules } from '../legal-basis/index.js';
import type { Actor } from '../kernel/index.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Tx } from '../platform/db/index.js';
import { loadGeography, RegistryService } from '../registry/index.js';
import { insertEnterprises, offerSize, vacuumOffers } from './bench-load.repository.js';
import { benchEnterprise, benchPackage } from './bench-world.js';
import { findCandidates } from './find-candidates.query.js';
import {
  evaluateEnterprise,
  lawOfPackage,
  legalView,
  probeOf,
  questionOf,
  type MatchQuestion,
} from './domain/index.js';
import { DecideService } from './decide.service.js';
import { replacePostings } from './posting.repository.js';

export interface BenchSize {
  readonly enterprises: number;
  readonly packages: number;
  readonly seed: number;
}

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly samples: number;
}

/** Times in milliseconds, measured by the client, everything warm. */
export interface BenchReport {
  readonly size: BenchSize;
  readonly load: { readonly seconds: number; readonly offerRows: number; readonly offerMiB: number };
  /** The fifty closest by SQL, working out what to look up included. */
  readonly newPackageSql: Percentiles;
  /** To the ranked decision with its reasons, near misses and teams, nothing stored. */
  readonly newPackageDecided: Percentiles;
  /** Rewriting what one enterprise is looked up by. */
  readonly refreshEnterprise: Percentiles;
  /** One enterprise put to every package, in process. */
  readonly enterpriseToPackages: Percentiles;
}

const SYSTEM: Actor = { role: 'system', organisationId: null, personId: null, requestId: 'bench' };
const ON = '2026-11-24';
const BATCH = 1000;
const TOP = 50;
const SAMPLES = 1000;

function percentiles(times: readonly number[]): Percentiles {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 1000) / 1000;
  return { p50: at(0.5), p99: at(0.99), samples: sorted.length };
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Warm: the first tenth is run and not counted. */
async function sample<T>(items: readonly T[], work: (item: T) => unknown): Promise<Percentiles> {
  const times: number[] = [];
  for (const item of items) times.push(await timed(() => work(item)));
  return percentiles(times.slice(Math.floor(items.length / 10)));
}

function questions({ packages, seed }: BenchSize, rules: LegalRules): MatchQuestion[] {
  const view = legalView(rules);
  return Array.from({ length: packages }, (_, i) => {
    const asked = benchPackage(seed, i);
    return questionOf(asked, lawOfPackage(view, null, asked.instrument, ON), loadGeography(), ON);
  });
}

/**
 * Generates a register and packages from a seed, loads them, and measures matching (contract `bench match`).
 * @param database migrated, and without enterprises of its own: what is loaded stays in it
 */
export async function benchMatch(
  size: BenchSize,
  database: Database,
  options: { readonly clock: Clock; readonly note: (text: string) => void },
): Promise<BenchReport> {
  const { clock, note } = options;
  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.transaction(SYSTEM, work);
  const law = new LegalBasisService();
  const rules = await inSystem(async (tx) => {
    await law.load(tx, clock.now());
    return law.rulesAsOf(tx);
  });
  const seconds = (await timed(() => load(size, inSystem, clock, note))) / 1000;
  await vacuumOffers(database);
  const { rows, bytes } = await inSystem(offerSize);
  const asked = questions({ ...size, packages: Math.min(size.packages, SAMPLES) }, rules);
  note('packages against SQL');
  const newPackageSql = await inSystem((tx) =>
    sample(asked, (question) => findCandidates(tx, probeOf(question), TOP)),
  );
  note('packages decided');
  const matching = new DecideService(clock, new RegistryService(clock), law);
  const few = asked.slice(0, 200).map(({ package: one }) => ({
    packages: [{ package: one, tenderId: one.id, organisationId: one.id, version: 1, facts: null }],
    on: ON,
  }));
  const newPackageDecided = await inSystem((tx) => sample(few, (run) => matching.decide(tx, run)));
  note('enterprises refreshed');
  const changed = Array.from({ length: Math.min(200, size.enterprises) }, (_, i) =>
    benchEnterprise(size.seed, i),
  );
  const refreshEnterprise = await inSystem((tx) =>
    sample(changed, (one) => replacePostings(tx, [one.id], [one], loadGeography())),
  );
  note('enterprises against every package');
  const all = size.packages <= SAMPLES ? asked : questions(size, rules);
  const enterpriseToPackages = await sample(changed.slice(0, 20), (one) =>
    all.forEach((question) => evaluateEnterprise(question, one)),
  );
  const offerMiB = Math.round((bytes / 2 ** 20) * 10) / 10;
  return {
    size,
    load: { seconds: Math.round(seconds * 10) / 10, offerRows: rows, offerMiB },
    newPackageSql,
    newPackageDecided,
    refreshEnterprise,
    enterpriseToPackages,
  };
}

async function load(
  { enterprises, seed }: BenchSize,
  inSystem: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  clock: Clock,
  note: (text: string) => void,
): Promise<void> {
  for (let from = 0; from < enterprises; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, enterprises - from) }, (_, i) =>
      benchEnterprise(seed, from + i),
    );
    await inSystem(async (tx) => {
      await insertEnterprises(tx, batch, clock.now());
      await replacePostings(tx, [], batch, loadGeography());
    });
    if (from % (10 * BATCH) === 0) note(`${from + batch.length} of ${enterprises} enterprises`);
  }
}

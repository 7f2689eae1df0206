import { rows, type Database, type Tx } from '../platform/db/index.js';
import { LegalBasisService, type LegalRules } from '../legal-basis/index.js';
import { type Actor, systemActor } from '../kernel/index.js';
import { loadGeography, RegistryService } from '../registry/index.js';
import { measureAllPackages, type AllFigures } from './bench-all.js';
import { PEER_TABLES_SQL, peerCandidates, peerSql } from './bench-peer.query.js';
import { benchQuestions, ON, TOP } from './bench-questions.js';
import { fillRegister, type RegisterFigures } from './bench-register.js';
import { measureReverse, type ReverseFigures } from './bench-reverse.js';
import {
  cpuMs,
  peakMiB,
  sample,
  secondsSince,
  serverCpu,
  timed,
  warm,
  type Percentiles,
} from './bench-timing.js';
import type { Bench, BenchSize } from './bench.js';
import { benchEnterprise, benchTender } from './bench-world.js';
import { SqlCandidates } from './candidate-source.js';
import { DecideService } from './decide.service.js';
import { probeOf, type Probe } from './domain/index.js';
import { candidateParams, candidatesSql } from './find-candidates.query.js';
import { arePostingsSpread, spreadCandidatesSql } from './find-candidates-spread.query.js';
import { loadPostings } from './load-postings.query.js';
import { MatchingService } from './matching.service.js';
import { replacePostings } from './posting.repository.js';

/** Times in milliseconds, warm. `cpu` is processor time, which other work on the machine does not lengthen. */
export interface BenchReport {
  readonly size: BenchSize;
  readonly load: RegisterFigures;
  /** The fifty best by SQL, from the probe on; `server` is what the one backend used. */
  readonly newPackageSql: Percentiles & { readonly serverCpu: Percentiles | null };
  /** Null where the postings are spread over several machines, and so is `index`. */
  readonly newPackageInMemory: Percentiles | null;
  /** What to look up is worked out before either. */
  readonly probe: Percentiles;
  readonly peer: (Percentiles & { readonly serverCpu: Percentiles | null }) | null;
  /** Peer's median over ours, and over ours in memory. */
  readonly ratio: { readonly sql: number; readonly inMemory: number | null } | null;
  /** `peakMiB` while it is built, with its rows still unsorted beside it. */
  readonly index: { readonly loadSeconds: number; readonly rssMiB: number; readonly peakMiB: number } | null;
  /** Rewriting what one enterprise is looked up by. */
  readonly refreshEnterprise: Percentiles;
  /** One changed enterprise to every open package: which it may have to do with, and what the domain says of each. */
  readonly enterpriseToPackages: ReverseFigures;
  /** From 500 packages to stored matches with their reasons. */
  readonly tender: {
    readonly packages: number;
    readonly matches: number;
    readonly seconds: number;
    readonly cpuSeconds: number;
  };
  readonly allPackages: AllFigures;
  readonly plan: readonly string[];
}

const SYSTEM: Actor = systemActor('bench');
const SAMPLES = 1100;
const PEER_SAMPLES = 220;
/** Past it one query of the peer takes seconds. */
const PEER_UP_TO = 100_000;
const TENDER = 500;

/**
 * Generates a register and packages from a seed, loads them, and measures matching (contract `bench match`).
 * @param database migrated, and without enterprises of its own: what is loaded stays in it, and is used again by a run of the
 * same size and seed
 */
export async function benchMatch(
  size: BenchSize,
  database: Database,
  options: Pick<Bench, 'clock' | 'note' | 'thread'>,
): Promise<BenchReport> {
  const inSystem: Bench['inSystem'] = (work) => database.transaction(SYSTEM, work);
  const bench: Bench = { size, database, ...options, inSystem };
  const law = new LegalBasisService();
  const rules = await inSystem(async (tx) => {
    await law.load(tx, options.clock.now());
    return law.rulesAsOf(tx);
  });
  const load = await fillRegister(bench);
  const asked = benchQuestions(size.seed, rules, { from: 0, count: Math.min(size.packages, SAMPLES) });
  const probes = asked.map(probeOf);
  const probe = await sample(asked, (question) => probeOf(question));
  const source = new SqlCandidates();
  options.note('packages against SQL');
  const newPackageSql = await inSystem((tx) => serverSample(tx, probes, (one) => source.find(tx, one, TOP)));
  const plan = await inSystem((tx) => planOf(tx, probes[0]!));
  const peer = size.enterprises > PEER_UP_TO ? null : await measurePeer(bench, probes.slice(0, PEER_SAMPLES));
  const memory = await measureMemory(bench, probes, rules);
  return {
    size,
    load,
    probe,
    newPackageSql,
    ...memory.figures,
    peer,
    ratio: peer && {
      sql: ratioOf(peer, newPackageSql)!,
      inMemory: ratioOf(peer, memory.figures.newPackageInMemory),
    },
    ...(await measureChanges(bench)),
    enterpriseToPackages: await measureReverse(bench, rules),
    tender: await measureTender(bench, law),
    plan,
  };
}

function ratioOf(peer: Percentiles, ours: Percentiles | null): number | null {
  return ours && Math.round((peer.p50 / ours.p50) * 10) / 10;
}

async function serverSample(
  tx: Tx,
  probes: readonly Probe[],
  ask: (probe: Probe) => Promise<unknown>,
): Promise<Percentiles & { readonly serverCpu: Percentiles | null }> {
  const cpu = await serverCpu(tx);
  const [clock, used]: [number[], number[]] = [[], []];
  for (const probe of probes) {
    const before = cpu?.() ?? 0;
    clock.push(await timed(() => ask(probe)));
    used.push((cpu?.() ?? 0) - before);
  }
  return { ...warm(clock), serverCpu: cpu && warm(used) };
}

async function planOf(tx: Tx, probe: Probe): Promise<string[]> {
  const sql = (await arePostingsSpread(tx))
    ? spreadCandidatesSql(probe.weights, probe.nodes.length)
    : candidatesSql(probe.weights);
  const plan = await rows<{ 'QUERY PLAN': string }>(
    tx,
    `EXPLAIN (ANALYZE, BUFFERS) ${sql}`,
    candidateParams(probe, TOP),
  );
  return plan.map((row) => row['QUERY PLAN'].slice(0, 150));
}

async function measurePeer(
  { inSystem, note }: Bench,
  probes: readonly Probe[],
): Promise<NonNullable<BenchReport['peer']>> {
  note('packages against the query shape of a peer');
  return inSystem(async (tx) => {
    for (const statement of PEER_TABLES_SQL.split(';').filter((text) => text.trim() !== ''))
      await rows(tx, statement);
    const sql = peerSql(candidatesSql(probes[0]!.weights));
    return serverSample(tx, probes, (probe) => peerCandidates(tx, sql, candidateParams(probe, TOP)));
  });
}

async function measureMemory(bench: Bench, probes: readonly Probe[], rules: LegalRules) {
  const { inSystem, note } = bench;
  if (await inSystem(arePostingsSpread)) {
    note('left out: the index in memory, which reads the table of one machine');
    const allPackages = await measureAllPackages(bench, null, rules);
    return { figures: { newPackageInMemory: null, index: null, allPackages } };
  }
  note('index in memory');
  const start = performance.now();
  const index = await inSystem(loadPostings);
  const [loadSeconds, peak] = [secondsSince(start), peakMiB()];
  note(`packages in memory, after ${loadSeconds} s`);
  for (const probe of probes) index.find(probe, TOP);
  const newPackageInMemory = await sample(probes, (probe) => index.find(probe, TOP));
  const rssMiB = Math.round(process.memoryUsage().rss / 2 ** 20);
  const figures = {
    newPackageInMemory,
    index: { loadSeconds, rssMiB, peakMiB: peak },
    allPackages: await measureAllPackages(bench, index, rules),
  };
  return { figures };
}

async function measureChanges({ size, inSystem, note }: Bench) {
  note('enterprises refreshed');
  const count = Math.min(SAMPLES, size.enterprises);
  const changed = Array.from({ length: count }, (_, i) => benchEnterprise(size.seed, i));
  const times: number[] = [];
  for (const one of changed)
    times.push(await timed(() => inSystem((tx) => replacePostings(tx, [one.id], [one], loadGeography()))));
  return { refreshEnterprise: warm(times) };
}

async function measureTender({ size, inSystem, clock, note }: Bench, law: LegalBasisService) {
  note('a tender of 500 packages');
  const registry = new RegistryService(clock);
  const matching = new MatchingService(clock, new DecideService(clock, registry, law));
  const packages = benchTender(size.seed, 0, Math.min(TENDER, size.packages));
  const cpu = cpuMs();
  let matches = 0;
  const ms = await timed(async () => {
    const outcome = await inSystem((tx) => matching.matchPackages(tx, { packages, on: ON }));
    matches = outcome.added.length;
  });
  const cpuSeconds = Math.round(cpuMs() - cpu) / 1000;
  return { packages: packages.length, matches, seconds: Math.round(ms) / 1000, cpuSeconds };
}

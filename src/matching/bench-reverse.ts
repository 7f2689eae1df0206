import type { LegalRules } from '../legal-basis/index.js';
import { rows, type Tx } from '../platform/db/index.js';
import { loadGeography, type Enterprise } from '../registry/index.js';
import { vacuumTable } from './bench-load.repository.js';
import type { Bench } from './bench.js';
import { cpuMs, serverCpu, timed, warm, type Percentiles } from './bench-timing.js';
import { ON } from './bench-questions.js';
import { benchEnterprise, benchTender } from './bench-world.js';
import { insertDemand, openPackagesById } from './demand.repository.js';
import { evaluateEnterprise, legalView, reachOf, WEIGHTS } from './domain/index.js';
import { findDemand, FIRST_IDENTITY } from './find-demand.query.js';
import { questionFor } from './matching-world.js';

const BATCH = 1000;
const SAMPLES = 1100;
/** As many as the service puts an enterprise to before the rest. */
const AT_FIRST = 50;
const ALL_OF_EVERY = 10;

export interface ReverseFigures {
  readonly packages: number;
  readonly rows: number;
  readonly MiB: number;
  /** Of those that may fit, the best. */
  readonly lookUp: Percentiles;
  /** The same, and what the domain says of each. */
  readonly lookUpAndDecide: Percentiles;
  /** Processor time of both sides, which nothing else on the machine lengthens; they take turns, so it adds up. */
  readonly lookUpAndDecideCpu: Percentiles;
  /** Of a few enterprises: how many packages they may fit in all, and how long the domain has for all of them. */
  readonly named: Percentiles;
  readonly allDecided: Percentiles;
}

/** Every package of the run stands open; what is measured last is taken up by nothing else. */
export async function measureReverse(
  { size, inSystem, note, database }: Bench,
  rules: LegalRules,
): Promise<ReverseFigures> {
  const { packages } = size;
  for (let from = 0; from < packages; from += BATCH) {
    const opens = benchTender(size.seed, from, Math.min(BATCH, packages - from));
    await inSystem((tx) => insertDemand(tx, opens));
    if (from % (20 * BATCH) === 0) note(`${from} of ${packages} packages written for enterprises to look up`);
  }
  await vacuumTable(database, 'matching.demand');
  await vacuumTable(database, 'matching.open_package');
  note('enterprises put to open packages');
  const world = { law: legalView(rules), geography: loadGeography(), on: ON };
  const changed = Array.from({ length: Math.min(SAMPLES, size.enterprises) }, (_, i) =>
    benchEnterprise(size.seed, i),
  );
  const [lookUps, best, cpu, named, all]: number[][] = [[], [], [], [], []];
  const decide = async (tx: Tx, one: Enterprise, ids: readonly string[]): Promise<void> => {
    for (const open of await openPackagesById(tx, ids)) evaluateEnterprise(questionFor(open, world), one);
  };
  await inSystem(async (tx) => {
    const ofServer = await serverCpu(tx);
    const used = (): number => cpuMs() + (ofServer?.() ?? 0);
    for (const [i, one] of changed.entries()) {
      const [start, before] = [performance.now(), used()];
      const reach = reachOf(one, world.geography, WEIGHTS);
      const ids = await findDemand(tx, reach, ON, { best: AT_FIRST + 1 });
      lookUps!.push(performance.now() - start);
      await decide(tx, one, ids.slice(0, AT_FIRST));
      best!.push(performance.now() - start);
      cpu!.push(used() - before);
      if (i % ALL_OF_EVERY !== 0) continue;
      const every = await findDemand(tx, reach, ON, { after: FIRST_IDENTITY, count: packages });
      named!.push(every.length);
      all!.push(await timed(() => decide(tx, one, every)));
    }
  });
  const [table] = await inSystem((tx) =>
    rows<{ rows: number; bytes: number }>(
      tx,
      `SELECT count(*)::float8 AS rows, pg_total_relation_size('matching.demand')::float8 AS bytes FROM matching.demand`,
    ),
  );
  return {
    packages,
    rows: table!.rows,
    MiB: Math.round(table!.bytes / 2 ** 20),
    lookUp: warm(lookUps!),
    lookUpAndDecide: warm(best!),
    lookUpAndDecideCpu: warm(cpu!),
    named: warm(named!),
    allDecided: warm(all!),
  };
}

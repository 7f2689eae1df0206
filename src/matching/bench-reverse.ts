import type { LegalRules } from '../legal-basis/index.js';
import { rows } from '../platform/db/index.js';
import { loadGeography } from '../registry/index.js';
import { vacuumTable } from './bench-load.repository.js';
import type { Bench } from './bench.js';
import { percentiles, type Percentiles } from './bench-timing.js';
import { benchEnterprise, benchTender } from './bench-world.js';
import { demandFor, insertDemand, openPackagesById } from './demand.repository.js';
import { evaluateEnterprise, legalView, reachOf, WEIGHTS } from './domain/index.js';
import { questionFor } from './matching-world.js';

const ON = '2026-11-24';
const BATCH = 1000;
const SAMPLES = 1100;

export interface ReverseFigures {
  readonly packages: number;
  readonly rows: number;
  readonly lookUp: Percentiles;
  readonly lookUpAndDecide: Percentiles;
  /** How many the look-up names. */
  readonly named: Percentiles;
}

/** Every package of the run stands open; what is measured last is taken up by nothing else. */
export async function measureReverse(
  { size, inSystem, note, database }: Bench,
  rules: LegalRules,
): Promise<ReverseFigures> {
  const opens = benchTender(size.seed, size.packages);
  for (let from = 0; from < opens.length; from += BATCH) {
    await inSystem((tx) => insertDemand(tx, opens.slice(from, from + BATCH)));
    if (from % (20 * BATCH) === 0)
      note(`${from} of ${opens.length} packages written for enterprises to look up`);
  }
  await vacuumTable(database, 'matching.demand');
  await vacuumTable(database, 'matching.open_package');
  note('enterprises put to open packages');
  const world = { law: legalView(rules), geography: loadGeography(), on: ON };
  const changed = Array.from({ length: Math.min(SAMPLES, size.enterprises) }, (_, i) =>
    benchEnterprise(size.seed, i),
  );
  const [lookUps, whole, named]: [number[], number[], number[]] = [[], [], []];
  await inSystem(async (tx) => {
    for (const one of changed) {
      const start = performance.now();
      const ids = await demandFor(tx, one.id, reachOf(one, world.geography, WEIGHTS));
      lookUps.push(performance.now() - start);
      for (const open of await openPackagesById(tx, ids)) evaluateEnterprise(questionFor(open, world), one);
      whole.push(performance.now() - start);
      named.push(ids.length);
    }
  });
  const warm = (list: number[]): Percentiles => percentiles(list.slice(Math.floor(list.length / 10)));
  const [table] = await inSystem((tx) =>
    rows<{ rows: number }>(tx, 'SELECT count(*)::float8 AS rows FROM matching.demand'),
  );
  return {
    packages: opens.length,
    rows: table!.rows,
    lookUp: warm(lookUps),
    lookUpAndDecide: warm(whole),
    named: warm(named),
  };
}

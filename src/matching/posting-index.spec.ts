import { rulesFromFiles } from '../legal-basis/index.js';
import { loadGeography } from '../registry/index.js';
import { benchEnterprise, benchPackage } from './bench-world.js';
import {
  boundOf,
  compareFound,
  identityOf,
  lawOfPackage,
  legalView,
  passes,
  PostingIndexBuilder,
  probeOf,
  projectPostings,
  questionOf,
  type Found,
  type PostingRow,
  type Probe,
} from './domain/index.js';

const ON = '2026-11-24';
const geography = loadGeography();
const view = legalView(rulesFromFiles());
/** More than two bytes tell apart, and none that anybody asks for. */
const MORE_ZONES = 70_000;
const NO_ZONE = -1;
/** A trade, those below it, one above it and one of its group. */
const TRADES = ['45430000', '45431000', '45432100', '45400000', '45442100'];

/** Many who do the same all over the map, of different merit: most are too far away to be among the best. */
const rows: readonly (PostingRow & { readonly id: string })[] = Array.from({ length: 1500 }, (_, i) => {
  const one = benchEnterprise(3, i);
  const activities = one.activities.map((activity, j) => ({
    ...activity,
    trades: [TRADES[(i + j) % TRADES.length]!],
  }));
  return projectPostings({ ...one, activities }, geography, ((i * 7) % 10) / 10).map((posting) => ({
    ...posting,
    id: one.id,
    enterprise: identityOf(one.id),
  }));
}).flat();

const probes: readonly Probe[] = Array.from({ length: 60 }, (_, i) => {
  const asked = { ...benchPackage(3, i), trades: [TRADES[i % TRADES.length]!] };
  return probeOf(questionOf(asked, lawOfPackage(view, null, asked.instrument, ON), geography, ON));
});

/** Row by row, nothing passed over. */
function expected(probe: Probe): Found[] {
  const best = new Map<string, number>();
  for (const row of rows)
    for (const range of probe.nodes) {
      if (!probe.zones.includes(row.zone) || row.node < range.low || row.node > range.high) continue;
      if (passes(probe, row)) best.set(row.id, Math.max(best.get(row.id) ?? 0, boundOf(probe, range, row)));
    }
  return [...best].map(([enterpriseId, bound]) => ({ enterpriseId, bound })).sort(compareFound);
}

describe('postings in memory', () => {
  const builder = new PostingIndexBuilder(rows.length);
  for (const row of rows) builder.add(row);
  const index = builder.build();

  it('give the best, however few are wanted and whatever is passed over', () => {
    const all = probes.map(expected);
    expect(Math.max(...all.map((found) => found.length))).toBeGreaterThan(100);
    for (const limit of [1, 5, 20, 1500])
      expect(probes.map((probe) => index.find(probe, limit))).toEqual(
        all.map((found) => found.slice(0, limit)),
      );
  });

  it('tell any number of zones apart', () => {
    const many = new PostingIndexBuilder(rows.length + MORE_ZONES);
    for (let i = 0; i < MORE_ZONES; i += 1) many.add({ ...rows[0]!, zone: NO_ZONE - i });
    for (const row of rows) many.add(row);
    const told = many.build();
    expect(probes.map((probe) => told.find(probe, 20))).toEqual(
      probes.map((probe) => expected(probe).slice(0, 20)),
    );
  });

  it('never give who is forgotten', () => {
    const [first] = index.find(probes[0]!, 1);
    index.forget(first!.enterpriseId);
    expect(index.find(probes[0]!, 1500)).toEqual(
      expected(probes[0]!).filter(({ enterpriseId }) => enterpriseId !== first!.enterpriseId),
    );
  });
});

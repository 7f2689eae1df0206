import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Tx } from '../../../src/platform/db/index.js';
import { rows } from '../../../src/platform/db/index.js';
import { loadGeography, type Credential, type Enterprise, type Zone } from '../../../src/registry/index.js';
import {
  findCandidates,
  candidateParams,
  candidatesSql,
} from '../../../src/matching/find-candidates.query.js';
import {
  anyone,
  boundOf,
  demandOf,
  evaluateEnterprise,
  lawOfPackage,
  legalView,
  passes,
  probeOf,
  projectPostings,
  questionOf,
  reachOf,
  scoreOfEvaluation,
  TRADE_LEVELS,
  WEIGHTS,
  type Probe,
  type PackageToMatch,
} from '../../../src/matching/domain/index.js';
import { vacuumPostings, vacuumTable } from '../../../src/matching/bench-load.repository.js';
import { benchEnterprise, benchPackage } from '../../../src/matching/bench-world.js';
import { replaceDemand } from '../../../src/matching/demand.repository.js';
import {
  demandParams,
  demandSql,
  findDemand,
  FIRST_IDENTITY,
} from '../../../src/matching/find-demand.query.js';
import type { OpenPackage } from '../../../src/matching/index.js';
import { loadPostings } from '../../../src/matching/load-postings.query.js';
import { replacePostings } from '../../../src/matching/posting.repository.js';
import { rulesFromFiles } from '../../../src/legal-basis/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { anActivity, anApproval, anEnterprise } from '../../factories/enterprise.factory.js';
import { aPackageToMatch, aPlace } from '../../factories/package-to-match.factory.js';

/** What the statement must answer, worked out row by row. */
function expectedOf(
  probe: Probe,
  registry: readonly Enterprise[],
): { enterpriseId: string; bound: number }[] {
  return registry
    .flatMap((one) => {
      const bounds = projectPostings(one, geography)
        .filter((row) => probe.zones.includes(row.zone) && passes(probe, row))
        .flatMap((row) =>
          probe.nodes
            .filter(({ low, high }) => row.node >= low && row.node <= high)
            .map((range) => boundOf(probe, range, row)),
        );
      return bounds.length === 0 ? [] : [{ enterpriseId: one.id, bound: Math.max(...bounds) }];
    })
    .sort((a, b) => b.bound - a.bound || (a.enterpriseId < b.enterpriseId ? -1 : 1));
}

/** By package that the other look-up must name, the bound of its score, worked out row by row. */
function demandBounds(one: Enterprise, packages: readonly PackageToMatch[]): Map<string, number> {
  const found = packages.flatMap((asked) => {
    const question = questionOf(asked, law, geography, ON);
    const demand = demandOf(question);
    const { nodes: _, ...conditions } = demand;
    const own = probeOf(question);
    const probe: Probe = { ...own, ...conditions, who: anyone(), freeBy: own.freeBy };
    const bounds = reachOf(one, geography, WEIGHTS)
      .filter(
        ({ zones, offered }) =>
          zones.some((code) => demand.zones.includes(code)) &&
          passes(probe, { ...offered, zone: 0, node: 0, depth: 0 }),
      )
      .flatMap(({ nodes, offered }) =>
        nodes.flatMap(({ low, high, depth }) =>
          demand.nodes
            .filter(({ node }) => node >= low && node <= high)
            .map((asks) => {
              const byLevels = asks.depth === null ? 0 : 1 - Math.abs(asks.depth - depth) / TRADE_LEVELS;
              const closeness = Math.max(byLevels, asks.closeness ?? 0);
              return boundOf(probe, { low, high, depth, closeness }, { ...offered, zone: 0, node: 0, depth });
            }),
        ),
      );
    return bounds.length === 0 ? [] : [[asked.id, Math.max(...bounds)] as const];
  });
  return new Map(found);
}

async function inPages(tx: Tx, one: Enterprise): Promise<string[]> {
  const found: string[] = [];
  for (let after = FIRST_IDENTITY; ; after = found.at(-1)!) {
    const page = await findDemand(tx, reachOf(one, geography, WEIGHTS), ON, { after, count: 2 });
    found.push(...page);
    if (page.length < 2) return found;
  }
}

const TENDER = randomUUID();
const anOpenPackage = (asked: PackageToMatch): OpenPackage => ({
  package: asked,
  tenderId: TENDER,
  organisationId: TENDER,
  version: 1,
  facts: null,
});

const geography = loadGeography();
const ON = '2026-03-10';
const law = lawOfPackage(legalView(rulesFromFiles()), null, 'VOLUNTARY', ON);
const TRADES = [
  '45000000',
  '45400000',
  '45442000',
  '45442100',
  '45442121',
  '45310000',
  '77310000',
  // Of one trade group with the one before, in another division.
  '45112711',
  '30000000',
  // Needs a proof of its own.
  '45262660',
  '90650000',
];
const AREAS = [
  'nis:62096',
  'nis:61031',
  'nis:62063',
  'nuts:BE',
  'nuts:BE3',
  'nuts:BE33',
  'nuts:BE332',
  'postal:BE-4100',
  'postal:BE-2260',
  'postal:FR-38000',
  'nuts:FRK2',
  'postal:LU-4968',
];
const SITES = [
  ...AREAS,
  'geo:50.5986,5.5079',
  'geo:48.8566,2.3522',
  'nis:11002',
  'postal:NL-6211',
  'nuts:FR',
  'nis:63023',
  'postal:BE-2430',
  'postal:DE-52062',
  'nuts:NL',
  // In no municipality that we know.
  'geo:36.0,-5.6',
  'nuts:BE1',
];
const LOCATIONS: Partial<Enterprise['location']>[] = [
  { nis: '62096', lat: 50.5986, lon: 5.5079 },
  { nis: '61031' },
  { postalCode: '4000' },
  { lat: 50.72, lon: 5.6 },
  {},
  { country: 'FR', postalCode: '38000' },
  { country: 'FR', postalCode: '38000', lat: 45.188, lon: 5.724 },
  { country: 'LU', postalCode: '4968' },
  { country: 'DE', postalCode: '52062' },
  { country: 'NL', lat: 50.85, lon: 5.69 },
];

const APPROVALS = [
  anApproval(),
  anApproval({ kind: 'WAL_ETA' }),
  anApproval({ validUntil: '2026-04-30' }),
  anApproval({ state: 'pending' }),
];
const CREDENTIALS: Credential[] = [
  { kind: 'agreation', category: 'D13', class: 1, technique: null, validUntil: null },
  { kind: 'vca', category: null, class: null, technique: null, validUntil: '2027-01-01' },
  { kind: 'asbestos', category: null, class: null, technique: null, validUntil: null },
];

const zone: fc.Arbitrary<Zone> = fc.oneof(
  fc.record({
    type: fc.constant('radius' as const),
    km: fc.integer({ min: 1, max: 500 }),
    areas: fc.constant([]),
  }),
  fc.record({
    type: fc.constant('areas' as const),
    km: fc.constant(null),
    areas: fc.subarray(AREAS, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    type: fc.constantFrom('country' as const, 'unset' as const),
    km: fc.constant(null),
    areas: fc.constant([]),
  }),
);
// Nothing is a value, too.
const money = fc.option(
  fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 100 }).map((thousands) => `${thousands}000.00`) },
    { weight: 1, arbitrary: fc.constant('0.00') },
  ),
);
const activity = fc
  .record({
    trades: fc.subarray(TRADES, { minLength: 1, maxLength: 3 }),
    modes: fc.subarray(['works-or-service', 'goods', 'staff'] as const),
    zone,
    minValue: money,
    maxValue: money,
    hoursPerWeek: fc.option(fc.constantFrom(20, 200)),
    partialScope: fc.boolean(),
    from: fc.option(fc.constantFrom('2026-01-01', '2026-05-01', '2026-07-01')),
  })
  .map(({ trades, modes, zone: served, ...capacity }) =>
    anActivity({ trades, modes, zone: served, capacity }),
  );
const enterprise = fc
  .record({
    location: fc.constantFrom(...LOCATIONS),
    activities: fc.array(activity, { minLength: 1, maxLength: 3 }),
    approvals: fc.subarray(APPROVALS, { maxLength: 2 }),
    credentials: fc.subarray(CREDENTIALS, { maxLength: 3 }),
    contactEmail: fc.constantFrom('a@example.org', 'a@example.org', 'a@example.org', null),
    members: fc.option(fc.array(activity, { minLength: 1, maxLength: 2 }), { freq: 4 }),
    kind: fc.constantFrom('WAL_EI', 'WAL_ETA', 'WAL_IDESS', 'COOP_ACT', 'FED_SC_ES'),
  })
  .map(({ location, members, ...rest }) => ({
    ...rest,
    location: {
      country: 'BE',
      postalCode: null,
      nis: null,
      lat: null,
      lon: null,
      address: null,
      ...location,
    },
    members: (members ?? []).map((one, i) => ({ ref: `m${i}`, activities: [one] })),
  }));
const work: fc.Arbitrary<PackageToMatch> = fc
  .record({
    trades: fc.subarray(TRADES, { minLength: 1, maxLength: 3 }),
    allTrades: fc.boolean(),
    mode: fc.constantFrom(null, 'works-or-service' as const, 'goods' as const),
    kinds: fc.constantFrom(null, ['WAL_ETA']),
    value: money,
    sites: fc.subarray(SITES, { minLength: 1, maxLength: 3 }),
    wholeCountry: fc.option(fc.constantFrom('BE', 'FR'), { freq: 4 }),
    countryWideEnterprises: fc.constantFrom('include' as const, 'exclude' as const, 'only' as const),
    enterprisesWithin: fc.option(
      fc.record({ geo: fc.constant('50.6,5.5'), km: fc.integer({ min: 1, max: 200 }) }),
    ),
    start: fc.option(fc.constantFrom('2026-04-01', '2026-06-01')),
    end: fc.option(fc.constantFrom('2026-06-30', '2026-09-30')),
    hours: fc.option(fc.constantFrom(100, 2000)),
    credentials: fc.constantFrom(
      [],
      [],
      [{ kind: 'vca', category: null, class: null, technique: null }],
      [{ kind: 'asbestos', category: null, class: null, technique: 'SIMPLE' }],
      [{ kind: 'agreation', category: 'D13', class: null, technique: null }],
    ),
  })
  .map(({ sites, wholeCountry, countryWideEnterprises, enterprisesWithin, ...rest }) =>
    aPackageToMatch({
      ...rest,
      id: randomUUID(),
      place: aPlace({
        sites: wholeCountry ? [] : sites,
        wholeCountry: wholeCountry !== null,
        country: wholeCountry ?? 'BE',
        countryWideEnterprises,
        enterprisesWithin,
      }),
    }),
  );

describe('candidate enterprises', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await cloneDatabase();
  });
  afterAll(() => db.drop());

  const inSystem = <T>(work_: (tx: Tx) => Promise<T>): Promise<T> => db.database.transaction(SYSTEM, work_);

  it('are never fewer than those the domain lets pass, and never bounded below their score', async () => {
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(enterprise, { minLength: 1, maxLength: 8 }),
        fc.array(work, { minLength: 1, maxLength: 6 }),
        async (list, packages) => {
          const registry = list.map((overrides) => anEnterprise({ ...overrides, id: randomUUID() }));
          await inSystem(async (tx) => {
            await rows(tx, 'DELETE FROM matching.posting');
            await replacePostings(tx, [], registry, geography);
            await replaceDemand(tx, TENDER, packages.map(anOpenPackage));
            const demanded = new Map<string, ReadonlyMap<string, number>>();
            for (const one of registry) {
              const reach = reachOf(one, geography, WEIGHTS);
              const named = await findDemand(tx, reach, ON, { best: 100 });
              const bounds = demandBounds(one, packages);
              demanded.set(one.id, bounds);
              expect(named.toSorted()).toEqual([...bounds.keys()].toSorted());
              const inOrder = named.map((id) => Math.round(bounds.get(id)! * 1000));
              expect(inOrder).toEqual(inOrder.toSorted((a, b) => b - a));
              expect(await inPages(tx, one)).toEqual(named.toSorted());
            }
            for (const asked of packages) {
              const question = questionOf(asked, law, geography, ON);
              const found = await findCandidates(tx, probeOf(question), null);
              const bounds = new Map(found.map((row) => [row.enterpriseId, row.bound]));
              const fitting = registry.flatMap((one) => {
                const evaluation = evaluateEnterprise(question, one);
                return evaluation.fit === 'none'
                  ? []
                  : [{ one, score: scoreOfEvaluation(question, evaluation), fit: evaluation.fit }];
              });
              passed += fitting.length;
              expect(
                fitting.filter(({ one, score }) => !((demanded.get(one.id)!.get(asked.id) ?? -1) >= score)),
              ).toEqual([]);
              expect(
                fitting
                  .filter(({ one, score }) => !((bounds.get(one.id) ?? -1) >= score))
                  .map((miss) => ({ ...miss, bound: bounds.get(miss.one.id), asked })),
              ).toEqual([]);
              expect(found).toEqual(expectedOf(probeOf(question), registry));
              const index = await loadPostings(tx);
              expect(index.find(probeOf(question), 5)).toEqual(found.slice(0, 5));
            }
          });
        },
      ),
      { numRuns: 60 },
    );
    expect(passed).toBeGreaterThan(15);
  }, 240_000);

  it('narrow: a distant or different enterprise is not read', async () => {
    const near = anEnterprise({ id: randomUUID() });
    const far = anEnterprise({
      id: randomUUID(),
      location: { ...near.location, nis: '11002', lat: 51.22, lon: 4.4 },
    });
    const other = anEnterprise({ id: randomUUID(), activities: [anActivity({ trades: ['77310000'] })] });
    await inSystem(async (tx) => {
      await rows(tx, 'DELETE FROM matching.posting');
      await replacePostings(tx, [], [near, far, other], geography);
      const question = questionOf(aPackageToMatch(), law, geography, ON);
      const found = await findCandidates(tx, probeOf(question), 50);
      expect(found.map((row) => row.enterpriseId)).toEqual([near.id]);
      expect(found[0]!.bound).toBeGreaterThan(0.5);
      await replaceDemand(tx, TENDER, [anOpenPackage({ ...question.package, id: randomUUID() })]);
      const demanded: number[] = [];
      for (const one of [near, far, other])
        demanded.push((await findDemand(tx, reachOf(one, geography, WEIGHTS), ON, { best: 10 })).length);
      expect(demanded).toEqual([1, 0, 0]);
    });
  });

  it('forget an enterprise that has stopped', async () => {
    const one = anEnterprise({ id: randomUUID() });
    await inSystem(async (tx) => {
      await replacePostings(tx, [one.id], [one], geography);
      expect(await replacePostings(tx, [one.id], [{ ...one, active: false }], geography)).toBe(0);
      expect(await rows(tx, 'SELECT FROM matching.posting WHERE enterprise_id = $1', [one.id])).toEqual([]);
    });
  });

  it('are read from the index alone, zone and trade both in its condition', async () => {
    const question = questionOf(aPackageToMatch(), law, geography, ON);
    await inSystem(async (tx) => {
      const many = Array.from({ length: 400 }, () => anEnterprise({ id: randomUUID() }));
      await replacePostings(tx, [], many, geography);
      await rows(tx, 'SET LOCAL enable_seqscan = off');
      const plan = await rows<{ 'QUERY PLAN': string }>(
        tx,
        `EXPLAIN ${candidatesSql(question.weights)}`,
        candidateParams(probeOf(question), 50),
      );
      const text = plan.map((row) => row['QUERY PLAN']).join('\n');
      expect(text).toMatch(/Index (Only )?Scan (using|on) posting_pkey/);
      expect(text).toMatch(
        /Index Cond: \(\(zone = ANY .*\) AND \(node >= p\.low\) AND \(node <= p\.high\)\)/,
      );
    });
  });

  it('are planned once for a connection: the plan for any values is the one that is kept', async () => {
    const { weights, ...probe } = probeOf(questionOf(benchPackage(1, 0), law, geography, ON));
    // A name of its own, so that no other case has used the statement on this connection.
    const named = { ...probe, weights: { ...weights, version: 'planned-once' } };
    const many = Array.from({ length: 1000 }, (_, i) => benchEnterprise(1, i));
    await inSystem((tx) => replacePostings(tx, [], many, geography));
    await vacuumPostings(db.database);
    await inSystem(async (tx) => {
      for (let i = 0; i < 8; i += 1) await findCandidates(tx, named, 50);
      const name = 'matching.find-candidates.planned-once';
      const [plans] = await rows<{ generic: number; custom: number }>(
        tx,
        `SELECT generic_plans::int AS generic, custom_plans::int AS custom FROM pg_prepared_statements WHERE name = $1`,
        [name],
      );
      expect(plans).toEqual({ generic: 3, custom: 5 });
      const values = candidateParams(named, 50).map((value) => (value === null ? 'NULL' : `'${value}'`));
      const plan = await rows<{ 'QUERY PLAN': string }>(
        tx,
        `EXPLAIN EXECUTE "${name}" (${values.join(', ')})`,
      );
      expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toMatch(
        /posting_pkey on posting[^\n]*\n\s*Index Cond: \(\(zone = ANY \(\$4\)\) AND \(node >= p\.low\) AND \(node <= p\.high\)\)/,
      );
    });
  });

  it('are found from the side of an enterprise by the index alone, zone and trade both in its condition', async () => {
    const opens = Array.from({ length: 400 }, (_, i) => anOpenPackage(benchPackage(1, i)));
    await inSystem((tx) => replaceDemand(tx, TENDER, opens));
    await vacuumTable(db.database, 'matching.demand');
    await inSystem(async (tx) => {
      await rows(tx, 'SET LOCAL enable_seqscan = off');
      const reach = reachOf(benchEnterprise(1, 0), geography, WEIGHTS);
      for (const page of [{ best: 51 }, { after: FIRST_IDENTITY, count: 500 }]) {
        const plan = await rows<{ 'QUERY PLAN': string }>(
          tx,
          `EXPLAIN ${demandSql('after' in page ? 'identity' : 'best', WEIGHTS)}`,
          demandParams(reach, ON, page),
        );
        expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toMatch(
          /Index Only Scan using demand_pkey[^\n]*\n\s*Index Cond: \(\(zone = ANY .*\) AND \(node >= r\.low\) AND \(node <= r\.high\)/,
        );
      }
    });
  });
});

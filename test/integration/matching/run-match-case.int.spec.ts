import { rows } from '../../../src/platform/db/index.js';
import { SystemClock } from '../../../src/platform/clock.js';
import {
  runMatchCase,
  type MatchInOutput,
  type MatchOutput,
  type TeamInOutput,
} from '../../../src/matching/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';

/** The example of the contract, word for word where it has words. */
const ENTERPRISE = {
  id: 'e1',
  name: 'Exemple',
  kind: 'WAL_EI',
  active: true,
  delisted: false,
  contactEmail: 'a@example.org',
  approvals: [],
  ratios: [],
  location: { postalCode: '4100', country: 'BE', nis: '62096', lat: 50.5986, lon: 5.5079 },
  activities: [
    {
      trades: ['45442100'],
      modes: ['works-or-service', 'goods', 'staff'],
      zone: { type: 'radius', km: 40, areas: ['nis:62096', 'nuts:BE33', 'postal:BE-4100'] },
      capacity: {
        minValue: '1000.00',
        maxValue: '150000.00',
        hoursPerWeek: 300,
        from: '2026-05-01',
        partialScope: true,
      },
    },
  ],
  credentials: [{ kind: 'agreation', category: 'D13', class: 1, validUntil: null }],
  openToTeams: true,
};
const PACKAGE = {
  id: 'p1',
  trades: ['45442000'],
  mode: 'works-or-service',
  kinds: null,
  value: '42000.00',
  hours: 900,
  place: {
    sites: ['nis:62096', 'nuts:BE33', 'postal:BE-4100', 'geo:50.5986,5.5079'],
    wholeCountry: false,
    countryWideEnterprises: 'include',
    enterprisesWithin: null,
  },
  start: '2026-06-01',
  end: '2026-09-30',
  credentials: [],
  instrument: 'VOLUNTARY',
};
const FACTS = { date: '2026-03-02', buyer: 'private', region: 'WAL', nature: 'works' };

function aCase(
  enterprises: object[] = [ENTERPRISE],
  packages: object[] = [PACKAGE],
  tender: object = {},
): object {
  return {
    on: '2026-03-10',
    enterprises,
    tenders: [{ id: 't1', facts: FACTS, status: 'published', deadline: '2026-04-10', packages, ...tender }],
  };
}

const words = (key: string): string => key;

describe('a case of the command line', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await cloneDatabase();
  });
  afterAll(() => db.drop());

  const run = (input: unknown, explain?: { enterprise: string; package: string }): Promise<MatchOutput> =>
    runMatchCase(input, db.database, { clock: new SystemClock(), words, ...(explain ? { explain } : {}) });
  const matches = async (input: unknown): Promise<readonly MatchInOutput[]> => {
    const output = await run(input);
    return 'matches' in output ? output.matches : [];
  };
  const pairs = async (input: unknown): Promise<string[]> =>
    (await matches(input)).map((match) => `${match.package} ${match.enterprise} ${match.verdict}`);

  const count = () =>
    db.database.transaction(SYSTEM, (tx) =>
      rows<{ enterprises: number; offers: number; rules: number }>(
        tx,
        `SELECT (SELECT count(*)::int FROM registry.enterprise) AS enterprises,
                  (SELECT count(*)::int FROM matching.posting) AS offers,
                  (SELECT count(*)::int FROM legal_basis.rule_version) AS rules`,
      ),
    );

  it('answers the example of the contract in its shape', async () => {
    const [match, ...others] = await matches(aCase());
    expect(others).toEqual([]);
    expect(match).toMatchObject({
      package: 'p1',
      enterprise: 'e1',
      verdict: 'match',
      rank: 1,
      basis: 'BE-CONTRACT',
    });
    expect(match!.score).toBeGreaterThan(0.5);
    expect(match!.criteria.map(({ key }) => key)).toEqual([
      'trade',
      'mode',
      'zone',
      'kind',
      'legal',
      'approval',
      'capacity',
      'dates',
      'credentials',
      'contact',
    ]);
    for (const criterion of match!.criteria) {
      expect(criterion).toMatchObject({
        evidence: expect.any(String),
        required: expect.any(String),
        actual: expect.any(String),
      });
    }
  });

  it('leaves nothing behind', async () => {
    const before = await count();
    await run(aCase());
    expect(await count()).toEqual(before);
    expect(before).toMatchObject([{ enterprises: 0, offers: 0 }]);
  });

  it.each([
    ['an IDESS never', { kind: 'WAL_IDESS' }, []],
    ['an inactive one never', { active: false }, []],
    ['a delisted one never', { delisted: true }, []],
    ['without address nearly', { contactEmail: '' }, ['p1 e1 near-miss']],
    [
      'with an expired approval nearly',
      { approvals: [{ kind: 'WAL_EI', validFrom: '2024-01-01', validUntil: '2026-05-20' }] },
      ['p1 e1 near-miss'],
    ],
  ])('%s', async (_name, overrides, expected) => {
    expect(await pairs(aCase([{ ...ENTERPRISE, ...overrides }]))).toEqual(expected);
  });

  it.each([
    [
      'a Belgian one for work in Tourcoing',
      { country: 'BE', nis: '57096', lat: 50.7433, lon: 3.2139 },
      'postal:FR-59200',
      ['p1 e1 near-miss'],
    ],
    [
      'a French one for work in Mouscron',
      { country: 'FR', postalCode: '59200', lat: 50.7239, lon: 3.1612 },
      'nis:57096',
      ['p1 e1 near-miss'],
    ],
    [
      'but not one at the other end of the country',
      { country: 'BE', nis: '62096', lat: 50.5986, lon: 5.5079 },
      'postal:FR-59200',
      [],
    ],
  ])(
    'finds who serves its whole country as near across the border: %s',
    async (_, location, site, expected) => {
      const zone = { type: 'country' };
      const e1 = { ...ENTERPRISE, location, activities: [{ ...ENTERPRISE.activities[0], zone }] };
      const asked = { ...PACKAGE, place: { ...PACKAGE.place, sites: [site] } };
      const input = aCase([e1], [asked]);
      expect(await pairs(input)).toEqual(expected);
      const changes = (await matches(input)).flatMap((match) => match.changes.map(({ code }) => code));
      expect(changes).toEqual(expected.map(() => 'zone.across-border'));
    },
  );

  it('breaks ties by the name of the case', async () => {
    const ids = ['b', 'a', 'c10', 'c9'];
    expect(await pairs(aCase(ids.map((id) => ({ ...ENTERPRISE, id }))))).toEqual(
      ['a', 'b', 'c10', 'c9'].map((id) => `p1 ${id} match`),
    );
  });

  it('proposes teams for a package that needs all its trades', async () => {
    const painter = { ...ENTERPRISE, id: 'painter' };
    const mason = {
      ...ENTERPRISE,
      id: 'mason',
      activities: [{ ...ENTERPRISE.activities[0], trades: ['45262500'] }],
    };
    const output = (await run(
      aCase([painter, mason], [{ ...PACKAGE, trades: ['45442100', '45262500'], allTrades: true }]),
    )) as {
      matches: readonly MatchInOutput[];
      teams: readonly TeamInOutput[];
    };
    expect(output.matches.map((match) => match.verdict)).toEqual(['partial', 'partial']);
    expect(output.teams).toHaveLength(1);
    expect(output.teams[0]).toMatchObject({ package: 'p1', coverage: 1, gaps: [] });
    expect(
      Object.fromEntries(output.teams[0]!.members.map((member) => [member.enterprise, member.covers])),
    ).toEqual({
      painter: ['45442100'],
      mason: ['45262500'],
    });
  });

  it('refuses a package that would match everybody, and goes on with the others', async () => {
    const noTrade = { ...PACKAGE, id: 'p2', trades: [] };
    const noSite = { ...PACKAGE, id: 'p3', place: { sites: [] } };
    const output = await run(aCase([ENTERPRISE], [noTrade, noSite, PACKAGE]));
    expect(output).toMatchObject({ matches: [{ package: 'p1' }] });
    expect(output.problems.map(({ code, place }) => [code, place])).toEqual([
      ['matching.trade.missing', { pointer: '/tenders/0/packages/0/trades' }],
      ['matching.site.missing', { pointer: '/tenders/0/packages/1/place/sites' }],
    ]);
    expect(await run(aCase([ENTERPRISE], [noTrade]))).toMatchObject({
      refused: { code: 'matching.trade.missing' },
    });
  });

  it('names what is broken in the register, and goes on with the others', async () => {
    const broken = (id: string, overrides: object, activity: object = {}): object => ({
      ...ENTERPRISE,
      id,
      activities: [{ ...ENTERPRISE.activities[0], ...activity }],
      ...overrides,
    });
    const output = await run(
      aCase([
        broken('b1', {}, { zone: { type: 'circle' } }),
        broken('b2', {}, { zone: { type: 'radius', km: -3 } }),
        broken('b3', {}, { trades: ['99999999'] }),
        broken('b4', { location: { country: 'BE', lat: 5.5, lon: 50.6 } }),
        broken('b5', { activities: Array.from({ length: 10_000 }, () => ENTERPRISE.activities[0]) }),
        broken('b6', { kind: 'NO_SUCH_KIND' }),
        broken('b7', {}, { zone: { type: 'radius', km: 20_000 } }),
        broken('b8', { approvals: [{ kind: 'WAL_EI', validFrom: '2026-05-01', validUntil: '2026-04-30' }] }),
        broken('b9', {
          members: Array.from({ length: 100 }, (_, i) => ({
            ref: `m${i}`,
            activities: Array.from({ length: 100 }, () => ENTERPRISE.activities[0]),
          })),
        }),
        ENTERPRISE,
        ENTERPRISE,
      ]),
    );
    expect(output).toMatchObject({ matches: [{ enterprise: 'e1' }] });
    expect(
      output.problems.map(({ code, place }) => `${code} ${(place as { pointer: string }).pointer}`),
    ).toEqual([
      'registry.zone.type.unknown /enterprises/0/activities/0/zone/type',
      'registry.zone.radius.impossible /enterprises/1/activities/0/zone/km',
      'registry.trade.unknown /enterprises/2/activities/0/trades/0',
      'registry.location.outside-europe /enterprises/3/location/lat',
      'registry.location.outside-europe /enterprises/3/location/lon',
      'registry.list.too-long /enterprises/4/activities',
      'registry.kind.unknown /enterprises/5/kind',
      'registry.zone.radius.impossible /enterprises/6/activities/0/zone/km',
      'registry.approval.reversed /enterprises/7/approvals/0/validUntil',
      'registry.activities.too-many /enterprises/8/members',
      'matching.case.id.twice /enterprises/10/id',
    ]);
  });

  it('names what is broken in packages, and goes on with the others', async () => {
    const broken = (id: string, overrides: object, place: object = {}): object => ({
      ...PACKAGE,
      id,
      place: { ...PACKAGE.place, ...place },
      ...overrides,
    });
    const sites = Array.from({ length: 500 }, (_, i) => `geo:50.${1000 + i},5.5`);
    const output = await run(
      aCase(
        [ENTERPRISE],
        [
          broken('p2', {}, { sites }),
          broken('p3', { start: '2026-09-30', end: '2026-06-01' }),
          broken('p4', { start: '2026-02-30' }),
          broken('p5', { trades: ['45999999'] }),
          broken('p6', {}, { sites: ['geo:5.5079,50.5986'] }),
          broken('p7', {}, { sites: ['nis:99999'] }),
          broken('p8', {}, { enterprisesWithin: { geo: '50.48,4.19', km: -4 } }),
          broken('p9', { hours: { min: 200, max: 100 } }),
          broken('p10', { kinds: ['NO_SUCH_KIND'] }),
          broken('p11', {}, { wholeCountry: true, country: 'Belgium' }),
          broken('', {}),
          PACKAGE,
          PACKAGE,
        ],
      ),
    );
    expect(output).toMatchObject({ matches: [{ package: 'p1', enterprise: 'e1' }] });
    expect(
      output.problems.map(
        ({ code, place, found }) => `${code} ${(place as { pointer: string }).pointer} ${found}`,
      ),
    ).toEqual([
      'matching.list.too-long /tenders/0/packages/0/place/sites 500',
      'matching.dates.reversed /tenders/0/packages/1/end 2026-06-01',
      'matching.day.unreadable /tenders/0/packages/2/start 2026-02-30',
      'matching.trade.unknown /tenders/0/packages/3/trades/0 45999999',
      'matching.site.outside-europe /tenders/0/packages/4/place/sites/0 geo:5.5079,50.5986',
      'matching.site.unknown /tenders/0/packages/5/place/sites/0 nis:99999',
      'matching.distance.impossible /tenders/0/packages/6/place/enterprisesWithin/km -4',
      'matching.hours.reversed /tenders/0/packages/7/hours/max 100',
      'matching.kind.unknown /tenders/0/packages/8/kinds/0 NO_SUCH_KIND',
      'matching.country.unknown /tenders/0/packages/9/place/country Belgium',
      'matching.id.missing /tenders/0/packages/10/id ',
      'matching.case.package.twice /tenders/0/packages/12/id "p1"',
    ]);
    for (const { expected } of output.problems) expect(expected).toMatch(/\w/);
  });

  it.each([null, [], 'x', { on: 'yesterday' }, {}])('refuses %j', async (input) => {
    expect(await run(input)).toMatchObject({ refused: { severity: 'error' } });
  });

  it.each([{ status: 'draft' }, { status: 'withdrawn' }, { deadline: '2026-03-09' }])(
    'matches nobody with a tender that is not open: %j',
    async (tender) => {
      expect(await pairs(aCase([ENTERPRISE], [PACKAGE], tender))).toEqual([]);
    },
  );

  it('explains any pair', async () => {
    const far = { ...ENTERPRISE, id: 'far', location: { country: 'BE', nis: '11002' } };
    const output = await run(aCase([ENTERPRISE, far]), { enterprise: 'far', package: 'p1' });
    expect(output).toMatchObject({ explanation: { package: 'p1', enterprise: 'far', verdict: 'none' } });
    expect(await run(aCase(), { enterprise: 'nobody', package: 'p1' })).toMatchObject({
      refused: { code: 'matching.explain.unknown' },
    });
  });
});

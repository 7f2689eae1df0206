import { buildRules, decidesAlone, expiringSoon, type RuleVersion } from './index.js';

const CITATION = { fr: 'loi', nl: 'wet' };

function version(
  set: RuleVersion['set'],
  key: string,
  body: object,
  more: Partial<RuleVersion> = {},
): RuleVersion {
  const valid = more.valid ?? { from: null, until: null };
  return {
    id: `${set} ${key} ${valid.from ?? ''}`,
    set,
    key,
    valid,
    citation: CITATION,
    confidence: 'sourced',
    body: body as RuleVersion['body'],
    sourceFile: 'x.yaml',
    ...more,
  };
}

/** What every rule carries over from its version. */
function frame({ id, key, valid, citation, confidence }: RuleVersion) {
  return { versionId: id, key, valid, citation, confidence };
}

function built(...versions: RuleVersion[]) {
  return buildRules(versions, new Set(['45000000']), 'stamp');
}

describe('the law, arranged', () => {
  it('knows its scope, its stamp and the codes of the vocabulary', () => {
    const body = { law_as_of: '2026-11-22', known_from: '1994-01-01', known_until: '2028-01-01' };
    expect(built(version('gate', 'A', {}), version('scope', 'SCOPE', body))).toMatchObject({
      lawAsOf: '2026-11-22',
      known: { from: '1994-01-01', until: '2028-01-01' },
      stamp: 'stamp',
      knownCpv: new Set(['45000000']),
    });
    expect(built()).toMatchObject({ lawAsOf: '', known: { from: null, until: null }, versions: [] });
  });

  it('keeps the versions of one rule together, oldest first, in any order of arrival', () => {
    const old = version('threshold', 'T', { amount: 5 }, { valid: { from: null, until: '2020-01-01' } });
    const middle = version(
      'threshold',
      'T',
      { amount: 6 },
      { valid: { from: '2020-01-01', until: '2021-01-01' } },
    );
    const recent = version('threshold', 'T', { amount: 7 }, { valid: { from: '2021-01-01', until: null } });
    const other = version('threshold', 'A', { amount: 8 });
    const gate = version('gate', 'Z', { x: 1 });
    const expected = [gate, other, old, middle, recent];
    for (const order of [
      [recent, other, gate, middle, old],
      [old, gate, recent, middle, other],
      [gate, other, old, middle, recent],
      [middle, old, recent, other, gate],
    ]) {
      const { versions, thresholds, gates } = built(...order);
      expect(versions).toEqual(expected);
      expect([...thresholds.keys()]).toEqual(['A', 'T']);
      expect(thresholds.get('T')).toEqual([
        { ...frame(old), amount: '5.00' },
        { ...frame(middle), amount: '6.00' },
        { ...frame(recent), amount: '7.00' },
      ]);
      expect(gates).toEqual(new Map([['Z', [{ ...frame(gate), values: { x: 1 } }]]]));
    }
  });

  it('reads regimes, buyers, lists, classes', () => {
    const all = {
      regime: version('regime', 'R', { regime: 'R2016' }),
      bound: version('buyer', 'public', { bound: true }),
      free: version('buyer', 'private', { bound: false }),
      list: version('cpv-list', 'L', { codes: ['45000000', '45100000'] }),
      noList: version('cpv-list', 'M', {}),
      top: version('approval-class', 'C8', { amount: null }),
      low: version('approval-class', 'C1', { amount: 135000 }),
      empty: version('threshold', 'T', {}),
    };
    const rules = built(...Object.values(all));
    expect(rules.regimes).toEqual([{ ...frame(all.regime), regime: 'R2016' }]);
    expect(rules.buyers).toEqual(
      new Map([
        ['private', { ...frame(all.free), bound: false }],
        ['public', { ...frame(all.bound), bound: true }],
      ]),
    );
    expect(rules.cpvLists.get('L')).toEqual([
      { ...frame(all.list), codes: new Set(['45000000', '45100000']) },
    ]);
    expect(rules.cpvLists.get('M')?.[0]?.codes).toEqual(new Set());
    expect(rules.classes.get('C1')).toEqual([{ ...frame(all.low), max: '135000.00' }]);
    expect(rules.classes.get('C8')).toEqual([{ ...frame(all.top), max: null }]);
    expect(rules.thresholds.get('T')?.[0]?.amount).toBe('0.00');
  });

  it('reads a basis, with everything and with next to nothing', () => {
    const full = version('basis', 'FULL', {
      layer: 'BE',
      instruments: ['RESERVE_PUBSVC'],
      groups: ['PUBSVC'],
      uncertain_groups: ['SHELTERED'],
      value_limit: 'below-eu-threshold',
      column: 'BE-2016-90',
      route: { cpv_list: 'ART77', nature: 'services', max_years: 3 },
      uncertain_above: { regime: 'R2006', groups: ['SHELTERED'] },
      inherited_in: 'R2016',
    });
    const bare = version('basis', 'BARE', { layer: 'EU', instruments: [], value_limit: 'none' });
    const { bases } = built(full, bare);
    expect(bases.get('FULL')).toEqual([
      {
        ...frame(full),
        layer: 'BE',
        instruments: ['RESERVE_PUBSVC'],
        groups: ['PUBSVC'],
        uncertainGroups: ['SHELTERED'],
        valueLimit: 'below-eu-threshold',
        column: 'BE-2016-90',
        route: { cpvList: 'ART77', nature: 'services', maxYears: 3 },
        uncertainAbove: { regime: 'R2006', groups: ['SHELTERED'] },
        inheritedIn: 'R2016',
      },
    ]);
    expect(bases.get('BARE')).toEqual([
      {
        ...frame(bare),
        layer: 'EU',
        instruments: [],
        groups: [],
        uncertainGroups: [],
        valueLimit: 'none',
        column: null,
        route: null,
        uncertainAbove: null,
        inheritedIn: null,
      },
    ]);
  });

  it('reads a duty, with everything and with next to nothing', () => {
    const full = version('overlay', 'FULL', {
      duty: 'must',
      region: 'WAL',
      buyers: ['public'],
      status: 'pending',
      start_uncertain_until: '2020-01-01',
      cases: [
        {
          levels: ['local'],
          natures: ['works'],
          work_kinds: ['building'],
          above: 1000000,
          from: 750000,
          vat_rate: '0.21',
          reaches_eu_threshold: true,
          over_days: 60,
        },
        {},
      ],
    });
    const bare = version('overlay', 'BARE', { duty: 'guidance', region: null, buyers: [] });
    const { overlays } = built(full, bare);
    const noCondition = {
      levels: null,
      natures: null,
      workKinds: null,
      above: null,
      from: null,
      vatRate: null,
      reachesEuThreshold: false,
      overDays: null,
    };
    expect(overlays.get('FULL')).toEqual([
      {
        ...frame(full),
        duty: 'must',
        region: 'WAL',
        buyers: ['public'],
        status: 'pending',
        startUncertainUntil: '2020-01-01',
        cases: [
          {
            levels: ['local'],
            natures: ['works'],
            workKinds: ['building'],
            above: '1000000.00',
            from: '750000.00',
            vatRate: '0.21',
            reachesEuThreshold: true,
            overDays: 60,
          },
          noCondition,
        ],
      },
    ]);
    expect(overlays.get('BARE')).toEqual([
      {
        ...frame(bare),
        duty: 'guidance',
        region: null,
        buyers: [],
        status: 'in-force',
        startUncertainUntil: null,
        cases: [noCondition],
      },
    ]);
  });

  it('reads a kind and a cell of the matrix, with everything and with next to nothing', () => {
    const names = { fr: 'a', nl: 'b', de: 'c', en: 'd' };
    const full = version('kind', 'FULL', {
      names,
      authority: 'Région',
      max_years: [2, null],
      b2b_market: false,
      approved: false,
      sheltered: true,
      report_due: '07-15',
      successor: 'BARE',
      notes: 'x',
    });
    const bare = version('kind', 'BARE', { names });
    const cell = version('eligibility', 'FULL:VOL', {
      kind: 'FULL',
      column: 'VOL',
      answer: 'N',
      needs: ['ratio30'],
      unless: ['art59'],
      why: 'x',
      suggestion: 'WAL_TRAIN',
    });
    const bareCell = version('eligibility', 'BARE:VOL', { kind: 'BARE', column: 'VOL', answer: 'Y' });
    const rules = built(full, bare, cell, bareCell);
    expect(rules.kinds.get('FULL')).toEqual([
      {
        ...frame(full),
        names,
        authority: 'Région',
        maxYears: [2, null],
        b2bMarket: false,
        approved: false,
        sheltered: true,
        reportDue: '07-15',
        successor: 'BARE',
        notes: 'x',
      },
    ]);
    expect(rules.kinds.get('BARE')).toEqual([
      {
        ...frame(bare),
        names,
        authority: '',
        maxYears: [],
        b2bMarket: true,
        approved: true,
        sheltered: false,
        reportDue: null,
        successor: null,
        notes: '',
      },
    ]);
    expect(rules.eligibility.get('FULL:VOL')).toEqual([
      {
        ...frame(cell),
        kind: 'FULL',
        column: 'VOL',
        answer: 'N',
        needs: ['ratio30'],
        unless: ['art59'],
        why: 'x',
        suggestion: 'WAL_TRAIN',
      },
    ]);
    expect(rules.eligibility.get('BARE:VOL')).toEqual([
      {
        ...frame(bareCell),
        kind: 'BARE',
        column: 'VOL',
        answer: 'Y',
        needs: [],
        unless: [],
        why: null,
        suggestion: null,
      },
    ]);
  });

  it('tells what ends within the days given, on the last of them and not after, when nothing follows', () => {
    const ends = (until: string | null, more: RuleVersion[] = []) =>
      expiringSoon(
        built(version('threshold', 'T', {}, { valid: { from: null, until } }), ...more),
        '2026-01-01',
        10,
      );
    expect(ends('2026-01-01')).toEqual([]);
    expect(ends('2026-01-02').map((one) => one.key)).toEqual(['T']);
    expect(ends('2026-01-11').map((one) => one.key)).toEqual(['T']);
    expect(ends('2026-01-12')).toEqual([]);
    expect(ends(null)).toEqual([]);
    const next = version('threshold', 'T', {}, { valid: { from: '2026-01-05', until: null } });
    expect(ends('2026-01-05', [next])).toEqual([]);
    expect(ends('2026-01-05', [{ ...next, key: 'U' }])).toHaveLength(1);
    expect(ends('2026-01-05', [{ ...next, set: 'gate' }])).toHaveLength(1);
  });

  it('lets only what is sourced decide alone', () => {
    expect((['sourced', 'recalled', 'uncertain'] as const).map(decidesAlone)).toEqual([true, false, false]);
  });
});

import { rulesFromFiles } from '../rule-files.js';
import {
  approvalEnd,
  eligibility,
  kindOn,
  type EligibilityAnswer,
  type EnterpriseFacts,
  type LegalRules,
  type RatioFacts,
} from './index.js';

const rules = rulesFromFiles();
const NOTICE = '2024-02-01';

function answer(
  basis: string,
  enterprise: EnterpriseFacts,
  on = NOTICE,
  law: LegalRules = rules,
): EligibilityAnswer {
  const given = eligibility(law, { basis, enterprise }, on);
  if (!('verdict' in given)) throw new Error(JSON.stringify(given));
  return given;
}

/** Verdict, group, confidence, and each reason as key, result, required, actual. */
function told({ verdict, group, confidence, reasons }: EligibilityAnswer): unknown[] {
  return [
    `${verdict} ${group ?? '-'} ${confidence}`,
    ...reasons.map((one) => [one.key, one.result, one.required, one.actual].join(' | ')),
  ];
}

function ratio(
  method: RatioFacts['method'],
  share: string | null,
  disabledShare: string | null = null,
  asOf = '2023-12-31',
): RatioFacts {
  return { asOf, method, share, disabledShare };
}

describe('what was required of an enterprise, and what was found', () => {
  it.each<[string, string, string, EnterpriseFacts, readonly string[]]>([
    [
      'nothing on file',
      'BE-2016-15',
      NOTICE,
      { kind: 'WAL_EI' },
      [
        'pending INTEG30 sourced',
        'kind | pass | 2024-02-01 | ... / ...',
        'approval | unknown | WAL_EI 2024-02-01 | -',
        'matrix | unknown | BE-2016-15 | WAL_EI: C',
        'ratio30 | unknown | >= 0.3 | -',
        'main-aim | unknown | true | -',
      ],
    ],
    [
      'an aim that is another, two ratios that disagree',
      'BE-2016-15',
      NOTICE,
      {
        kind: 'WAL_EI',
        mainAimIntegration: false,
        approvals: [{ kind: 'WAL_EI', validFrom: '2023-01-01', validUntil: null }],
        ratios: [ratio('fte', '0.3'), ratio('heads', '0.29', null, '2023-12-30')],
      },
      [
        'not-eligible - sourced',
        'kind | pass | 2024-02-01 | ... / ...',
        'approval | pass | WAL_EI 2024-02-01 | 2023-01-01 / ...',
        'matrix | fail | BE-2016-15 | WAL_EI: C',
        'ratio30 | unknown | >= 0.3 | fte 0.3 (2023-12-31); heads 0.29 (2023-12-30)',
        'main-aim | fail | true | false',
      ],
    ],
    [
      'everything',
      'BE-2016-15',
      NOTICE,
      {
        kind: 'WAL_EI',
        mainAimIntegration: true,
        approvals: [{ kind: 'WAL_EI', validFrom: null, validUntil: NOTICE }],
        ratios: [ratio('fte', '0.3')],
      },
      [
        'eligible INTEG30 sourced',
        'kind | pass | 2024-02-01 | ... / ...',
        'approval | pass | WAL_EI 2024-02-01 | ... / 2024-02-01',
        'matrix | pass | BE-2016-15 | WAL_EI: C',
        'ratio30 | pass | >= 0.3 | fte 0.3 (2023-12-31)',
        'main-aim | pass | true | true',
      ],
    ],
    [
      'an approval that ended',
      'BE-2016-15',
      NOTICE,
      {
        kind: 'WAL_ETA',
        approvals: [{ kind: 'WAL_ETA', validFrom: '2010-01-01', validUntil: '2023-12-31' }],
        ratios: [ratio('fte', '0.8'), ratio('heads', '0.8', null, '2022-12-31')],
      },
      [
        'pending SHELTERED30 sourced',
        'kind | pass | 2024-02-01 | ... / ...',
        'approval | fail | WAL_ETA 2024-02-01 | 2010-01-01 / 2023-12-31',
        'matrix | unknown | BE-2016-15 | WAL_ETA: Y',
        'ratio30 | pass | >= 0.3 | fte 0.8 (2023-12-31); heads 0.8 (2022-12-31)',
      ],
    ],
    [
      'a majority of disabled workers',
      'BE-2006-22-1',
      '2015-02-01',
      { kind: 'WAL_ETA', ratios: [ratio('fte', '0.9', '0.51', '2014-12-31')] },
      [
        'eligible SHELTERED sourced',
        'kind | pass | 2015-02-01 | ... / ...',
        'approval | unknown | WAL_ETA 2015-02-01 | -',
        'matrix | pass | BE-2006-22-1 | WAL_ETA: Y',
        'majority-disabled | pass | > 0.5 | fte 0.51 (2014-12-31)',
      ],
    ],
    [
      'a share without the disabled, too small to hold a majority of them',
      'BE-2006-22-1',
      '2015-02-01',
      { kind: 'WAL_ETA', ratios: [ratio('heads', '0.4', null, '2014-12-31')] },
      [
        'not-eligible - sourced',
        'kind | pass | 2015-02-01 | ... / ...',
        'approval | unknown | WAL_ETA 2015-02-01 | -',
        'matrix | fail | BE-2006-22-1 | WAL_ETA: Y',
        'majority-disabled | fail | > 0.5 | heads 0.4 (2014-12-31)',
      ],
    ],
    [
      'two recognitions, one of which holds',
      'BE-2006-22-2',
      '2015-02-01',
      {
        kind: 'WAL_EI',
        art59: { validFrom: '2014-01-01', validUntil: '2015-02-01' },
        approvals: [{ kind: 'FED_ESI59', validFrom: '2001-01-01', validUntil: '2005-01-01' }],
      },
      [
        'eligible ESI59 sourced',
        'kind | pass | 2015-02-01 | ... / ...',
        'approval | unknown | WAL_EI 2015-02-01 | -',
        'matrix | pass | BE-2006-22-2 | WAL_EI: C',
        'art59 | pass | 2015-02-01 | 2014-01-01 / 2015-02-01; 2001-01-01 / 2005-01-01',
      ],
    ],
    [
      'no recognition',
      'BE-2006-22-2',
      '2015-02-01',
      { kind: 'WAL_EI' },
      [
        'pending ESI59 sourced',
        'kind | pass | 2015-02-01 | ... / ...',
        'approval | unknown | WAL_EI 2015-02-01 | -',
        'matrix | unknown | BE-2006-22-2 | WAL_EI: C',
        'art59 | unknown | 2015-02-01 | -',
      ],
    ],
    [
      'a recognition of four years',
      'BE-2006-22-2',
      '2016-02-01',
      { kind: 'FED_ESI59', approvals: [{ kind: 'FED_ESI59', validFrom: '2012-02-01' }] },
      [
        'eligible ESI59 sourced',
        'kind | pass | 2016-02-01 | ... / ...',
        'approval | pass | FED_ESI59 2016-02-01 | 2012-02-01 / 2016-02-01',
        'matrix | pass | BE-2006-22-2 | FED_ESI59: Y',
        'art59 | pass | 2016-02-01 | 2012-02-01 / 2016-02-01',
      ],
    ],
    [
      'the day after them',
      'BE-2006-22-2',
      '2016-02-02',
      { kind: 'FED_ESI59', approvals: [{ kind: 'FED_ESI59', validFrom: '2012-02-01' }] },
      [
        'not-eligible - sourced',
        'kind | pass | 2016-02-02 | ... / ...',
        'approval | fail | FED_ESI59 2016-02-02 | 2012-02-01 / 2016-02-01',
        'matrix | fail | BE-2006-22-2 | FED_ESI59: Y',
        'art59 | fail | 2016-02-02 | 2012-02-01 / 2016-02-01',
      ],
    ],
    [
      'an ordinary firm',
      'BE-2016-15',
      NOTICE,
      { kind: null },
      [
        'not-eligible - sourced',
        'kind | pass | 2024-02-01 | ... / ...',
        'not-alone | fail | BE-2016-15 | ORDINARY: N',
        'ratio30 | unknown | >= 0.3 | -',
        'main-aim | unknown | true | -',
      ],
    ],
    [
      'an IDESS, whose customers are limited',
      'VOL',
      NOTICE,
      { kind: 'WAL_IDESS' },
      [
        'not-eligible - sourced',
        'kind | pass | 2024-02-01 | ... / ...',
        'customer-limit | fail | true | false',
        'approval | unknown | WAL_IDESS 2024-02-01 | -',
        'matrix | fail | VOL | WAL_IDESS: N',
      ],
    ],
    [
      'a CISP',
      'CLAUSE',
      NOTICE,
      { kind: 'WAL_CISP' },
      [
        'person-decides CLAUSE_DEFINED uncertain',
        'kind | pass | 2024-02-01 | ... / ...',
        'approval | unknown | WAL_CISP 2024-02-01 | -',
        'matrix | unknown | CLAUSE | WAL_CISP: ?',
      ],
    ],
    [
      'a CISP that provides trainees',
      'WAL_TRAIN',
      NOTICE,
      { kind: 'WAL_CISP' },
      [
        'eligible TRAINEES sourced',
        'kind | pass | 2024-02-01 | ... / ...',
        'approval | unknown | WAL_CISP 2024-02-01 | -',
        'matrix | pass | WAL_TRAIN | WAL_CISP: Y',
      ],
    ],
    [
      'statutes that are silent',
      'BE-2016-90',
      NOTICE,
      { kind: 'WAL_EI', statutes: { publicServiceMission: true, profitsReinvested: true } },
      [
        'pending PUBSVC recalled',
        'kind | pass | 2024-02-01 | ... / ...',
        'approval | unknown | WAL_EI 2024-02-01 | -',
        'matrix | unknown | BE-2016-90 | WAL_EI: C',
        'statutes | unknown | publicServiceMission, profitsReinvested, participatoryGovernance, lastSameAward | true, true, -, -',
      ],
    ],
    [
      'statutes that say no, recalled',
      'BE-2016-90',
      NOTICE,
      {
        kind: 'WAL_EI',
        statutes: {
          publicServiceMission: true,
          profitsReinvested: false,
          participatoryGovernance: true,
          lastSameAward: '2020-01-01',
        },
      },
      [
        'person-decides PUBSVC recalled',
        'kind | pass | 2024-02-01 | ... / ...',
        'approval | unknown | WAL_EI 2024-02-01 | -',
        'matrix | unknown | BE-2016-90 | WAL_EI: C',
        'statutes | fail | publicServiceMission, profitsReinvested, participatoryGovernance, lastSameAward | true, false, true, 2020-01-01',
      ],
    ],
    [
      'a neighbour that is yet to show that it is alike',
      'BE-2006-22-2',
      '2015-02-01',
      { kind: 'FR_EI' },
      [
        'pending ESI59 sourced',
        'kind | pass | 2015-02-01 | ... / ...',
        'approval | unknown | FR_EI 2015-02-01 | -',
        'matrix | unknown | BE-2006-22-2 | FR_EI: C',
        'equivalence | unknown | true | -',
      ],
    ],
    [
      'a neighbour that showed it',
      'BE-2006-22-2',
      '2015-02-01',
      { kind: 'FR_EI', equivalenceShown: true },
      [
        'eligible ESI59 sourced',
        'kind | pass | 2015-02-01 | ... / ...',
        'approval | unknown | FR_EI 2015-02-01 | -',
        'matrix | pass | BE-2006-22-2 | FR_EI: C',
        'equivalence | pass | true | true',
      ],
    ],
    [
      'a kind that lapsed',
      'VOL',
      '2024-01-01',
      { kind: 'SFS' },
      [
        'pending ANY sourced',
        'kind | fail | 2024-01-01 | ... / 2024-01-01 > FED_SC_ES',
        'approval | unknown | SFS 2024-01-01 | -',
        'matrix | unknown | VOL | SFS: Y',
      ],
    ],
    [
      'an approval whose proof by two methods disagrees',
      'BE-2016-15',
      NOTICE,
      { kind: 'VLA_MWB', ratios: [ratio('fte', '0.5'), ratio('heads', '0.2')] },
      [
        'person-decides SHELTERED30 sourced',
        'kind | pass | 2024-02-01 | 2023-07-01 / ...',
        'approval | unknown | VLA_MWB 2024-02-01 | -',
        'matrix | unknown | BE-2016-15 | VLA_MWB: Y',
        'ratio30 | unknown | >= 0.3 | fte 0.5 (2023-12-31); heads 0.2 (2023-12-31)',
      ],
    ],
    [
      'a ratio too old',
      'BE-2016-15',
      NOTICE,
      { kind: 'FR_ACI', ratios: [ratio('fte', '0.5', null, '2023-01-31')] },
      [
        'pending INTEG30 sourced',
        'kind | pass | 2024-02-01 | ... / ...',
        'approval | unknown | FR_ACI 2024-02-01 | -',
        'matrix | unknown | BE-2016-15 | FR_ACI: C',
        'ratio30 | unknown | >= 0.3 | fte 0.5 (2023-01-31)',
      ],
    ],
    [
      'the disabled alone at 30 %, which is enough',
      'BE-2016-15',
      NOTICE,
      { kind: 'FR_ACI', ratios: [ratio('fte', null, '0.3')] },
      [
        'eligible INTEG30 sourced',
        'kind | pass | 2024-02-01 | ... / ...',
        'approval | unknown | FR_ACI 2024-02-01 | -',
        'matrix | pass | BE-2016-15 | FR_ACI: C',
        'ratio30 | pass | >= 0.3 | fte 0.3 (2023-12-31)',
      ],
    ],
    [
      'a measure without a figure',
      'BE-2016-15',
      NOTICE,
      { kind: 'FR_ACI', ratios: [ratio('heads', null)] },
      [
        'pending INTEG30 sourced',
        'kind | pass | 2024-02-01 | ... / ...',
        'approval | unknown | FR_ACI 2024-02-01 | -',
        'matrix | unknown | BE-2016-15 | FR_ACI: C',
        'ratio30 | unknown | >= 0.3 | heads - (2023-12-31)',
      ],
    ],
  ])('%s', (_what, basis, on, enterprise, expected) => {
    expect(told(answer(basis, enterprise, on))).toEqual(expected);
  });

  it('names the versions it used, and the source of each reason', () => {
    const given = answer('BE-2016-15', { kind: 'WAL_EI' });
    const held = (set: keyof LegalRules, key: string): { versionId: string; citation: { fr: string } } =>
      (rules[set] as ReadonlyMap<string, readonly { versionId: string; citation: { fr: string } }[]>)
        .get(key)!
        .at(-1)!;
    const kind = held('kinds', 'WAL_EI');
    const cell = held('eligibility', 'WAL_EI:BE-2016-15');
    const share = held('gates', 'PROOF-RATIO30');
    const age = held('gates', 'PROOF-RATIO-AGE');
    const basis = held('bases', 'BE-2016-15');
    expect(given.versions).toEqual([kind, cell, basis, share, age].map((one) => one.versionId));
    expect(given.reasons.map((one) => one.source)).toEqual([
      kind.citation.fr,
      kind.citation.fr,
      cell.citation.fr,
      share.citation.fr,
      'register',
    ]);
    const ban = held('gates', 'PROOF-REPEAT-BAN');
    const mission = answer('BE-2016-90', { kind: 'WAL_EI' });
    expect(mission.versions).toContain(ban.versionId);
    expect(mission.reasons.at(-1)?.source).toBe(ban.citation.fr);
    expect(answer('VOL', { kind: 'WAL_EI' }).versions).toEqual([
      kind.versionId,
      held('eligibility', 'WAL_EI:VOL').versionId,
    ]);
  });

  it('carries the number of the question, when it has one', () => {
    expect(eligibility(rules, { id: 'q', basis: 'VOL', enterprise: { kind: null } }, NOTICE)).toMatchObject({
      id: 'q',
    });
    expect('id' in answer('VOL', { kind: null })).toBe(false);
    expect('id' in eligibility(rules, { id: null, basis: 'VOL', enterprise: { kind: null } }, NOTICE)).toBe(
      false,
    );
  });

  it('asks a person where the law has no bar, and forgets no ban it does not know', () => {
    const noBar = {
      ...rules,
      gates: new Map([...rules.gates].filter(([key]) => !/^PROOF-RATIO30|REPEAT/.test(key))),
    };
    expect(told(answer('BE-2016-15', { kind: 'FR_ACI' }, NOTICE, noBar))).toEqual([
      'person-decides INTEG30 sourced',
      'kind | pass | 2024-02-01 | ... / ...',
      'approval | unknown | FR_ACI 2024-02-01 | -',
      'matrix | unknown | BE-2016-15 | FR_ACI: C',
      'ratio30 | unknown | - | -',
    ]);
    const noAge = { ...rules, gates: new Map([...rules.gates].filter(([key]) => key !== 'PROOF-RATIO-AGE')) };
    expect(answer('BE-2016-15', { kind: 'FR_ACI' }, NOTICE, noAge).verdict).toBe('person-decides');
    const mission = answer(
      'BE-2016-90',
      { kind: 'WAL_EI', statutes: { lastSameAward: '2024-01-01' } },
      NOTICE,
      noBar,
    );
    expect(mission.reasons.at(-1)).toMatchObject({ key: 'statutes', result: 'unknown', source: '-' });
    expect(mission.versions).toHaveLength(3);
  });

  it('does not answer where the matrix is silent', () => {
    const silent = { ...rules, eligibility: new Map() };
    expect(eligibility(silent, { basis: 'VOL', enterprise: { kind: 'WAL_EI' } }, NOTICE)).toEqual([
      {
        code: 'eligibility.cell.missing',
        severity: 'error',
        place: { pointer: '/enterprise/kind' },
        found: 'WAL_EI',
        expected: 'VOL',
      },
    ]);
  });

  it('does not lend the approval of a kind with limited customers, nor one that ended', () => {
    const idess = { kind: 'WAL_IDESS', validFrom: '2020-01-01', validUntil: null };
    expect(answer('VOL', { kind: 'FED_SC_ES', approvals: [idess] }).kind).toBe('FED_SC_ES');
    const ended = { kind: 'WAL_ETA', validFrom: '2020-01-01', validUntil: '2024-01-31' };
    expect(answer('BE-2016-15', { kind: 'FED_SC_ES', approvals: [ended] })).toMatchObject({
      verdict: 'not-eligible',
      kind: 'FED_SC_ES',
    });
  });

  it('shows the newest of the approvals that do not hold, however they are listed', () => {
    const approvals = [
      { kind: 'WAL_ETA', validFrom: '2015-01-01', validUntil: '2016-01-01' },
      { kind: 'WAL_ETA', validFrom: '2005-01-01', validUntil: '2006-01-01' },
      { kind: 'WAL_ETA', validFrom: '2010-01-01', validUntil: '2011-01-01' },
    ];
    const shown = (held: typeof approvals): string | undefined =>
      answer('CLAUSE', { kind: 'WAL_ETA', approvals: held }).reasons.find((one) => one.key === 'approval')
        ?.actual;
    expect(shown(approvals)).toBe('2015-01-01 / 2016-01-01');
    expect(shown([...approvals].reverse())).toBe('2015-01-01 / 2016-01-01');
    const [first, , third] = approvals;
    expect(shown([third!, first!])).toBe('2015-01-01 / 2016-01-01');
    const startless = [{ kind: 'WAL_ETA', validUntil: '2012-01-01' }, ...approvals.slice(0, 1)];
    expect(shown(startless as typeof approvals)).toBe('2015-01-01 / 2016-01-01');
    expect(shown([...startless].reverse() as typeof approvals)).toBe('2015-01-01 / 2016-01-01');
    const endless = answer('CLAUSE', {
      kind: 'WAL_EI',
      approvals: [{ kind: 'WAL_EI', validFrom: '2024-02-02', validUntil: null }],
    });
    expect(endless.reasons[1]).toMatchObject({ result: 'fail', actual: '2024-02-02 / ...' });
    const open = answer('CLAUSE', { kind: 'WAL_EI', approvals: [{ kind: 'WAL_EI' }] });
    expect(open.reasons[1]).toMatchObject({ result: 'pass', actual: '... / ...' });
  });

  it('counts approvals of one kind from the first: two years, four, then open', () => {
    const approvals = [
      { kind: 'WAL_EI', validFrom: '2020-01-15' },
      { kind: 'WAL_EI', validFrom: '2018-01-15' },
    ];
    const range = (on: string): string | undefined =>
      answer('CLAUSE', { kind: 'WAL_EI', approvals }, on).reasons[1]?.actual;
    expect(range('2019-06-01')).toBe('2018-01-15 / 2020-01-15');
    expect(range('2024-01-15')).toBe('2020-01-15 / 2024-01-15');
    const kind = rules.kinds.get('WAL_EI')![0]!;
    expect([1, 2, 3, 9].map((rank) => approvalEnd(kind, '2020-02-29', rank))).toEqual([
      '2022-02-28',
      '2024-02-29',
      null,
      null,
    ]);
    expect(approvalEnd({ ...kind, maxYears: [] }, '2020-02-29', 1)).toBeNull();
  });

  it('shows a report that came in, and forgets one that nobody owes', () => {
    const filed = (kind: string, more: object): (string | undefined)[] => {
      const approvals = [{ kind, validFrom: '2023-01-01', validUntil: null, ...more }];
      const found = answer('CLAUSE', { kind, approvals }, '2024-07-16').reasons.find(
        (one) => one.key === 'annual-report',
      );
      return [found?.result, found?.required, found?.actual];
    };
    expect(filed('WAL_EI', { reportFiledOn: '2024-07-01' })).toEqual(['pass', '2024-07-15', '2024-07-01']);
    expect(filed('WAL_EI', { reportFiledOn: null })).toEqual(['unknown', '2024-07-15', '-']);
    expect(filed('VLA_MWB', { reportFiledOn: null })).toEqual([undefined, undefined, undefined]);
  });

  it('knows a kind before, in and after its days', () => {
    expect(kindOn(rules, 'SFS', '2023-12-31')?.status).toBe('in-force');
    expect(kindOn(rules, 'SFS', '2024-01-01')?.status).toBe('lapsed');
    expect(kindOn(rules, 'NONE', '2024-01-01')).toBeNull();
    expect(kindOn({ ...rules, kinds: new Map([['K', []]]) }, 'K', '2024-01-01')).toBeNull();
  });
});

import { eligibilityRows, matrixRows, type Reading } from '../../../test/factories/legal-basis-rows.js';
import { rulesFromFiles } from '../rule-files.js';
import { eligibility, type EligibilityAnswer, type EnterpriseFacts, type RatioFacts } from './index.js';

const rules = rulesFromFiles();

function answer(basis: string, on: string, enterprise: EnterpriseFacts): EligibilityAnswer {
  const given = eligibility(rules, { id: 'x', basis, enterprise }, on);
  if (!('verdict' in given)) throw new Error(`refused: ${JSON.stringify(given)}`);
  return given;
}

function verdict(basis: string, on: string, enterprise: EnterpriseFacts): string {
  return answer(basis, on, enterprise).verdict;
}

/** An adapted enterprise of a neighbour with one ratio on file. */
function adapted(share: Partial<RatioFacts>): EnterpriseFacts {
  return { kind: 'FR_EA', ratios: [{ asOf: '2015-01-01', method: 'heads', ...share }] };
}

/** An enterprise whose statutes fit the Art. 77 route, with the day of its last award by it. */
function mission(lastSameAward: string): EnterpriseFacts {
  const fitting = { publicServiceMission: true, profitsReinvested: true, participatoryGovernance: true };
  return { kind: 'WAL_EI', statutes: { ...fitting, lastSameAward } };
}

/** Verdicts that a reading of the matrix allows: on the approval alone, and with every proof. */
const READINGS: Readonly<Record<Reading, readonly [bare: readonly string[], proven: string]>> = {
  Y: [['eligible'], 'eligible'],
  C: [['pending'], 'eligible'],
  'C!': [['pending', 'person-decides'], 'person-decides'],
  N: [['not-eligible'], 'not-eligible'],
  NA: [['not-eligible'], 'eligible'],
  '?': [['person-decides'], 'person-decides'],
  '-': [['person-decides', 'not-eligible'], 'person-decides'],
};

describe('eligibility', () => {
  it.each(eligibilityRows().map((row) => [row.id, row.why, row] as const))('%s %s', (_id, _why, row) => {
    const { failing, flag, ...expected } = row.expect;
    const given = answer(row.basis, row.on, row.enterprise);
    expect(given).toMatchObject({ ...expected, lawAsOf: '2026-11-22' });
    const keys = (result: string): string[] =>
      given.reasons.filter((reason) => reason.result === result).map((reason) => reason.key);
    expect(failing ? keys('fail').filter((key) => key === failing) : keys('fail')).toEqual(
      failing ? [failing] : [],
    );
    expect(keys('unknown')).toEqual(expect.arrayContaining(flag ? [flag] : []));
  });

  it('reads every cell of the matrix as the dossier does', () => {
    const wrong = matrixRows().flatMap(({ kind, column, reading, on, bare, proven }) => {
      const [allowed, expected] = READINGS[reading];
      const found = [verdict(column, on, bare), verdict(column, on, proven)];
      // A kind that did not exist on the day of an older act is not modelled there.
      const notYet = reading === '-' && answer(column, on, bare).kindStatus === 'not-yet';
      const right = allowed.includes(found[0]!) && (found[1] === expected || notYet);
      return right ? [] : [{ kind, column, reading, found }];
    });
    expect(wrong).toEqual([]);
    expect(matrixRows().length).toBe(31 * 8);
  });

  it.each([
    ['0.2999', '0.2999', 'not-eligible'],
    ['0.3', '0.3', 'eligible'],
    ['0.3', '0.2999', 'person-decides'],
  ])('wants 30 %% by both methods: fte %s, heads %s', (fte, heads, expected) => {
    const enterprise: EnterpriseFacts = {
      kind: 'WAL_EI',
      mainAimIntegration: true,
      ratios: [
        { asOf: '2023-12-31', method: 'fte', share: fte },
        { asOf: '2023-12-31', method: 'heads', share: heads },
      ],
    };
    expect(verdict('BE-2016-15', '2024-02-01', enterprise)).toBe(expected);
  });

  it.each([
    ['0.5', 'not-eligible'],
    ['0.5001', 'eligible'],
  ])('wants more than half of disabled workers: %s', (disabledShare, expected) => {
    const ratios = [{ asOf: '2015-01-01', method: 'heads' as const, disabledShare }];
    expect(verdict('BE-2006-22-1', '2015-05-05', { kind: 'WAL_ETA', ratios })).toBe(expected);
  });

  it.each([
    ['2023-01-31', 'pending'],
    ['2023-02-01', 'eligible'],
    ['2024-02-01', 'eligible'],
    ['2024-02-02', 'pending'],
  ])('counts a ratio of %s on 2024-02-01: %s', (asOf, expected) => {
    const ratios = [{ asOf, method: 'heads' as const, share: '0.4' }];
    expect(verdict('BE-2016-15', '2024-02-01', { kind: 'FR_ACI', ratios })).toBe(expected);
  });

  it('takes the newest ratio of a method, whatever the order', () => {
    const ratios = [
      { asOf: '2023-12-31', method: 'heads' as const, share: '0.2' },
      { asOf: '2023-06-30', method: 'heads' as const, share: '0.4' },
    ];
    expect(verdict('BE-2016-15', '2024-02-01', { kind: 'FR_ACI', ratios })).toBe('not-eligible');
    expect(verdict('BE-2016-15', '2024-02-01', { kind: 'FR_ACI', ratios: ratios.reverse() })).toBe(
      'not-eligible',
    );
  });

  it('reads the disabled as part of the share, and no more than that', () => {
    const on = '2015-05-05';
    expect(verdict('BE-2006-22-1', on, adapted({ share: '0.5' }))).toBe('not-eligible');
    expect(verdict('BE-2006-22-1', on, adapted({ share: '0.9' }))).toBe('pending');
    const later = {
      kind: 'FR_ACI',
      ratios: [{ asOf: '2023-12-31', method: 'fte' as const, disabledShare: '0.2' }],
    };
    expect(verdict('BE-2016-15', '2024-02-01', later)).toBe('pending');
  });

  it.each([
    ['2024-01-15', 'eligible'],
    ['2024-01-16', 'pending'],
  ])('lets a first approval of two years run to %s: %s', (on, expected) => {
    const approvals = [{ kind: 'WAL_EI', validFrom: '2022-01-15' }];
    expect(verdict('CLAUSE', on, { kind: 'WAL_EI', approvals })).toBe(expected);
  });

  it.each([
    [2, '2026-01-15', 'eligible'],
    [2, '2026-01-16', 'pending'],
    [3, '2027-12-31', 'eligible'],
  ])('lets approval number %i run to %s: %s', (rank, on, expected) => {
    const approvals = [{ kind: 'WAL_EI', validFrom: '2022-01-15', rank }];
    expect(verdict('CLAUSE', on, { kind: 'WAL_EI', approvals })).toBe(expected);
  });

  it.each([
    [{ reportFiledOn: null }, '2024-07-15', []],
    [{ reportFiledOn: null }, '2024-07-16', ['unknown']],
    [{ reportFiledOn: '2024-07-10' }, '2024-07-16', ['pass']],
    [{ reportDue: '2024-03-31' }, '2024-04-01', ['unknown']],
    [{}, '2024-07-16', []],
  ])('flags a report as it stands: %j on %s', (report, on, expected) => {
    const approvals = [{ kind: 'WAL_EI', validFrom: '2022-01-15', validUntil: null, ...report }];
    const { reasons, verdict: found } = answer('CLAUSE', on, { kind: 'WAL_EI', approvals });
    expect(reasons.filter((one) => one.key === 'annual-report').map((one) => one.result)).toEqual(expected);
    expect(found).toBe('eligible');
  });

  it.each([
    [
      'a kind that lapsed',
      'VOL',
      { kind: 'SFS' },
      '2024-01-02',
      'kind',
      '2024-01-02',
      '... / 2024-01-01 > FED_SC_ES',
    ],
    [
      'a recognition',
      'BE-1993-18BIS-2',
      { kind: 'WAL_EI', art59: { validUntil: '2011-12-31' } },
      '2012-01-01',
      'art59',
      '2012-01-01',
      '... / 2011-12-31',
    ],
    [
      'a ratio',
      'BE-2016-15',
      { kind: 'FR_ACI', ratios: [{ asOf: '2023-12-31', method: 'fte' as const, share: '0.299' }] },
      '2024-02-01',
      'ratio30',
      '>= 0.3',
      'fte 0.299 (2023-12-31)',
    ],
  ])('shows what was required and found for %s', (_what, basis, enterprise, on, key, required, actual) => {
    expect(answer(basis, on, enterprise).reasons).toContainEqual(
      expect.objectContaining({ key, required, actual }),
    );
  });

  it('asks for the approval on which alone a reservation would rest', () => {
    expect(verdict('BE-2016-15', '2025-03-03', { kind: 'VLA_MWB', approvals: [] })).toBe('pending');
    expect(verdict('BE-2016-15', '2025-03-03', { kind: 'VLA_MWB' })).toBe('eligible');
    const proven: EnterpriseFacts = {
      kind: 'VLA_MWB',
      approvals: [],
      ratios: [{ asOf: '2024-12-31', method: 'fte', share: '0.7' }],
    };
    expect(verdict('BE-2016-15', '2025-03-03', proven)).toBe('eligible');
  });

  it('takes the approval that serves best, save where customers are limited', () => {
    const approvals = [
      { kind: 'FED_SC_ES', validFrom: '2020-01-01', validUntil: null },
      { kind: 'WAL_ETA', validFrom: '2020-01-01', validUntil: null },
    ];
    const given = answer('BE-2016-15', '2024-02-01', { kind: 'FED_SC_ES', approvals });
    expect(given).toMatchObject({ verdict: 'eligible', kind: 'WAL_ETA', group: 'SHELTERED30' });
    expect(verdict('BE-2016-15', '2024-02-01', { kind: 'WAL_IDESS', approvals })).toBe('not-eligible');
  });

  it('lets an approval of a kind that did not exist yet decide nothing', () => {
    expect(verdict('VOL', '2018-12-31', { kind: 'VLA_MWB' })).toBe('person-decides');
    expect(verdict('VOL', '2019-01-01', { kind: 'VLA_MWB' })).toBe('eligible');
  });

  it('does not let a second award by the Art. 77 route through within three years', () => {
    const results = (lastSameAward: string) =>
      answer('BE-2016-90', '2024-02-01', mission(lastSameAward)).reasons.find((one) => one.key === 'statutes')
        ?.result;
    expect(results('2021-02-01')).toBe('pass');
    expect(results('2021-02-02')).toBe('fail');
    // Recalled: a person decides either way.
    expect(verdict('BE-2016-90', '2024-02-01', mission('2021-02-02'))).toBe('person-decides');
  });

  it('reads a performance condition as what the main contract accepts', () => {
    expect(answer('BE-2016-87', '2024-02-01', { kind: 'WAL_EI' })).toMatchObject({
      verdict: 'eligible',
      group: 'CLAUSE_DEFINED',
    });
  });

  it.each([
    [
      'an unknown kind',
      'VOL',
      '2024-02-01',
      { kind: 'WAL_XX' },
      'eligibility.kind.unknown',
      '/enterprise/kind',
    ],
    [
      'an unknown approval',
      'VOL',
      '2024-02-01',
      { kind: 'WAL_EI', approvals: [{ kind: 'X' }] },
      'eligibility.kind.unknown',
      '/enterprise/approvals/0/kind',
    ],
    [
      'an unknown basis',
      'BE-2016-99',
      '2024-02-01',
      { kind: 'WAL_EI' },
      'eligibility.basis.unknown',
      '/basis',
    ],
    [
      'a basis by which nobody enters',
      'BE-2016-7',
      '2024-02-01',
      { kind: 'WAL_EI' },
      'eligibility.basis.unknown',
      '/basis',
    ],
    [
      'a basis of another day',
      'BE-2006-22-1',
      '2017-06-30',
      { kind: 'WAL_ETA' },
      'eligibility.basis.not-in-force',
      '/basis',
    ],
    [
      'a day outside',
      'VOL',
      '2028-01-01',
      { kind: 'WAL_EI' },
      'eligibility.date.outside-known-years',
      '/date',
    ],
    [
      'a share in per cent',
      'VOL',
      '2024-02-01',
      { kind: 'WAL_EI', ratios: [{ asOf: '2024-01-01', method: 'fte', share: '45' }] },
      'eligibility.share.unreadable',
      '/enterprise/ratios/0/share',
    ],
    [
      'a method of its own',
      'VOL',
      '2024-02-01',
      { kind: 'WAL_EI', ratios: [{ asOf: '2024-01-01', method: 'x' }] },
      'eligibility.method.unknown',
      '/enterprise/ratios/0/method',
    ],
    [
      'a ratio without day',
      'VOL',
      '2024-02-01',
      { kind: 'WAL_EI', ratios: [{ method: 'fte' }] },
      'eligibility.date.unreadable',
      '/enterprise/ratios/0/asOf',
    ],
    [
      'a range that ends before it starts',
      'VOL',
      '2024-02-01',
      { kind: 'WAL_EI', art59: { validFrom: '2024-01-02', validUntil: '2024-01-01' } },
      'eligibility.range.reversed',
      '/enterprise/art59/validUntil',
    ],
    [
      'an aim in words',
      'VOL',
      '2024-02-01',
      { kind: 'WAL_EI', mainAimIntegration: 'yes' },
      'eligibility.facts.unreadable',
      '/enterprise/mainAimIntegration',
    ],
    ['no enterprise', 'VOL', '2024-02-01', null, 'eligibility.facts.unreadable', '/enterprise'],
  ])('refuses %s with its place', (_what, basis, on, enterprise, code, pointer) => {
    const given = eligibility(rules, { basis, enterprise: enterprise as unknown as EnterpriseFacts }, on);
    expect(given).toMatchObject([{ code, place: { pointer } }]);
  });
});

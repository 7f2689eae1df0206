import { rulesFromFiles } from '../rule-files.js';
import {
  clauseOptions,
  eligibility,
  gates,
  type ClauseFacts,
  type EnterpriseFacts,
  type GateFacts,
} from './index.js';

const rules = rulesFromFiles();
const GRANTS = [...rules.overlays.values()]
  .flatMap(([first]) => (first?.duty === 'subsidy-condition' ? [first.key] : []))
  .join(', ');
const KINDS = [...rules.kinds.keys()].join(', ');
const COLUMN_BASES = [...rules.bases.values()].flatMap((all) =>
  all.some((one) => one.column) ? [all[0]!.key] : [],
);
const BUYER_WORDS = 'public, public-utility, private, private-captured, private-subsidy, pep';
const KNOWN = '1994-01-01 - 2027-12-31';

function problem(code: string, pointer: string, found: string | null, expected: string): object {
  return { code, severity: 'error', place: { pointer }, found, expected };
}

function refusal(facts: object): unknown {
  const given = clauseOptions(rules, { date: '2026-05-12', buyer: 'public', ...facts } as ClauseFacts);
  return 'regime' in given ? [] : given;
}

describe('a question about a contract', () => {
  it.each<[object, string, string, string | null, string]>([
    [{ date: undefined }, 'clause.date.missing', '/date', null, 'YYYY-MM-DD'],
    [{ date: null }, 'clause.date.missing', '/date', null, 'YYYY-MM-DD'],
    [{ date: '12-05-2026' }, 'clause.date.unreadable', '/date', '12-05-2026', 'YYYY-MM-DD'],
    [{ date: 20260512 }, 'clause.date.unreadable', '/date', '20260512', 'YYYY-MM-DD'],
    [{ date: '1993-12-31' }, 'clause.date.outside-known-years', '/date', '1993-12-31', KNOWN],
    [{ date: '2028-01-01' }, 'clause.date.outside-known-years', '/date', '2028-01-01', KNOWN],
    [{ buyer: null }, 'clause.fact.missing', '/buyer', null, BUYER_WORDS],
    [{ buyer: undefined }, 'clause.fact.missing', '/buyer', null, BUYER_WORDS],
    [{ buyer: 'state' }, 'clause.fact.unknown', '/buyer', 'state', BUYER_WORDS],
    [{ level: 'city' }, 'clause.fact.unknown', '/level', 'city', 'federal, regional, local, eco-dev-op'],
    [{ region: 'DE' }, 'clause.fact.unknown', '/region', 'DE', 'WAL, BRU, VLA'],
    [{ nature: 'work' }, 'clause.fact.unknown', '/nature', 'work', 'works, services, supplies'],
    [{ workKind: 'bridge' }, 'clause.fact.unknown', '/workKind', 'bridge', 'building, roads-zae'],
    [{ value: 5 }, 'clause.value.unreadable', '/value', '5', '"125000.00"'],
    [{ value: '-1' }, 'clause.value.unreadable', '/value', '-1', '"125000.00"'],
    [{ value: '1,5' }, 'clause.value.unreadable', '/value', '1,5', '"125000.00"'],
    [{ vatRate: '21' }, 'clause.vat-rate.unreadable', '/vatRate', '21', '"0.21"'],
    [{ vatRate: '10.21' }, 'clause.vat-rate.unreadable', '/vatRate', '10.21', '"0.21"'],
    [{ vatRate: '-0.21' }, 'clause.vat-rate.unreadable', '/vatRate', '-0.21', '"0.21"'],
    [{ vatRate: '00.21' }, 'clause.vat-rate.unreadable', '/vatRate', '00.21', '"0.21"'],
    [{ durationDays: 0 }, 'clause.duration.unreadable', '/durationDays', '0', '1, 2, 3 ...'],
    [{ durationDays: 1.5 }, 'clause.duration.unreadable', '/durationDays', '1.5', '1, 2, 3 ...'],
    [{ years: 0 }, 'clause.duration.unreadable', '/years', '0', '> 0'],
    [{ years: -1 }, 'clause.duration.unreadable', '/years', '-1', '> 0'],
    [{ years: '3' }, 'clause.duration.unreadable', '/years', '3', '> 0'],
    [{ years: Number.POSITIVE_INFINITY }, 'clause.duration.unreadable', '/years', 'null', '> 0'],
    [{ cpv: '99999999' }, 'clause.cpv.unknown', '/cpv', '99999999', 'CPV 2008, 8 digits'],
    [{ cpv: ['45000000', 'x'] }, 'clause.cpv.unknown', '/cpv/1', 'x', 'CPV 2008, 8 digits'],
    [{ cpv: 45000000 }, 'clause.cpv.unknown', '/cpv', '45000000', 'CPV 2008, 8 digits'],
    [{ subsidy: 'X' }, 'clause.subsidy.unknown', '/subsidy', 'X', GRANTS],
    [{ subsidy: 'WAL-SLSP', region: 'BRU' }, 'clause.subsidy.other-region', '/subsidy', 'WAL-SLSP', 'WAL'],
    [
      { mainClause: 'flexible' },
      'clause.fact.unknown',
      '/mainClause',
      'flexible',
      'flex, training, subcontracting, none',
    ],
    [
      { buyer: 'private', mainClause: 'flex' },
      'clause.main-clause.not-inherited',
      '/mainClause',
      'flex',
      'none',
    ],
    [
      { buyer: 'private-subsidy', mainClause: 'flex' },
      'clause.main-clause.not-inherited',
      '/mainClause',
      'flex',
      'none',
    ],
    [
      { buyer: 'private', mainContract: 'A-1' },
      'clause.main-contract.not-inherited',
      '/mainContract',
      'A-1',
      'null',
    ],
    [
      { buyer: 'public', mainContract: 7 },
      'clause.main-contract.not-inherited',
      '/mainContract',
      '7',
      'null',
    ],
    [{ years: 3, durationDays: 1078 }, 'clause.duration.contradicts', '/durationDays', '1078', '1079 - 1099'],
    [{ years: 3, durationDays: 1100 }, 'clause.duration.contradicts', '/durationDays', '1100', '1079 - 1099'],
    [{ years: 0.001, durationDays: 3 }, 'clause.duration.contradicts', '/durationDays', '3', '1 - 2'],
    [{ years: -1, durationDays: 30 }, 'clause.duration.unreadable', '/years', '-1', '> 0'],
    [
      { years: Number.POSITIVE_INFINITY, durationDays: 30 },
      'clause.duration.unreadable',
      '/years',
      'null',
      '> 0',
    ],
    [{ years: 1, durationDays: 0 }, 'clause.duration.unreadable', '/durationDays', '0', '1, 2, 3 ...'],
    [
      { nature: 'supplies', workKind: 'building' },
      'clause.work-kind.not-works',
      '/workKind',
      'building',
      'null',
    ],
  ])('%j is refused with its field and what is allowed', (facts, code, pointer, found, expected) => {
    const unknownClause = (facts as ClauseFacts).mainClause === ('flexible' as never);
    const given = refusal(unknownClause ? { ...facts, buyer: 'pep' } : facts);
    expect(given).toEqual([problem(code, pointer, found, expected)]);
  });

  it.each([
    [{ vatRate: '0' }],
    [{ vatRate: '0.06' }],
    [{ durationDays: 1 }],
    [{ years: 0.5 }],
    [{ years: 3, durationDays: 1079 }],
    [{ years: 3, durationDays: 1099 }],
    [{ years: 0.5, durationDays: 180 }],
    [{ years: null, durationDays: 5000 }],
    [{ buyer: 'pep', mainContract: 'A-1' }],
    [{ buyer: 'public', mainContract: null }],
    [{ buyer: 'public', mainContract: '' }],
    [{ value: '0' }],
    [{ subsidy: 'WAL-SLSP' }],
    [{ subsidy: 'WAL-SLSP', region: 'WAL' }],
    [{ mainClause: 'none' }],
    [{ nature: 'works', workKind: 'building' }],
    [{ workKind: 'building' }],
    [{ cpv: [] }],
    [
      {
        level: null,
        region: null,
        nature: null,
        value: null,
        cpv: null,
        subsidy: null,
        years: null,
        mainClause: null,
      },
    ],
  ])('%j is none', (facts) => {
    expect(refusal(facts)).toEqual([]);
  });

  it('shows what it found, no more than 120 characters of it', () => {
    const found = 'x'.repeat(300);
    expect(refusal({ region: found })).toMatchObject([{ found: 'x'.repeat(120) }]);
    expect(clauseOptions(rules, 'facts' as never)).toEqual([
      problem('clause.facts.unreadable', '', 'facts', 'an object with date and buyer'),
    ]);
    expect(clauseOptions(rules, null as never)).toEqual([
      problem('clause.facts.unreadable', '', null, 'an object with date and buyer'),
    ]);
  });
});

function asked(enterprise: unknown, basis = 'VOL', on = '2024-02-01'): unknown {
  const given = eligibility(rules, { basis, enterprise: enterprise as EnterpriseFacts }, on);
  return 'verdict' in given ? [] : given;
}

describe('a question about an enterprise', () => {
  const ratio = { asOf: '2024-01-01', method: 'fte' };
  it.each<[object, string, string, string | null, string]>([
    [{ kind: 'X' }, 'eligibility.kind.unknown', '/enterprise/kind', 'X', KINDS],
    [{ kind: 5 }, 'eligibility.kind.unknown', '/enterprise/kind', '5', KINDS],
    [{ approvals: 'WAL_EI' }, 'eligibility.facts.unreadable', '/enterprise/approvals', 'WAL_EI', '[ ... ]'],
    [{ approvals: [{ kind: 'X' }] }, 'eligibility.kind.unknown', '/enterprise/approvals/0/kind', 'X', KINDS],
    [{ approvals: [null] }, 'eligibility.kind.unknown', '/enterprise/approvals/0/kind', null, KINDS],
    [
      { approvals: [{ kind: 'WAL_EI', validFrom: 'x' }] },
      'eligibility.date.unreadable',
      '/enterprise/approvals/0/validFrom',
      'x',
      'YYYY-MM-DD',
    ],
    [
      { approvals: [{ kind: 'WAL_EI', validUntil: 'x' }] },
      'eligibility.date.unreadable',
      '/enterprise/approvals/0/validUntil',
      'x',
      'YYYY-MM-DD',
    ],
    [
      { approvals: [{ kind: 'WAL_EI', reportDue: 'x' }] },
      'eligibility.date.unreadable',
      '/enterprise/approvals/0/reportDue',
      'x',
      'YYYY-MM-DD',
    ],
    [
      { approvals: [{ kind: 'WAL_EI', reportFiledOn: 'x' }] },
      'eligibility.date.unreadable',
      '/enterprise/approvals/0/reportFiledOn',
      'x',
      'YYYY-MM-DD',
    ],
    [
      { approvals: [{ kind: 'WAL_EI', validFrom: '2024-01-02', validUntil: '2024-01-01' }] },
      'eligibility.range.reversed',
      '/enterprise/approvals/0/validUntil',
      '2024-01-01',
      '>= 2024-01-02',
    ],
    ...[0, -1, 1.5, '1'].map((rank): [object, string, string, string, string] => [
      { approvals: [{ kind: 'WAL_EI', rank }] },
      'eligibility.rank.unreadable',
      '/enterprise/approvals/0/rank',
      String(rank),
      '1, 2, 3 ...',
    ]),
    ...['yes', []].map((statutes): [object, string, string, string, string] => [
      { statutes },
      'eligibility.facts.unreadable',
      '/enterprise/statutes',
      Array.isArray(statutes) ? '[]' : statutes,
      '{ publicServiceMission, profitsReinvested, participatoryGovernance, lastSameAward }',
    ]),
    ...['publicServiceMission', 'profitsReinvested', 'participatoryGovernance'].map(
      (name): [object, string, string, string, string] => [
        { statutes: { [name]: 'yes' } },
        'eligibility.facts.unreadable',
        `/enterprise/statutes/${name}`,
        'yes',
        'true, false',
      ],
    ),
    [
      { statutes: { lastSameAward: '2024' } },
      'eligibility.date.unreadable',
      '/enterprise/statutes/lastSameAward',
      '2024',
      'YYYY-MM-DD',
    ],
    [{ ratios: {} }, 'eligibility.facts.unreadable', '/enterprise/ratios', '{}', '[ ... ]'],
    [
      { ratios: [{ ...ratio, share: '45' }] },
      'eligibility.share.unreadable',
      '/enterprise/ratios/0/share',
      '45',
      '"0.300"',
    ],
    [
      { ratios: [{ ...ratio, share: '10.3' }] },
      'eligibility.share.unreadable',
      '/enterprise/ratios/0/share',
      '10.3',
      '"0.300"',
    ],
    [
      { ratios: [{ ...ratio, share: 0.3 }] },
      'eligibility.share.unreadable',
      '/enterprise/ratios/0/share',
      '0.3',
      '"0.300"',
    ],
    [
      { ratios: [{ ...ratio, share: '1.01' }] },
      'eligibility.share.unreadable',
      '/enterprise/ratios/0/share',
      '1.01',
      '"0.300"',
    ],
    [
      { ratios: [{ ...ratio, disabledShare: '-0.1' }] },
      'eligibility.share.unreadable',
      '/enterprise/ratios/0/disabledShare',
      '-0.1',
      '"0.300"',
    ],
    [
      { ratios: [ratio, { ...ratio, method: 'x' }] },
      'eligibility.method.unknown',
      '/enterprise/ratios/1/method',
      'x',
      'fte, heads',
    ],
    [
      { ratios: [{ ...ratio, asOf: 'x' }] },
      'eligibility.date.unreadable',
      '/enterprise/ratios/0/asOf',
      'x',
      'YYYY-MM-DD',
    ],
    [
      { art59: { validFrom: 'x' } },
      'eligibility.date.unreadable',
      '/enterprise/art59/validFrom',
      'x',
      'YYYY-MM-DD',
    ],
    [
      { art59: { validFrom: '2024-01-02', validUntil: '2024-01-01' } },
      'eligibility.range.reversed',
      '/enterprise/art59/validUntil',
      '2024-01-01',
      '>= 2024-01-02',
    ],
    [
      { mainAimIntegration: 'yes' },
      'eligibility.facts.unreadable',
      '/enterprise/mainAimIntegration',
      'yes',
      'true, false',
    ],
    [
      { equivalenceShown: 1 },
      'eligibility.facts.unreadable',
      '/enterprise/equivalenceShown',
      '1',
      'true, false',
    ],
  ])('%j is refused with its field and what is allowed', (facts, code, pointer, found, expected) => {
    expect(asked({ kind: 'WAL_EI', ...facts })).toEqual([problem(code, pointer, found, expected)]);
  });

  it('is refused without an enterprise, a day or a basis', () => {
    expect(asked(null)).toEqual([problem('eligibility.facts.unreadable', '/enterprise', null, '{ kind }')]);
    expect(asked([])).toEqual([problem('eligibility.facts.unreadable', '/enterprise', '[]', '{ kind }')]);
    expect(asked('WAL_EI')).toEqual([
      problem('eligibility.facts.unreadable', '/enterprise', 'WAL_EI', '{ kind }'),
    ]);
    for (const nothing of [null, 'x', []])
      expect(eligibility(rules, nothing as never, '2024-02-01')).toEqual([
        problem(
          'eligibility.facts.unreadable',
          '',
          typeof nothing === 'string' ? 'x' : nothing && '[]',
          'basis, date, enterprise',
        ),
      ]);
    expect(asked({ kind: null }, 'BE-2016-15', '2031-01-01')).toEqual([
      problem('eligibility.date.outside-known-years', '/date', '2031-01-01', KNOWN),
    ]);
    const bases = [...COLUMN_BASES, 'CLAUSE', 'VOL', 'WAL_TRAIN'].join(', ');
    expect(asked({ kind: null }, 'BE-2016-7')).toEqual([
      problem('eligibility.basis.unknown', '/basis', 'BE-2016-7', bases),
    ]);
    expect(asked({ kind: null }, 'BE-2016-15', '2017-06-29')).toEqual([
      problem('eligibility.basis.not-in-force', '/basis', 'BE-2016-15', '2017-06-30 - ...'),
    ]);
    expect(asked({ kind: null }, 'BE-2006-22-1', '2017-06-30')).toEqual([
      problem('eligibility.basis.not-in-force', '/basis', 'BE-2006-22-1', '2013-07-01 - 2017-06-30'),
    ]);
  });

  it.each([
    [{ approvals: [{ kind: 'WAL_EI', validFrom: '2024-01-01', validUntil: '2024-01-01' }] }],
    [{ approvals: [{ kind: 'WAL_EI', validFrom: null, validUntil: '2024-01-01' }] }],
    [{ approvals: [{ kind: 'WAL_EI', validFrom: '2024-01-01', validUntil: null }] }],
    [{ approvals: null, ratios: null, art59: null, mainAimIntegration: null, equivalenceShown: null }],
    [{ ratios: [{ ...ratio, share: '0', disabledShare: '0.0' }] }],
    [{ ratios: [{ ...ratio, share: '1', disabledShare: '1.00' }] }],
    [{ kind: null }],
    [{ kind: undefined }],
    [{ approvals: [{ kind: 'WAL_EI', rank: 1 }] }],
    [{ approvals: [{ kind: 'WAL_EI', rank: null }] }],
    [{ statutes: null }],
    [{ statutes: {} }],
    [{ statutes: { publicServiceMission: false, profitsReinvested: null, lastSameAward: '2024-01-01' } }],
    [{ statutes: { note: 'read on paper' } }],
  ])('%j is none', (facts) => {
    expect(asked({ kind: 'WAL_EI', ...facts })).toEqual([]);
  });
});

describe('a question about a site', () => {
  it.each<[object, object[]]>([
    [{ nature: 'work' }, [problem('gate.fact.unknown', '/nature', 'work', 'works, services, supplies')]],
    [{ partValue: 'x' }, [problem('gate.value.unreadable', '/partValue', 'x', '"125000.00"')]],
    [{ siteValue: '-1' }, [problem('gate.value.unreadable', '/siteValue', '-1', '"125000.00"')]],
    [{ contractValue: 5 }, [problem('gate.value.unreadable', '/contractValue', '5', '"125000.00"')]],
    ...(['chainLevel', 'subcontractors', 'paymentDays'] as const).flatMap((name) =>
      [-1, 1.5, '1'].map((value): [object, object[]] => [
        { [name]: value },
        [problem('gate.number.unreadable', `/${name}`, String(value), '0, 1, 2 ...')],
      ]),
    ),
    ...[0, 9, 1.5, '1'].map((value): [object, object[]] => [
      { approvalClass: value },
      [problem('gate.class.unknown', '/approvalClass', String(value), '1, 2, 3, 4, 5, 6, 7, 8')],
    ]),
    [
      { approvalLevel: 'class' },
      [problem('gate.fact.unknown', '/approvalLevel', 'class', 'category, sub-category')],
    ],
    [
      { passedOn: 'x', nature: 'x' },
      [
        problem('gate.value.unreadable', '/passedOn', 'x', '"125000.00"'),
        problem('gate.fact.unknown', '/nature', 'x', 'works, services, supplies'),
      ],
    ],
  ])('%j is refused with its field and what is allowed', (facts, expected) => {
    expect(gates(rules, { public: true, nature: 'works', ...facts } as GateFacts, '2024-01-10')).toEqual(
      expected,
    );
  });

  it.each([
    [{ chainLevel: 0, subcontractors: 0, paymentDays: 0 }],
    [{ chainLevel: null, subcontractors: null, paymentDays: null, approvalClass: null, approvalLevel: null }],
    [{ approvalClass: 1, approvalLevel: 'category' }],
    [{ approvalClass: 8, approvalLevel: 'sub-category' }],
  ])('%j is none', (facts) => {
    const given = gates(rules, { public: true, nature: 'works', ...facts } as GateFacts, '2024-01-10');
    expect(given.filter((one) => !('key' in one))).toEqual([]);
  });

  it('is refused on a day that is none', () => {
    expect(gates(rules, { public: true, nature: 'works' }, 'x')).toEqual([
      problem('gate.date.unreadable', '/on', 'x', 'YYYY-MM-DD'),
    ]);
  });
});

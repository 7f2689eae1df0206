import { rulesFromFiles } from '../rule-files.js';
import { gates, type GateAnswer, type GateFacts } from './index.js';

const rules = rulesFromFiles();

type Line = readonly [key: string, result: GateAnswer['result'], required: string, actual: string];

/** Every answer with what is required and what was found. */
function lines(facts: Partial<GateFacts>, on = '2024-01-10'): Line[] {
  return gates(rules, { public: true, nature: 'works', ...facts }, on).map((one) => {
    if (!('key' in one)) throw new Error(one.code);
    return [one.key, one.result, one.required, one.actual];
  });
}

const NEEDED = 'APPROVAL-NEEDED';
const UNKNOWN_PART: Line = [NEEDED, 'ask', 'partValue, approvalLevel', '-'];
const part = (partValue: string, more: Partial<GateFacts> = {}): Partial<GateFacts> => ({
  partValue,
  approvalLevel: 'category',
  ...more,
});
const below = (count: string): Line[] => [
  ['DEBT-CHECK', 'remind', '-', count],
  ['WAGE-LIABILITY', 'remind', '-', count],
];
const checked = (level: string): Line => ['SUBCONTRACTOR-CHECK', 'remind', '-', level];
const services: Partial<GateFacts> = { nature: 'services' };

describe('what is required of an enterprise on a site, and what was found', () => {
  it.each<[string, Partial<GateFacts>, string, readonly Line[]]>([
    ['private works, no approval', { public: false }, '2024-01-10', [[NEEDED, 'warn', '-', '-']]],
    ['private works, approved', { public: false, approvalClass: 1 }, '2024-01-10', []],
    ['services', services, '2024-01-10', []],
    ['a part of no value', { approvalLevel: 'category' }, '2024-01-10', [UNKNOWN_PART]],
    ['a part of no level', { partValue: '5' }, '2024-01-10', [UNKNOWN_PART]],
    ['a part at the limit', part('75000'), '2024-05-31', [[NEEDED, 'pass', '<= 75000', '75000']]],
    [
      'a part at it, when it is uncertain',
      part('75000'),
      '2024-06-01',
      [[NEEDED, 'ask', '<= 75000', '75000']],
    ],
    ['a part over it', part('75000.01'), '2024-01-10', [[NEEDED, 'needed', '> 75000', '75000.01']]],
    [
      'a part over it, without approval',
      part('75000.01', { approvalClass: null }),
      '2024-05-31',
      [[NEEDED, 'fail', '> 75000', '-']],
    ],
    [
      'the same, when it is uncertain',
      part('75000.01', { approvalClass: null }),
      '2024-06-01',
      [[NEEDED, 'ask', '> 75000', '-']],
    ],
    [
      'class 1 at its limit',
      part('135000', { approvalClass: 1 }),
      '2024-01-10',
      [['CLASS-1', 'pass', '<= 135000.00', '135000']],
    ],
    [
      'class 1 over its limit',
      part('135000.01', { approvalClass: 1 }),
      '2024-01-10',
      [['CLASS-1', 'fail', '<= 135000.00', '135000.01']],
    ],
    [
      'a class that the documents ask for',
      { requiredClass: 2 },
      '2024-01-10',
      [['CLASS-2', 'needed', '>= 2', '-']],
    ],
    [
      'such a class, without approval',
      { requiredClass: 2, approvalClass: null },
      '2024-01-10',
      [['CLASS-2', 'fail', '>= 2', '-']],
    ],
    [
      'a class under it',
      { requiredClass: 2, approvalClass: 1 },
      '2024-01-10',
      [['CLASS-2', 'fail', '>= 2', '1']],
    ],
    [
      'that very class, of a part of no value',
      { requiredClass: 2, approvalClass: 2 },
      '2024-01-10',
      [['CLASS-2', 'pass', '>= 2', '2']],
    ],
    [
      'that very class, of a part under every limit',
      { requiredClass: 2, approvalClass: 2, partValue: '5' },
      '2024-01-10',
      [['CLASS-2', 'pass', '<= 275000.00', '5']],
    ],
    [
      'that class, which the part exceeds',
      { requiredClass: 2, approvalClass: 2, partValue: '275000.01' },
      '2024-01-10',
      [['CLASS-2', 'fail', '<= 275000.00', '275000.01']],
    ],
    [
      'private works ask for no class of their own',
      { public: false, requiredClass: 2, approvalClass: 1 },
      '2024-01-10',
      [],
    ],
    [
      'class 8',
      part('99000000', { approvalClass: 8 }),
      '2024-01-10',
      [['CLASS-8', 'pass', '<= ...', '99000000']],
    ],
    [
      'a sub-category at its limit',
      { partValue: '50000', approvalLevel: 'sub-category' },
      '2024-01-10',
      [[NEEDED, 'pass', '<= 50000', '50000']],
    ],
    [
      'a site below, alone',
      { siteValue: '29999.99', subcontractors: 0 },
      '2024-01-10',
      [UNKNOWN_PART, ['WORKS-DECLARATION', 'pass', '< 30000', '29999.99, 0']],
    ],
    [
      'a site at it, alone',
      { siteValue: '30000', subcontractors: 0 },
      '2024-01-10',
      [UNKNOWN_PART, ['WORKS-DECLARATION', 'needed', '< 30000', '30000, 0']],
    ],
    [
      'a site below, with one',
      { siteValue: '4999.99', subcontractors: 1 },
      '2024-01-10',
      [UNKNOWN_PART, ['WORKS-DECLARATION', 'pass', '< 5000', '4999.99, 1'], ...below('1')],
    ],
    [
      'a site at it, with one',
      { siteValue: '5000', subcontractors: 1 },
      '2024-01-10',
      [UNKNOWN_PART, ['WORKS-DECLARATION', 'needed', '< 5000', '5000, 1'], ...below('1')],
    ],
    [
      'a small site with two',
      { siteValue: '1', subcontractors: 2 },
      '2024-01-10',
      [UNKNOWN_PART, ['WORKS-DECLARATION', 'needed', '<= 1', '1, 2'], ...below('2')],
    ],
    ['services on a site', { ...services, siteValue: '600000', subcontractors: 2 }, '2024-01-10', []],
    ['a site under attendance', { siteValue: '499999.99' }, '2024-01-10', [UNKNOWN_PART]],
    [
      'a site of attendance',
      { siteValue: '500000' },
      '2024-01-10',
      [UNKNOWN_PART, ['ATTENDANCE', 'remind', '>= 500000', '500000']],
    ],
    [
      'demolition',
      { ...services, cpv: ['45111100'] },
      '2024-01-10',
      [['ASBESTOS-INVENTORY', 'remind', '-', '-']],
    ],
    [
      'asbestos of no technique',
      { ...services, cpv: ['45262660'] },
      '2024-01-10',
      [
        ['ASBESTOS-DECLARATION', 'needed', '14 d', '-'],
        ['ASBESTOS-REMOVAL', 'ask', 'SIMPLE, GLOVE_BAG, HERMETIC_ZONE', '-'],
      ],
    ],
    [
      'asbestos of a technique that does not exist',
      { ...services, cpv: ['45262660'], asbestosTechnique: 'X' },
      '2024-01-10',
      [
        ['ASBESTOS-DECLARATION', 'needed', '14 d', '-'],
        ['ASBESTOS-REMOVAL', 'ask', 'SIMPLE, GLOVE_BAG, HERMETIC_ZONE', 'X'],
      ],
    ],
    [
      'simple asbestos',
      { ...services, cpv: ['90650000'], asbestosTechnique: 'SIMPLE' },
      '2024-01-10',
      [
        ['ASBESTOS-DECLARATION', 'needed', '14 d', '-'],
        ['ASBESTOS-REMOVAL', 'warn', 'SIMPLE', '-'],
      ],
    ],
    [
      'a zone, approvals not stated',
      { ...services, cpv: ['90650000'], asbestosTechnique: 'HERMETIC_ZONE' },
      '2024-01-10',
      [
        ['ASBESTOS-DECLARATION', 'needed', '14 d', '-'],
        ['ASBESTOS-REMOVAL', 'ask', 'HERMETIC_ZONE', '-'],
      ],
    ],
    [
      'a zone, none approved',
      { ...services, cpv: ['90650000'], asbestosTechnique: 'HERMETIC_ZONE', asbestosApprovals: [] },
      '2024-01-10',
      [
        ['ASBESTOS-DECLARATION', 'needed', '14 d', '-'],
        ['ASBESTOS-REMOVAL', 'fail', 'HERMETIC_ZONE', '-'],
      ],
    ],
    [
      'a zone, approved',
      {
        ...services,
        cpv: ['90650000'],
        asbestosTechnique: 'HERMETIC_ZONE',
        asbestosApprovals: ['GLOVE_BAG', 'HERMETIC_ZONE'],
      },
      '2024-01-10',
      [
        ['ASBESTOS-DECLARATION', 'needed', '14 d', '-'],
        ['ASBESTOS-REMOVAL', 'pass', 'HERMETIC_ZONE', 'GLOVE_BAG, HERMETIC_ZONE'],
      ],
    ],
    [
      'the third level of a category',
      { approvalLevel: 'category', chainLevel: 3 },
      '2024-01-10',
      [UNKNOWN_PART, ['CHAIN-CATEGORY', 'pass', '<= 3', '3'], checked('3')],
    ],
    [
      'the fourth',
      { approvalLevel: 'category', chainLevel: 4 },
      '2024-01-10',
      [UNKNOWN_PART, ['CHAIN-CATEGORY', 'fail', '<= 3', '4'], checked('4')],
    ],
    [
      'the third of a sub-category',
      { approvalLevel: 'sub-category', chainLevel: 3 },
      '2024-01-10',
      [UNKNOWN_PART, ['CHAIN-SUB-CATEGORY', 'fail', '<= 2', '3'], checked('3')],
    ],
    ['a level of works in no class', { chainLevel: 9 }, '2024-01-10', [UNKNOWN_PART, checked('9')]],
    [
      'the third of sensitive services',
      { ...services, chainLevel: 3, fraudSensitiveServices: true },
      '2024-01-10',
      [['CHAIN-SENSITIVE-SERVICES', 'ask', '<= 2', '3'], checked('3')],
    ],
    [
      'the second of them',
      { ...services, chainLevel: 2, fraudSensitiveServices: true },
      '2024-01-10',
      [['CHAIN-SENSITIVE-SERVICES', 'pass', '<= 2', '2'], checked('2')],
    ],
    ['other services', { ...services, chainLevel: 9 }, '2024-01-10', []],
    [
      'supplies in a class',
      { nature: 'supplies', chainLevel: 9, approvalLevel: 'category', fraudSensitiveServices: true },
      '2024-01-10',
      [],
    ],
    [
      'a private chain',
      {
        public: false,
        approvalClass: 1,
        approvalLevel: 'category',
        chainLevel: 9,
        passedOn: '1',
        contractValue: '50000',
      },
      '2024-01-10',
      [],
    ],
    [
      'a whole part passed on',
      { ...services, chainLevel: 1, passedOn: '1' },
      '2024-01-10',
      [['PASS-ON', 'fail', '< 1', '1']],
    ],
    [
      'all but a little',
      { ...services, passedOn: '0.9999' },
      '2024-01-10',
      [['PASS-ON', 'pass', '< 1', '0.9999']],
    ],
    [
      'a whole part, level not stated',
      { ...services, passedOn: '1' },
      '2024-01-10',
      [['PASS-ON', 'fail', '< 1', '1']],
    ],
    ['a whole contract, by the contractor', { ...services, chainLevel: 0, passedOn: '1' }, '2024-01-10', []],
    [
      'a small contract',
      { ...services, contractValue: '29999.99' },
      '2024-01-10',
      [['RGE-MIN-VALUE', 'pass', '>= 30000', '29999.99']],
    ],
    [
      'a contract',
      { ...services, contractValue: '30000' },
      '2024-01-10',
      [['RGE-MIN-VALUE', 'remind', '>= 30000', '30000']],
    ],
    [
      'a direct subcontractor of public works',
      { chainLevel: 1, subcontractors: 1 },
      '2024-01-10',
      [UNKNOWN_PART, ...below('1'), checked('1'), ['DIRECT-CLAIM', 'remind', '-', '1']],
    ],
    [
      'a direct subcontractor of private works',
      { public: false, approvalClass: 1, chainLevel: 1 },
      '2024-01-10',
      [['DIRECT-CLAIM', 'remind', '-', '1']],
    ],
    [
      'sensitive services with subcontractors',
      { ...services, public: false, fraudSensitiveServices: true, subcontractors: 1, chainLevel: 1 },
      '2024-01-10',
      below('1'),
    ],
    [
      'the contractor alone',
      { public: false, approvalClass: 1, chainLevel: 0, subcontractors: 0 },
      '2024-01-10',
      [],
    ],
    [
      'payment in time',
      { ...services, paymentDays: 60 },
      '2024-01-10',
      [['PAYMENT-B2B', 'pass', '<= 60 d', '60']],
    ],
    [
      'payment late',
      { ...services, paymentDays: 61 },
      '2024-01-10',
      [['PAYMENT-B2B', 'ask', '<= 60 d', '61']],
    ],
    [
      'payment not agreed yet',
      { ...services, paymentDays: null },
      '2024-01-10',
      [['PAYMENT-B2B', 'remind', '<= 60 d', '-']],
    ],
    ['payment late, before the limit', { ...services, paymentDays: 61 }, '2022-01-31', []],
  ])('%s', (_what, facts, on, expected) => {
    expect(lines(facts, on)).toEqual(expected);
  });

  it('cites, trusts and names the version behind an answer', () => {
    const needed = rules.gates.get('APPROVAL-NEEDED')![1]!;
    const [first] = gates(rules, { public: false, nature: 'works' }, '2024-06-01');
    const { citation, confidence, versionId } = needed;
    expect(first).toMatchObject({ citation, confidence, version: versionId });
    const [byClass] = gates(
      rules,
      { public: true, nature: 'works', ...part('80000', { approvalClass: 2 }) },
      '2024-06-01',
    );
    const held = rules.classes.get('CLASS-2')!.at(-1)!;
    expect(byClass).toMatchObject({
      citation: held.citation,
      confidence: held.confidence,
      version: held.versionId,
    });
  });
});

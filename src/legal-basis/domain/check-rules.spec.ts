import type { Problem } from '../../kernel/index.js';
import { COLUMNS } from './check-bodies.js';
import { checkRules, EVIDENCES, RULE_SETS, type RuleEntry } from './index.js';

/** Entry of a small law that is whole; each test spoils one thing of it. */
function entry(
  set: string,
  key: string,
  line: number,
  body: object,
  more: Partial<RuleEntry> = {},
): RuleEntry {
  return {
    set,
    key,
    from: null,
    until: null,
    citation: { fr: 'loi', nl: 'wet' },
    confidence: 'sourced',
    body: { source: ['S01'], ...body },
    file: 'acts/x.yaml',
    line,
    lines: {},
    ...more,
  };
}

const SCOPE = entry('scope', 'SCOPE', 1, {
  law_as_of: '2026-11-22',
  known_from: '1994-01-01',
  known_until: '2028-01-01',
});
const OLD = entry('regime', 'REGIME', 2, { regime: 'R2006' }, { until: '2017-06-30' });
const NEW = entry('regime', 'REGIME', 3, { regime: 'R2016' }, { from: '2017-06-30' });
const KIND_BODY = {
  names: { fr: 'a', nl: 'b', de: 'c', en: 'd' },
  authority: 'Région',
  max_years: [2, null],
  notes: 'none',
};
const KIND = entry('kind', 'K1', 4, KIND_BODY);
const CELLS = COLUMNS.map((column) =>
  entry('eligibility', `K1:${column}`, 5, { kind: 'K1', column, answer: 'Y' }),
);
const WHOLE = [SCOPE, OLD, NEW, KIND, ...CELLS];

type Short = Pick<Problem, 'code' | 'place' | 'found' | 'expected'> & { field: unknown };

function short({ code, place, found, expected, params }: Problem): Short {
  return { code, place, found, expected, field: params?.['field'] };
}

/** What is found wrong when the whole law has this rule besides. */
function problemsOf(one: RuleEntry): Short[] {
  return checkRules([...WHOLE, one]).map(short);
}

const problem = (
  code: string,
  line: number,
  field: string,
  what: string | null,
  expected: string,
): Short => ({
  code: `rules.${code}`,
  place: { line },
  found: what,
  expected,
  field,
});

describe('a set of rules', () => {
  it('is accepted when nothing is wrong', () => {
    expect(checkRules(WHOLE)).toEqual([]);
  });

  it('says file, line and severity of a problem', () => {
    const spoilt = entry('threshold', 'T', 9, { amount: 0 }, { lines: { amount: 12 } });
    expect(checkRules([...WHOLE, spoilt])).toEqual([
      {
        code: 'rules.value.unknown',
        severity: 'error',
        place: { line: 12 },
        found: '0',
        expected: 'whole euros above 0',
        params: { file: 'acts/x.yaml', field: 'amount' },
      },
    ]);
  });

  it.each<[string, Partial<RuleEntry>, Short[]]>([
    ['no set', { set: 'thresholds' }, [problem('set.unknown', 9, 'set', 'thresholds', RULE_SETS.join(', '))]],
    [
      'a key with a blank',
      { key: 'A B' },
      [problem('key.unreadable', 9, 'key', 'A B', 'letters, digits, : - and _')],
    ],
    [
      'a key with a blank before',
      { key: ' A' },
      [problem('key.unreadable', 9, 'key', ' A', 'letters, digits, : - and _')],
    ],
    ['no key', { key: null }, [problem('key.unreadable', 9, 'key', null, 'letters, digits, : - and _')]],
    [
      'no such day',
      { from: '2017-02-30' },
      [problem('day.unreadable', 9, 'from', '2017-02-30', 'YYYY-MM-DD, or null for open')],
    ],
    [
      'no last day',
      { until: 5 },
      [problem('day.unreadable', 9, 'until', '5', 'YYYY-MM-DD, or null for open')],
    ],
    [
      'an empty range',
      { from: '2017-01-02', until: '2017-01-02' },
      [problem('validity.empty', 9, 'until', '2017-01-02', 'a day after 2017-01-02')],
    ],
    ['a range of one day', { from: '2017-01-02', until: '2017-01-03' }, []],
    [
      'no citation',
      { citation: null },
      [
        problem('citation.missing', 9, 'citation', null, 'the text in fr and in nl'),
        problem('citation.missing', 9, 'citation', null, 'the text in fr and in nl'),
      ],
    ],
    [
      'a citation of blanks',
      { citation: { fr: 'loi', nl: ' ' } },
      [problem('citation.missing', 9, 'citation', '{"fr":"loi","nl":" "}', 'the text in fr and in nl')],
    ],
    [
      'no confidence',
      { confidence: 'sure' },
      [problem('confidence.unknown', 9, 'confidence', 'sure', 'sourced, recalled, uncertain')],
    ],
    [
      'no source',
      { body: { amount: 5, source: [] } },
      [problem('source.missing', 9, 'source', '[]', 'at least one mark of the list of sources')],
    ],
    [
      'a source that is no list',
      { body: { amount: 5, source: 'S01' } },
      [problem('source.missing', 9, 'source', 'S01', 'at least one mark of the list of sources')],
    ],
  ])('with %s', (_what, more, expected) => {
    expect(problemsOf(entry('threshold', 'T', 9, { amount: 5 }, more))).toEqual(expected);
  });

  it('shows no more than 120 characters of what it found', () => {
    const long = 'x'.repeat(121);
    expect(problemsOf(entry('threshold', 'T', 9, { amount: long }))[0]?.found).toBe('x'.repeat(120));
  });

  it.each<[string, string, object, string, unknown, string]>([
    ['threshold', 'amount', { amount: 5.5 }, 'value.unknown', '5.5', 'whole euros above 0'],
    ['threshold', 'amount', { amount: '5' }, 'value.unknown', '5', 'whole euros above 0'],
    ['threshold', 'amount', {}, 'field.missing', null, 'amount'],
    ['threshold', 'amont', { amount: 1, amont: 5 }, 'field.unknown', 'amont', 'source, marks, what, amount'],
    ['threshold', 'what', { amount: 1, what: '' }, 'value.unknown', '', 'words'],
    ['threshold', 'what', { amount: 1, what: 5 }, 'value.unknown', '5', 'words'],
    [
      'threshold',
      'marks',
      { amount: 1, marks: { amount: 'sure' } },
      'value.unknown',
      '{"amount":"sure"}',
      'fields with sourced, recalled, uncertain',
    ],
    [
      'threshold',
      'marks',
      { amount: 1, marks: 'recalled' },
      'value.unknown',
      'recalled',
      'fields with sourced, recalled, uncertain',
    ],
    [
      'threshold',
      'marks',
      { amount: 1, marks: null },
      'value.unknown',
      null,
      'fields with sourced, recalled, uncertain',
    ],
    ['approval-class', 'amount', { amount: 0 }, 'value.unknown', '0', 'whole euros above 0, or null'],
    ['buyer', 'bound', { bound: 'yes' }, 'value.unknown', 'yes', 'true or false'],
    ['basis', 'layer', { layer: 'FR', instruments: [] }, 'value.unknown', 'FR', 'BE, EU, CONTRACT'],
    [
      'basis',
      'instruments',
      { layer: 'EU', instruments: 'VOLUNTARY' },
      'value.unknown',
      'VOLUNTARY',
      'a list of RESERVE_ACCESS, RESERVE_LOT, RESERVE_EXEC, RESERVE_PUBSVC, EXEC_COND, VOLUNTARY, SUBCON_SHARE, TRAINING',
    ],
    [
      'basis',
      'groups',
      { layer: 'BE', instruments: [], groups: ['X'] },
      'value.unknown',
      '["X"]',
      'a list of ESI59, SHELTERED, SHELTERED30, INTEG30, PUBSVC, CLAUSE_DEFINED, TRAINEES, ANY',
    ],
    [
      'basis',
      'uncertain_groups',
      { layer: 'BE', instruments: [], uncertain_groups: ['X'] },
      'value.unknown',
      '["X"]',
      'a list of ESI59, SHELTERED, SHELTERED30, INTEG30, PUBSVC, CLAUSE_DEFINED, TRAINEES, ANY',
    ],
    [
      'basis',
      'value_limit',
      { layer: 'BE', instruments: [], value_limit: 'above' },
      'value.unknown',
      'above',
      'none, below-eu-threshold',
    ],
    [
      'basis',
      'column',
      { layer: 'BE', instruments: [], column: 'X' },
      'value.unknown',
      'X',
      COLUMNS.join(', '),
    ],
    [
      'basis',
      'inherited_in',
      { layer: 'BE', instruments: [], inherited_in: 'X' },
      'value.unknown',
      'X',
      'PRE, R1993, R2006, R2016, RCONTRACT',
    ],
    [
      'basis',
      'route',
      { layer: 'BE', instruments: [], route: { cpv_list: 'A', nature: 'works' } },
      'value.unknown',
      '{"cpv_list":"A","nature":"works"}',
      '{ cpv_list, nature, max_years }',
    ],
    [
      'basis',
      'route',
      { layer: 'BE', instruments: [], route: [] },
      'value.unknown',
      '[]',
      '{ cpv_list, nature, max_years }',
    ],
    [
      'basis',
      'route',
      { layer: 'BE', instruments: [], route: null },
      'value.unknown',
      null,
      '{ cpv_list, nature, max_years }',
    ],
    [
      'basis',
      'route',
      { layer: 'BE', instruments: [], route: { cpv_list: 'A', nature: 'works', max_years: 3, x: 1 } },
      'value.unknown',
      '{"cpv_list":"A","nature":"works","max_years":3,"x":1}',
      '{ cpv_list, nature, max_years }',
    ],
    [
      'basis',
      'uncertain_above',
      { layer: 'BE', instruments: [], uncertain_above: { regime: 'X', groups: [] } },
      'value.unknown',
      '{"regime":"X","groups":[]}',
      '{ regime, groups }',
    ],
    [
      'basis',
      'transposition_due',
      { layer: 'BE', instruments: [], transposition_due: 'soon' },
      'value.unknown',
      'soon',
      'YYYY-MM-DD',
    ],
    ['basis', 'topic', { layer: 'BE', instruments: [], topic: 1 }, 'value.unknown', '1', 'words'],
    ['basis', 'formality', { layer: 'BE', instruments: [], formality: 1 }, 'value.unknown', '1', 'words'],
    ['basis', 'repeat_ban', { layer: 'BE', instruments: [], repeat_ban: 1 }, 'value.unknown', '1', 'words'],
    [
      'overlay',
      'duty',
      { duty: 'may', region: null, buyers: [] },
      'value.unknown',
      'may',
      'must, motivate, subsidy-condition, guidance',
    ],
    [
      'overlay',
      'region',
      { duty: 'must', region: 'DE', buyers: [] },
      'value.unknown',
      'DE',
      'WAL, BRU, VLA, or null',
    ],
    [
      'overlay',
      'buyers',
      { duty: 'must', region: 'WAL', buyers: ['x'] },
      'value.unknown',
      '["x"]',
      'a list of public, public-utility, private, private-captured, private-subsidy, pep',
    ],
    [
      'overlay',
      'status',
      { duty: 'must', region: 'WAL', buyers: [], status: 'x' },
      'value.unknown',
      'x',
      'in-force, pending',
    ],
    [
      'overlay',
      'start_uncertain_until',
      { duty: 'must', region: 'WAL', buyers: [], start_uncertain_until: 'x' },
      'value.unknown',
      'x',
      'YYYY-MM-DD',
    ],
    [
      'overlay',
      'clause_kinds',
      { duty: 'must', region: 'WAL', buyers: [], clause_kinds: [1] },
      'value.unknown',
      '[1]',
      'a list of words',
    ],
    [
      'overlay',
      'target_groups',
      { duty: 'must', region: 'WAL', buyers: [], target_groups: [1] },
      'value.unknown',
      '[1]',
      'a list of words',
    ],
    [
      'overlay',
      'derogations',
      { duty: 'must', region: 'WAL', buyers: [], derogations: [1] },
      'value.unknown',
      '[1]',
      'a list of words',
    ],
    [
      'cpv-list',
      'codes',
      { codes_from: 'x', codes_expected: 1, codes: ['x'] },
      'value.unknown',
      '["x"]',
      'a list of CPV codes',
    ],
    [
      'cpv-list',
      'codes_expected',
      { codes_from: 'x', codes_expected: 2, codes: ['45000000'] },
      'list.length',
      '1',
      '2',
    ],
    ['eligibility', 'kind', { kind: 'K2', column: 'VOL', answer: 'Y' }, 'value.unknown', 'K2', 'K1'],
    [
      'eligibility',
      'answer',
      { kind: 'K1', column: 'VOL', answer: 'X' },
      'value.unknown',
      'X',
      'Y, C, N, ?, -',
    ],
    [
      'eligibility',
      'needs',
      { kind: 'K1', column: 'VOL', answer: 'C', needs: ['x'] },
      'value.unknown',
      '["x"]',
      `a list of ${EVIDENCES.join(', ')}`,
    ],
    [
      'eligibility',
      'unless',
      { kind: 'K1', column: 'VOL', answer: 'N', unless: ['x'] },
      'value.unknown',
      '["x"]',
      `a list of ${EVIDENCES.join(', ')}`,
    ],
    ['eligibility', 'why', { kind: 'K1', column: 'VOL', answer: 'N', why: 1 }, 'value.unknown', '1', 'words'],
    [
      'eligibility',
      'suggestion',
      { kind: 'K1', column: 'VOL', answer: 'N', suggestion: 'X' },
      'value.unknown',
      'X',
      COLUMNS.join(', '),
    ],
  ])('refuses a %s whose %s is wrong', (set, field, body, code, what, expected) => {
    expect(problemsOf(entry(set, 'Z', 9, body))).toEqual([
      problem(code, 9, field, what as string | null, expected),
    ]);
  });

  it.each<[string, object, string, string]>([
    ['names', { names: { fr: 'a', nl: 'b', de: 'c' } }, '{"fr":"a","nl":"b","de":"c"}', '{ fr, nl, de, en }'],
    ['authority', { authority: ' ' }, ' ', 'words'],
    ['max_years', { max_years: [0] }, '[0]', 'a list of a whole number above 0, or null'],
    ['max_years', { max_years: [1.5] }, '[1.5]', 'a list of a whole number above 0, or null'],
    ['b2b_market', { b2b_market: 1 }, '1', 'true or false'],
    ['approved', { approved: 1 }, '1', 'true or false'],
    ['sheltered', { sheltered: 1 }, '1', 'true or false'],
    ['report_due', { report_due: '07-32' }, '07-32', 'month and day, MM-DD'],
    ['successor', { successor: 'K2' }, 'K2', 'K1'],
    ['target_share', { target_share: 0.3 }, '0.3', 'a decimal in quotes'],
    ['target_fte', { target_fte: 0 }, '0', 'a whole number above 0'],
    ['notes', { notes: '' }, '', 'words'],
  ])('refuses a kind whose %s is wrong: %j', (field, wrong, what, expected) => {
    const kind = entry('kind', 'K1', 4, { ...KIND_BODY, ...wrong });
    const given = checkRules([SCOPE, OLD, NEW, kind, ...CELLS]).map(short);
    expect(given).toEqual([problem('value.unknown', 4, field, what, expected)]);
  });

  it.each([
    { levels: ['city'] },
    { natures: ['x'] },
    { work_kinds: ['x'] },
    { above: 0 },
    { from: 0 },
    { vat_rate: 0.21 },
    { reaches_eu_threshold: 'yes' },
    { over_days: 0 },
  ])('refuses a case of a duty with %j', (one) => {
    const duty = { duty: 'must', region: null, buyers: ['public'], cases: [one] };
    const fields = 'levels, natures, work_kinds, above, from, vat_rate, reaches_eu_threshold, over_days';
    expect(problemsOf(entry('overlay', 'Z', 9, duty))).toEqual([
      problem('value.unknown', 9, 'cases', JSON.stringify([one]), `a list of { ${fields} }`),
    ]);
  });

  it('accepts everything a rule may hold', () => {
    const overlay = {
      duty: 'must',
      region: null,
      buyers: ['public'],
      status: 'pending',
      start_uncertain_until: '2020-01-01',
      clause_kinds: ['flex'],
      target_groups: ['x'],
      derogations: ['x'],
      cases: [
        {
          levels: ['local'],
          natures: ['works'],
          work_kinds: ['building'],
          above: 1,
          from: 1,
          vat_rate: '0.21',
          reaches_eu_threshold: true,
          over_days: 1,
        },
      ],
    };
    const basis = {
      layer: 'BE',
      instruments: ['EXEC_COND'],
      groups: ['ANY'],
      uncertain_groups: ['ANY'],
      value_limit: 'none',
      column: 'VOL',
      inherited_in: 'R2016',
      route: { cpv_list: 'L', nature: 'services', max_years: 1 },
      uncertain_above: { regime: 'R2006', groups: ['ANY'] },
      topic: 'x',
      formality: 'x',
      repeat_ban: 'x',
      transposition_due: '2016-04-18',
      marks: { topic: 'recalled' },
      what: 'x',
    };
    expect(problemsOf(entry('overlay', 'Z', 9, overlay))).toEqual([]);
    expect(problemsOf(entry('basis', 'Z', 9, basis))).toEqual([]);
    expect(problemsOf(entry('approval-class', 'Z', 9, { amount: null }))).toEqual([]);
    expect(
      problemsOf(entry('cpv-list', 'Z', 9, { codes_from: 'x', codes_expected: 1, codes: ['45000000'] })),
    ).toEqual([]);
    expect(problemsOf(entry('gate', 'Z', 9, { anything: 1 }))).toEqual([]);
    const kind = {
      ...KIND_BODY,
      max_years: [],
      b2b_market: false,
      approved: false,
      sheltered: true,
      report_due: '02-29',
      successor: 'K1',
      target_share: '0.3',
      target_fte: 1,
    };
    expect(checkRules([SCOPE, OLD, NEW, entry('kind', 'K1', 4, kind), ...CELLS])).toEqual([]);
  });

  it('refuses two truths for one day, at the later one', () => {
    const first = entry('threshold', 'T', 9, { amount: 5 }, { until: '2020-01-02' });
    const second = entry('threshold', 'T', 14, { amount: 6 }, { from: '2020-01-01', lines: { from: 15 } });
    expect(checkRules([...WHOLE, first, second]).map(short)).toEqual([
      problem('validity.overlap', 15, 'from', 'T 2020-01-01 / ...', 'no day in common with acts/x.yaml:9'),
    ]);
    expect(checkRules([...WHOLE, first, { ...second, from: '2020-01-02' }])).toEqual([]);
    expect(checkRules([...WHOLE, first, { ...second, key: 'U' }])).toEqual([]);
    expect(checkRules([...WHOLE, second, first]).map(short)).toEqual([
      problem('validity.overlap', 9, 'from', 'T ... / 2020-01-02', 'no day in common with acts/x.yaml:14'),
    ]);
    const unreadable = { ...second, from: 'x' };
    expect(checkRules([...WHOLE, first, unreadable]).map((one) => one.code)).toEqual([
      'rules.day.unreadable',
    ]);
    expect(checkRules([...WHOLE, unreadable, first]).map((one) => one.code)).toEqual([
      'rules.day.unreadable',
    ]);
  });

  it('wants one scope, and a regime for every day', () => {
    const expected = { code: 'rules.scope.not-one', place: { line: 1 }, expected: 'one scope', field: '' };
    const rest = [OLD, NEW, KIND, ...CELLS];
    expect(checkRules(rest).map(short)).toEqual([{ ...expected, found: '0' }]);
    expect(checkRules(rest)[0]?.params).toEqual({ file: 'all files', field: '' });
    const other = { ...SCOPE, key: 'OTHER' };
    expect(checkRules([SCOPE, other, ...rest]).map(short)).toEqual([{ ...expected, found: '2' }]);
    const regimes = 'PRE, R1993, R2006, R2016, RCONTRACT';
    const without = (...left: RuleEntry[]): Short[] =>
      checkRules([SCOPE, KIND, ...CELLS, ...left]).map(short);
    expect(without(NEW, OLD)).toEqual([]);
    expect(without()).toEqual([problem('regime.gap', 1, 'until', null, regimes)]);
    expect(without(OLD)).toEqual([problem('regime.gap', 2, 'until', null, regimes)]);
    expect(without(NEW)).toEqual([problem('regime.gap', 3, 'from', '2017-06-30', 'null: the first is open')]);
    expect(without(OLD, { ...NEW, from: '2017-07-01' })).toEqual([
      problem('regime.gap', 3, 'from', '2017-07-01', '2017-06-30'),
    ]);
  });

  it('wants every kind to say something in every column', () => {
    expect(checkRules([SCOPE, OLD, NEW, KIND, ...CELLS.slice(0, -2)]).map(short)).toEqual([
      problem('matrix.incomplete', 4, 'key', 'K1', 'K1:VOL, K1:WAL_TRAIN'),
    ]);
  });
});

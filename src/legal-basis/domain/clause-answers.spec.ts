import { rulesFromFiles } from '../rule-files.js';
import { clauseOptions, type ClauseAnswer, type ClauseFacts, type LegalRules } from './index.js';
import { euThreshold, onSocialList } from './threshold.js';

const rules = rulesFromFiles();
const NAMES = new Map(rules.versions.map((one) => [one.id, `${one.key} ${one.valid.from ?? ''}`.trim()]));
const DAY = '2022-09-01';
const SERVICES: Partial<ClauseFacts> = { nature: 'services', cpv: ['85312510'], years: 3 };

function answer(facts: Partial<ClauseFacts>, law: LegalRules = rules): ClauseAnswer {
  const given = clauseOptions(law, { date: DAY, buyer: 'public', ...facts });
  if (!('regime' in given)) throw new Error(JSON.stringify(given));
  return given;
}

/** Each reason to ask a person, with what it is about. */
function asks(facts: Partial<ClauseFacts>): string[] {
  return answer(facts).asks.map(({ code, params }) => [code, ...Object.values(params)].join(' | '));
}

function options(facts: Partial<ClauseFacts>): string[] {
  return answer(facts).options.map((one) => `${one.instrument} ${one.basis} ${one.groups.join('+')}`.trim());
}

const cited = (facts: Partial<ClauseFacts>): (string | undefined)[] =>
  answer(facts).versions.map((id) => NAMES.get(id));

const RESERVED_2016 = ['ACCESS', 'LOT', 'EXEC'].map((one) => `RESERVE_${one} BE-2016-15 SHELTERED30+INTEG30`);

describe('a whole answer about a contract', () => {
  it('says nothing before the acts it models, and that a person must look', () => {
    const given = answer({ date: '2000-01-01' });
    expect(given).toMatchObject({
      regime: 'PRE',
      aboveThreshold: null,
      threshold: null,
      options: [],
      duties: [],
      confidence: 'recalled',
    });
    expect(given.asks).toEqual([
      { code: 'rule.recalled', params: { rule: 'REGIME' } },
      { code: 'none-modelled', params: { date: '2000-01-01' } },
    ]);
    expect(given.askPerson).toEqual(['clause.ask.rule.recalled', 'clause.ask.none-modelled']);
    expect(answer({}, { ...rules, regimes: [] })).toMatchObject({ regime: 'PRE', options: [], asks: [] });
  });

  it('asks no more than once why, and never for what would not help', () => {
    expect(asks({ date: '2003-04-27', level: 'local', region: 'WAL', nature: 'works', value: '1' })).toEqual([
      'threshold.not-entered | 2003-04-27',
      'rule.recalled | BE-1993-18BIS-1',
    ]);
    expect(asks({ date: '2012-05-01', region: 'WAL' })).toEqual([
      'threshold.open | BE-1993-18BIS-2 | nature, cpv, level, value',
      'rule.recalled | BE-1993-18BIS-1',
      'group.uncertain | SHELTERED | EU-2004-18-19',
    ]);
  });

  it.each<[string, Partial<ClauseFacts>, readonly string[], readonly string[]]>([
    [
      'above the threshold of 2014',
      { date: '2015-05-05', level: 'local', region: 'WAL', nature: 'works', value: '6000000' },
      [
        'RESERVE_ACCESS BE-2006-22-1 SHELTERED',
        'RESERVE_LOT BE-2006-22-1 SHELTERED',
        'RESERVE_EXEC BE-2006-22-1 SHELTERED',
        'EXEC_COND BE-2006-40',
      ],
      [],
    ],
    [
      'social services of a utility under it',
      {
        date: '2014-02-01',
        buyer: 'public-utility',
        level: 'local',
        nature: 'services',
        cpv: '85312510',
        value: '1',
      },
      [
        'RESERVE_ACCESS BE-2006-22-1 SHELTERED',
        'RESERVE_ACCESS BE-2006-22-2 ESI59',
        'RESERVE_LOT BE-2006-22-1 SHELTERED',
        'RESERVE_LOT BE-2006-22-2 ESI59',
        'RESERVE_EXEC BE-2006-22-1 SHELTERED',
        'EXEC_COND BE-2006-40',
      ],
      ['rule.recalled | public-utility'],
    ],
    [
      'listed services of three years',
      SERVICES,
      [...RESERVED_2016, 'RESERVE_PUBSVC BE-2016-90 PUBSVC', 'EXEC_COND BE-2016-87'],
      [
        'rule.recalled | BE-2016-90',
        'duty.unknown | region, level, value, durationDays | BRU-CIRC-2020-11-26',
        'duty.unknown | level, value | FED-CIRC-2014-05-16',
      ],
    ],
    [
      'a little longer',
      { ...SERVICES, years: 3.01, level: 'local', value: '1', region: 'WAL' },
      [...RESERVED_2016, 'EXEC_COND BE-2016-87'],
      ['rule.recalled | BE-2016-90'],
    ],
    [
      'works with a code of services',
      { ...SERVICES, nature: 'works', level: 'local', value: '1', region: 'BRU' },
      [...RESERVED_2016, 'EXEC_COND BE-2016-87'],
      [],
    ],
    [
      'a nature not stated',
      { ...SERVICES, nature: null, level: 'local', value: '1', region: 'VLA' },
      [...RESERVED_2016, 'EXEC_COND BE-2016-87'],
      ['rule.recalled | BE-2016-90', 'route.open | BE-2016-90 | nature'],
    ],
    [
      'a duration not stated',
      { ...SERVICES, years: null, level: 'local', value: '1', region: 'VLA' },
      [...RESERVED_2016, 'EXEC_COND BE-2016-87'],
      ['rule.recalled | BE-2016-90', 'route.open | BE-2016-90 | years'],
    ],
    [
      'nothing of nature and duration',
      { cpv: ['85312510', '77310000'], level: 'local', value: '1', region: 'VLA' },
      [...RESERVED_2016, 'EXEC_COND BE-2016-87'],
      ['rule.recalled | BE-2016-90', 'route.open | BE-2016-90 | nature, cpv, years'],
    ],
    [
      'services without a code',
      { nature: 'services', years: 1, level: 'local', value: '1', region: 'VLA' },
      [...RESERVED_2016, 'EXEC_COND BE-2016-87'],
      [],
    ],
    [
      'works of which little is told',
      { nature: 'works', region: 'WAL' },
      [...RESERVED_2016, 'EXEC_COND BE-2016-87'],
      [
        'duty.unknown | level, value | FED-CIRC-2014-05-16',
        'duty.unknown | level, workKind, value | WAL-CIRC-2016-07-21, WAL-CIRC-2017-09-07',
      ],
    ],
    [
      'works of a region that is not told',
      { nature: 'works' },
      [...RESERVED_2016, 'EXEC_COND BE-2016-87'],
      [
        'duty.unknown | region, level, value | BRU-CIRC-2020-11-26',
        'duty.unknown | level, value | FED-CIRC-2014-05-16',
        'duty.unknown | region, level, workKind, value | WAL-CIRC-2016-07-21, WAL-CIRC-2017-09-07',
      ],
    ],
    ['a private buyer', { buyer: 'private' }, ['VOLUNTARY BE-CONTRACT ANY'], []],
    [
      'a grant without a name',
      { buyer: 'private-subsidy' },
      ['VOLUNTARY BE-CONTRACT ANY'],
      ['subsidy.unnamed'],
    ],
    [
      'a grant before its day',
      { buyer: 'private', date: '2013-12-31', subsidy: 'WAL-SLSP' },
      ['VOLUNTARY BE-CONTRACT ANY'],
      ['subsidy.not-in-force | WAL-SLSP | 2013-12-31'],
    ],
    [
      'a grant whose start is uncertain',
      { buyer: 'private', date: '2014-12-31', subsidy: 'WAL-SLSP' },
      ['VOLUNTARY BE-CONTRACT ANY'],
      ['duty.start-uncertain | WAL-SLSP | 2014-01-01'],
    ],
    [
      'the day on which it no longer is',
      { buyer: 'private', date: '2015-01-01', subsidy: 'WAL-SLSP' },
      ['VOLUNTARY BE-CONTRACT ANY'],
      [],
    ],
    [
      'a flexible clause inherited',
      { buyer: 'pep', mainClause: 'flex' },
      ['SUBCON_SHARE BE-2016-87 CLAUSE_DEFINED', 'TRAINING BE-2016-87 CLAUSE_DEFINED'],
      [],
    ],
    [
      'a training clause inherited',
      { buyer: 'pep', mainClause: 'training' },
      ['TRAINING BE-2016-87 TRAINEES'],
      [],
    ],
    [
      'a share inherited',
      { buyer: 'pep', mainClause: 'subcontracting' },
      ['SUBCON_SHARE BE-2016-87 CLAUSE_DEFINED'],
      [],
    ],
    ['no clause to inherit', { buyer: 'pep', mainClause: 'none' }, ['VOLUNTARY BE-CONTRACT ANY'], []],
    [
      'a clause not stated',
      { buyer: 'pep', subsidy: 'WAL-SLSP' },
      ['VOLUNTARY BE-CONTRACT ANY'],
      ['main-clause.unstated', 'subsidy.of-main-contract | WAL-SLSP'],
    ],
  ])('%s', (_what, facts, expected, asked) => {
    expect(options(facts)).toEqual(expected);
    expect(asks(facts)).toEqual(asked);
  });

  it.each<[Partial<ClauseFacts>, readonly string[]]>([
    [{ date: '2000-01-01' }, ['public', 'REGIME']],
    [
      { date: '2012-05-01', region: 'WAL' },
      [
        'public',
        'REGIME 2003-04-27',
        'WORKS 2012-01-01',
        'CENTRAL 2012-01-01',
        'SUBCENTRAL 2012-01-01',
        'BE-1993-18BIS-1 2003-04-27',
        'EU-2004-18-19 2004-04-30',
      ],
    ],
    [{ buyer: 'private' }, ['private', 'BE-2016-15 2017-06-30', 'BE-CONTRACT']],
    [{ buyer: 'private', date: '1995-01-01' }, ['private', 'BE-CONTRACT']],
    [
      { buyer: 'private', subsidy: 'WAL-SLSP' },
      ['private-subsidy', 'BE-2016-15 2017-06-30', 'BE-CONTRACT', 'WAL-SLSP 2014-01-01'],
    ],
    [{ buyer: 'pep', mainClause: 'flex' }, ['pep', 'REGIME 2017-06-30', 'BE-2016-87 2017-06-30']],
    [
      { date: '2019-02-01', level: 'federal', region: 'BRU', nature: 'works', value: '1000000' },
      [
        'public',
        'REGIME 2017-06-30',
        'BE-2016-15 2017-06-30',
        'BE-2016-87 2017-06-30',
        'FED-CIRC-2014-05-16 2014-05-16',
        'WORKS 2018-01-01',
      ],
    ],
  ])('cites the versions it used: %j', (facts, expected) => {
    expect(cited(facts)).toEqual(expected);
  });

  it('relies on a threshold that a duty hangs on, once and only then', () => {
    const recalled = {
      ...rules,
      thresholds: new Map(
        [...rules.thresholds].map(([key, all]) => [
          key,
          all.map((one) => ({ ...one, confidence: 'recalled' as const })),
        ]),
      ),
    };
    const found = (facts: Partial<ClauseFacts>): string[] =>
      answer(facts, recalled).asks.flatMap((one) =>
        one.code === 'rule.recalled' ? [String(one.params['rule'])] : [],
      );
    expect(found({ region: 'BRU', level: 'local', nature: 'works', value: '9000000' })).toEqual([]);
    expect(found({ date: '2012-05-01', level: 'local', region: 'VLA', nature: 'works', value: '1' })).toEqual(
      ['WORKS', 'BE-1993-18BIS-1', 'BE-1993-18BIS-2'],
    );
    const services: Partial<ClauseFacts> = {
      region: 'BRU',
      level: 'regional',
      nature: 'services',
      cpv: '77310000',
      value: '215000',
      durationDays: 61,
    };
    expect(found(services)).toEqual(['SUBCENTRAL']);
    expect(found({ ...services, durationDays: 60 })).toEqual([]);
    expect(found({ ...services, nature: 'works', value: '750000.01' })).toEqual(['WORKS']);
  });

  it('says how sure a duty is while its start is uncertain, and after', () => {
    const duty = (date: string): unknown => {
      const given = answer({ buyer: 'private', date, subsidy: 'WAL-SLSP' });
      return [given.duties.map((one) => one.confidence), given.confidence];
    };
    expect(duty('2014-12-31')).toEqual([['uncertain'], 'uncertain']);
    expect(duty('2015-01-01')).toEqual([['sourced'], 'sourced']);
  });

  it('carries the number of a question when it is one, and the number of the main contract in words', () => {
    expect(answer({ id: 'q' }).id).toBe('q');
    expect('id' in answer({ id: null })).toBe(false);
    expect('id' in answer({})).toBe(false);
    const said = (mainContract: string | null): string[] => {
      const given = clauseOptions(
        rules,
        { date: DAY, buyer: 'pep', mainClause: 'training', mainContract },
        (key, params) => `${key} ${JSON.stringify(params)}`,
      );
      return 'regime' in given ? given.options.map((one) => one.label) : [];
    };
    expect(said('A-1')).toEqual(['clause.label.TRAINING.pep {"mainContract":"A-1"}']);
    expect(said(null)).toEqual(['clause.label.TRAINING.pep-unnumbered {"mainContract":""}']);
    expect(answer({ buyer: 'private' }).options[0]?.label).toBe('clause.label.VOLUNTARY.private');
  });

  it('names what is missing and whom a reading would add, in words', () => {
    const given = clauseOptions(
      rules,
      { date: '2012-05-01', buyer: 'public', region: 'WAL' },
      (key, params) =>
        key.startsWith('clause.ask') ? `${key} ${Object.values(params ?? {}).join(' / ')}` : `<${key}>`,
    );
    expect('regime' in given ? given.askPerson : []).toEqual([
      'clause.ask.threshold.open BE-1993-18BIS-2 / <clause.fact.nature>, <clause.fact.cpv>, <clause.fact.level>, <clause.fact.value>',
      'clause.ask.rule.recalled BE-1993-18BIS-1',
      'clause.ask.group.uncertain <clauses.group.SHELTERED> / EU-2004-18-19',
    ]);
  });

  it('takes a buyer that is not entered for one that no act binds', () => {
    expect(answer({ buyer: 'private' }, { ...rules, buyers: new Map() })).toMatchObject({
      regime: 'RCONTRACT',
    });
  });
});

describe('the threshold of a contract', () => {
  const of = (facts: Partial<ClauseFacts>): unknown[] => {
    const { candidates, amount, above, missing } = euThreshold(rules, {
      date: DAY,
      buyer: 'public',
      ...facts,
    });
    return [candidates.map((one) => one.key).join(' '), amount, above, missing.join(' ')];
  };

  it.each<[Partial<ClauseFacts>, unknown[]]>([
    [{ nature: 'works', value: '5382000' }, ['WORKS', '5382000.00', true, '']],
    [{ nature: 'works', value: '5381999.99' }, ['WORKS', '5382000.00', false, '']],
    [{ nature: 'works' }, ['WORKS', '5382000.00', null, 'value']],
    [{ nature: 'supplies', level: 'federal', value: '1' }, ['CENTRAL', '140000.00', false, '']],
    [{ nature: 'supplies', level: 'regional', value: '1' }, ['SUBCENTRAL', '215000.00', false, '']],
    [{ nature: 'supplies', level: 'local', value: '1' }, ['SUBCENTRAL', '215000.00', false, '']],
    [{ nature: 'supplies', level: 'eco-dev-op', value: '1' }, ['SUBCENTRAL', '215000.00', false, '']],
    [{ nature: 'supplies', value: '140000' }, ['CENTRAL SUBCENTRAL', null, null, 'level']],
    [{ nature: 'supplies', value: '215000' }, ['CENTRAL SUBCENTRAL', null, true, '']],
    [{ nature: 'supplies', buyer: 'public-utility', value: '1' }, ['UTILITIES', '431000.00', false, '']],
    [{ nature: 'services', cpv: '77310000', level: 'local' }, ['SUBCENTRAL', '215000.00', null, 'value']],
    [{ nature: 'services', cpv: '85312510', value: '750000' }, ['SOCIAL', '750000.00', true, '']],
    [
      { nature: 'services', cpv: '85312510', buyer: 'public-utility', value: '1' },
      ['SOCIAL-UTILITIES', '1000000.00', false, ''],
    ],
    [
      { nature: 'services', cpv: ['85312510', '77310000'], level: 'local', value: '300000' },
      ['SUBCENTRAL SOCIAL', null, null, 'cpv'],
    ],
    [{ nature: 'services', level: 'local', value: '300000' }, ['SUBCENTRAL SOCIAL', null, null, 'cpv']],
    [
      { nature: 'services', cpv: [], level: 'local', value: '300000' },
      ['SUBCENTRAL SOCIAL', null, null, 'cpv'],
    ],
    [{ level: 'local', cpv: '85312510', value: '800000' }, ['WORKS SOCIAL', null, null, 'nature']],
    [
      { date: '2017-06-29', nature: 'services', cpv: '85312510', level: 'federal', value: '1' },
      ['SUBCENTRAL', '209000.00', false, ''],
    ],
    [
      { date: '2017-06-29', nature: 'services', cpv: '85312510', buyer: 'public-utility', value: '1' },
      ['UTILITIES', '418000.00', false, ''],
    ],
    [{ date: '2003-12-31', nature: 'works', value: '1' }, ['', null, null, '']],
  ])('%j', (facts, expected) => {
    expect(of(facts)).toEqual(expected);
  });

  it('knows whether all, some or none of the codes are social services', () => {
    expect(onSocialList(rules, [])).toBeNull();
    expect(onSocialList(rules, ['85312510'])).toBe('all');
    expect(onSocialList(rules, ['85312510', '77310000'])).toBe('some');
    expect(onSocialList(rules, ['77310000'])).toBe('none');
    expect(onSocialList({ ...rules, cpvLists: new Map() }, ['85312510'])).toBe('none');
  });
});

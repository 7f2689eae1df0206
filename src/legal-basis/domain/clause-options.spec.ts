import { LANGUAGES } from '../../kernel/index.js';
import { Messages, MESSAGES_FOLDER } from '../../platform/i18n/index.js';
import {
  clauseRows,
  edgeFacts,
  edgeRows,
  thresholdRows,
  type ClauseRow,
} from '../../../test/factories/legal-basis-rows.js';
import { rulesFromFiles } from '../rule-files.js';
import { clauseOptions, GROUPS, type ClauseAnswer, type ClauseFacts } from './index.js';

const rules = rulesFromFiles();

function answer(facts: ClauseFacts): ClauseAnswer {
  const given = clauseOptions(rules, facts);
  if (!('regime' in given)) throw new Error(`refused: ${JSON.stringify(given)}`);
  return given;
}

function refusal(facts: unknown): { code: string; place: unknown }[] {
  const given = clauseOptions(rules, facts as ClauseFacts);
  return 'regime' in given ? [] : given.map(({ code, place }) => ({ code, place }));
}

/** What a private buyer's term is modelled on, and what it cites. */
function inspired(date: string): unknown[] {
  return answer({ date, buyer: 'private' }).options.map(({ inspiredBy, citation }) => [inspiredBy, citation]);
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** What a row of the dossier says about an answer. */
function asRow(given: ClauseAnswer): ClauseRow['expect'] {
  const uncertain = given.asks.filter((one) => one.code === 'group.uncertain');
  return {
    regime: given.regime,
    aboveThreshold: given.aboveThreshold,
    instruments: distinct(given.options.map((option) => option.instrument)),
    duties: given.duties.map(({ kind, basis, status }) => ({ kind, basis, status })),
    bases: distinct([
      ...given.options.map((option) => option.basis),
      ...given.duties.filter((duty) => duty.kind === 'subsidy-condition').map((duty) => duty.basis),
    ]),
    groups: distinct(given.options.flatMap((option) => option.groups)),
    uncertainGroups: distinct(uncertain.map((one) => String(one.params['groups']))),
    confidence: given.confidence === 'sourced' ? 'sourced' : 'weaker',
  };
}

describe('clause options', () => {
  it.each(clauseRows().map((row) => [row.id, row.why, row] as const))('%s %s', (_id, _why, row) => {
    const { instruments, bases, groups, ...rest } = row.expect;
    const given = answer({ ...row.facts, id: row.id });
    expect(asRow(given)).toEqual({
      ...rest,
      instruments: distinct(instruments),
      bases: distinct(bases),
      groups: distinct(groups),
    });
    // What is not sourced never decides alone.
    expect(given.asks.length > 0).toBe(row.expect.confidence === 'weaker');
    expect(given).toMatchObject({ id: row.id, lawAsOf: '2026-11-22' });
  });

  it.each(edgeRows().map((row) => [row.id, row] as const))('at the edge: %s', (_id, row) => {
    const given = answer(edgeFacts(row));
    const asked = given.asks.map((one) => one.code);
    expect(given.duties.map((duty) => duty.basis)).toEqual(row.expect.duties);
    expect(asked).toEqual(expect.arrayContaining(row.expect.ask ? [row.expect.ask] : []));
    expect(asked).toHaveLength(row.expect.asks ?? asked.length);
  });

  it('knows every threshold on its first and last day, to the cent', () => {
    const found = thresholdRows().map(({ facts, amount, above }) => {
      const given = answer(facts);
      return { ...facts, amount, above, got: given.threshold, gotAbove: given.aboveThreshold };
    });
    expect(found.filter((one) => one.got !== one.amount || one.gotAbove !== one.above)).toEqual([]);
    expect(found).toHaveLength(12 * 4 * 4 + 6 * 2 * 4);
  });

  it('counts social services at the sub-central threshold before the light regime', () => {
    const facts: ClauseFacts = {
      date: '2017-06-29',
      buyer: 'public',
      level: 'federal',
      nature: 'services',
      cpv: '85312510',
      value: '208999',
    };
    expect(answer(facts)).toMatchObject({ threshold: '209000.00', aboveThreshold: false });
  });

  it.each([
    ['level', { nature: 'services', cpv: '77310000', value: '170000' }],
    ['value', { nature: 'works', level: 'local' }],
    ['nature, level, cpv', { value: '170000' }],
  ] as const)('leaves the threshold open without %s, and asks', (missing, facts) => {
    const given = answer({ date: '2012-05-01', buyer: 'public', region: 'WAL', ...facts });
    expect(given.aboveThreshold).toBeNull();
    expect(given.options.map((option) => option.basis)).toEqual(['BE-1993-18BIS-1']);
    expect(given.asks).toContainEqual({
      code: 'threshold.open',
      params: { rule: 'BE-1993-18BIS-2', missing: expect.stringContaining(missing.split(',')[0]!) },
    });
  });

  it('needs no level where every threshold gives the same answer', () => {
    const given = answer({
      date: '2012-05-01',
      buyer: 'public',
      nature: 'services',
      cpv: '77310000',
      value: '1',
    });
    expect(given).toMatchObject({ aboveThreshold: false, threshold: null });
  });

  it.each([
    [1095, true, false],
    [1096, false, true],
    [1097, false, false],
  ])('opens the Art. 77 route for %i days: %s, asks: %s', (durationDays, open, asks) => {
    const given = answer({
      date: '2022-09-01',
      buyer: 'public',
      level: 'local',
      nature: 'services',
      cpv: ['85312510'],
      value: '900000',
      durationDays,
    });
    expect(given.options.some((option) => option.instrument === 'RESERVE_PUBSVC')).toBe(open);
    expect(given.asks.some((one) => one.code === 'route.open')).toBe(asks);
  });

  it('asks about the Art. 77 route when only some of the services are on its list', () => {
    const given = answer({
      date: '2022-09-01',
      buyer: 'public',
      level: 'local',
      nature: 'services',
      cpv: ['85312510', '77310000'],
      value: '900000',
      years: 2,
    });
    expect(given.options.map((option) => option.instrument)).not.toContain('RESERVE_PUBSVC');
    expect(given.asks).toContainEqual({ code: 'route.open', params: { rule: 'BE-2016-90', missing: 'cpv' } });
  });

  it.each([
    ['flex', ['SUBCON_SHARE', 'TRAINING']],
    ['subcontracting', ['SUBCON_SHARE']],
    ['training', ['TRAINING']],
  ] as const)('lets a contractor discharge a %s clause', (mainClause, instruments) => {
    const given = answer({ date: '2022-11-01', buyer: 'pep', mainClause });
    expect(given.options.map((option) => option.instrument)).toEqual(instruments);
  });

  it('asks what the main contract says when that is not stated', () => {
    const given = answer({ date: '2022-11-01', buyer: 'pep', subsidy: 'WAL-SLSP' });
    expect(given.asks.map((one) => one.code)).toEqual(['main-clause.unstated', 'subsidy.of-main-contract']);
  });

  it('has no clause to inherit from before art. 18bis', () => {
    expect(answer({ date: '2003-04-26', buyer: 'pep', mainClause: 'flex' }).options).toEqual([]);
    expect(answer({ date: '2003-04-27', buyer: 'pep', mainClause: 'flex' }).options).toHaveLength(2);
  });

  it('never lets a private buyer reserve, in any language', () => {
    const messages = Messages.load(MESSAGES_FOLDER);
    const said = LANGUAGES.flatMap((language) =>
      (['private', 'private-subsidy', 'pep'] as const).flatMap((buyer) => {
        const given = clauseOptions(
          rules,
          { date: '2026-05-12', buyer, ...(buyer === 'pep' && { mainClause: 'flex', mainContract: 'A-1' }) },
          (key, params) => messages.text(language, key, params),
        );
        return 'regime' in given ? given.options.map((option) => option.label) : [];
      }),
    );
    expect(said).toHaveLength(4 * 4);
    expect(said.filter((label) => /réserv|reserv|voorbehoud|vorbehalt|clause\.label/i.test(label))).toEqual(
      [],
    );
  });

  it('asks in sentences, with the names of what is missing', () => {
    const messages = Messages.load(MESSAGES_FOLDER);
    const given = clauseOptions(
      rules,
      { date: '2012-05-01', buyer: 'public', nature: 'works' },
      (key, params) => messages.text('fr', key, params),
    );
    expect(given).toMatchObject({
      askPerson: expect.arrayContaining([
        'BE-1993-18BIS-2 ne vaut que sous le seuil européen. Il manque\u00a0: montant hors TVA.',
      ]),
    });
  });

  it('has words for every reason, group, label and allowance, in every language', () => {
    const messages = Messages.load(MESSAGES_FOLDER);
    const asks = [...clauseRows().map((row) => row.facts), ...edgeRows().map(edgeFacts)].flatMap((facts) => {
      const given = answer(facts);
      return [
        ...given.asks.map((one) => `clause.ask.${one.code}`),
        ...given.options.map((option) => option.labelKey),
      ];
    });
    const allowances = [...rules.bases.keys()].map((basis) => `basis.${basis}.allows`);
    const groups = GROUPS.map((group) => `clauses.group.${group}`);
    const missing = distinct([...asks, ...allowances, ...groups]).filter((key) => !messages.has(key));
    expect(missing).toEqual([]);
  });

  it('says the law a voluntary term is modelled on, and cites none', () => {
    expect(inspired('2002-01-01')).toEqual([[null, null]]);
    expect(inspired('2007-06-01')).toEqual([['BE-1993-18BIS-2', null]]);
    expect(inspired('2015-06-01')).toEqual([['BE-2006-22-2', null]]);
    expect(inspired('2026-06-01')).toEqual([['BE-2016-15', null]]);
  });

  it.each([
    ['no facts', null, 'clause.facts.unreadable', ''],
    ['no day', { buyer: 'public' }, 'clause.date.missing', '/date'],
    ['a day that does not exist', { buyer: 'public', date: '2026-02-30' }, 'clause.date.unreadable', '/date'],
    [
      'a day before the law',
      { buyer: 'private', date: '1993-12-31' },
      'clause.date.outside-known-years',
      '/date',
    ],
    ['a day after it', { buyer: 'public', date: '2028-01-01' }, 'clause.date.outside-known-years', '/date'],
    ['no buyer', { date: '2026-05-12' }, 'clause.fact.missing', '/buyer'],
    [
      'an unknown region',
      { date: '2026-05-12', buyer: 'public', region: 'DE' },
      'clause.fact.unknown',
      '/region',
    ],
    [
      'an unknown level',
      { date: '2026-05-12', buyer: 'public', level: 'city' },
      'clause.fact.unknown',
      '/level',
    ],
    [
      'a number for an amount',
      { date: '2026-05-12', buyer: 'public', value: 5 },
      'clause.value.unreadable',
      '/value',
    ],
    [
      'a negative amount',
      { date: '2026-05-12', buyer: 'public', value: '-1' },
      'clause.value.unreadable',
      '/value',
    ],
    [
      'a VAT rate above one',
      { date: '2026-05-12', buyer: 'public', vatRate: '21' },
      'clause.vat-rate.unreadable',
      '/vatRate',
    ],
    [
      'no days',
      { date: '2026-05-12', buyer: 'public', durationDays: 0 },
      'clause.duration.unreadable',
      '/durationDays',
    ],
    [
      'years as text',
      { date: '2026-05-12', buyer: 'public', years: '3' },
      'clause.duration.unreadable',
      '/years',
    ],
    [
      'an unknown code',
      { date: '2026-05-12', buyer: 'public', cpv: '99999999' },
      'clause.cpv.unknown',
      '/cpv',
    ],
    [
      'an unknown code of several',
      { date: '2026-05-12', buyer: 'public', cpv: ['45000000', 'x'] },
      'clause.cpv.unknown',
      '/cpv/1',
    ],
    [
      'an unknown grant',
      { date: '2026-05-12', buyer: 'private', subsidy: 'BE-2016-15' },
      'clause.subsidy.unknown',
      '/subsidy',
    ],
    [
      'a grant of another region',
      { date: '2026-05-12', buyer: 'public', region: 'BRU', subsidy: 'WAL-SLSP' },
      'clause.subsidy.other-region',
      '/subsidy',
    ],
    [
      'a private buyer with a main clause of its own',
      { date: '2026-05-12', buyer: 'private', mainClause: 'flex' },
      'clause.main-clause.not-inherited',
      '/mainClause',
    ],
    [
      'works of a kind that are no works',
      { date: '2026-05-12', buyer: 'public', nature: 'services', workKind: 'building' },
      'clause.work-kind.not-works',
      '/workKind',
    ],
  ])('refuses %s with its place', (_what, facts, code, pointer) => {
    expect(refusal(facts)).toEqual([{ code, place: { pointer } }]);
  });

  it('is known from the first to the last day of the years entered', () => {
    expect(refusal({ date: '1994-01-01', buyer: 'private' })).toEqual([]);
    expect(refusal({ date: '2027-12-31', buyer: 'public' })).toEqual([]);
  });
});

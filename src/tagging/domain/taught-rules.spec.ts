import fc from 'fast-check';
import type { ProposedTag } from './proposed-tags.js';
import { contradictedBy, isPattern, proposedPattern, type TagRule } from './tag-rule.js';
import { taughtTags, TaughtRules } from './taught-rules.js';

// Words that no plural and no stop word makes alike: the oracle compares them as they are.
const WORDS = ['mur', 'plafond', 'cloture', 'jardin', 'peinture', 'sablage', 'facade', 'treillis', 'gazon'];
const words = (min: number, max: number) =>
  fc.array(fc.constantFrom(...WORDS), { minLength: min, maxLength: max }).map((list) => list.join(' '));
const rules = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    scope: fc.constantFrom('organisation' as const, 'everybody' as const),
    pattern: words(1, 3),
    numbering: fc.constantFrom(null, { system: 'CCTB', edition: '01.11', prefix: '81.' }),
    trade: fc.constantFrom('45442100', '45262500', '77310000', null),
    placeable: fc.constantFrom('yes' as const, 'no' as const),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
);
const CCTB = { system: 'CCTB', edition: '01.11' };
const holds = (rule: TagRule, text: string, number: string): boolean =>
  ` ${text} `.includes(` ${rule.pattern} `) && (rule.numbering === null || number.startsWith('81.'));
const number = fc.constantFrom('81.2', '42.1');

describe('rules that people taught', () => {
  it('never touch a text that does not hold their words', () => {
    fc.assert(
      fc.property(rules, words(0, 8), number, (all, text, at) => {
        const claim = new TaughtRules(all, CCTB).claim({ text, number: at }, 'placeable');
        const holding: unknown[] = all.filter((rule) => holds(rule, text, at)).map(({ id }) => id);
        expect(claim === null).toBe(holding.length === 0);
        expect(claim === null || holding.includes(claim.rule.id)).toBe(true);
      }),
    );
  });

  it('give the same answer in any order', () => {
    const shuffled = rules.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, words(1, 8), ([all, others], text) => {
        const say = (some: readonly TagRule[]) =>
          new TaughtRules(some, CCTB).claim({ text, number: '81.2' }, 'trade');
        expect(say(others)).toEqual(say(all));
      }),
    );
  });

  const rule = (id: string, pattern: string, more: Partial<TagRule> = {}): TagRule => ({
    id,
    scope: 'organisation',
    pattern,
    numbering: null,
    trade: '45442100',
    placeable: null,
    ...more,
  });
  const winner = (...all: TagRule[]): string | undefined =>
    new TaughtRules(all, CCTB).claim({ text: 'Sablage de la façade', number: '81.2' }, 'trade')?.rule.id;

  it('are told where they say something else of the same words', () => {
    const taught: TagRule = {
      id: 'a',
      scope: 'organisation',
      pattern: 'Chaulage des murs',
      numbering: null,
      trade: '45442100',
      placeable: null,
    };
    const other = (id: string, more: Partial<TagRule>): TagRule => ({ ...taught, id, ...more });
    const present = [
      other('otherwise', { pattern: 'chaulages du mur', trade: '45410000', scope: 'everybody' }),
      other('alike', {}),
      other('the verdict alone', { trade: null, placeable: 'no' }),
      other('of other words', { pattern: 'chaulage', trade: '45410000' }),
      other('of one numbering', { numbering: { ...CCTB, prefix: '81.' }, trade: '45410000' }),
    ];
    expect(contradictedBy(taught, present).map(({ id }) => id)).toEqual(['otherwise']);
  });

  it('let the most specific one decide', () => {
    const numbering = { ...CCTB, prefix: '81.' };
    expect(winner(rule('1', 'sablage'), rule('2', 'sablage façade'))).toBe('2');
    expect(winner(rule('1', 'sablage'), rule('2', 'sablage façade', { scope: 'everybody' }))).toBe('1');
    expect(winner(rule('1', 'sablage', { numbering }), rule('2', 'sablage de la façade'))).toBe('1');
    expect(winner(rule('1', 'sablage'), rule('2', 'sablage'))).toBe('2');
    expect(winner(rule('1', 'sablage', { trade: null, placeable: 'no' }))).toBeUndefined();
    expect(winner(rule('1', 'sablage', { numbering: { ...numbering, edition: '01.09' } }))).toBeUndefined();
  });

  it('read words whatever their accents, case and number, and the small words between them', () => {
    expect(winner(rule('1', 'SABLAGES façades'))).toBe('1');
    expect(winner(rule('1', 'façade sablage'))).toBeUndefined();
    expect(isPattern('de la 12')).toBe(false);
    expect(isPattern('m² 3')).toBe(false);
    expect(proposedPattern(['2.1 Peinture des murs, 2 couches (RAL 9010)'])).toBe(
      'Peinture des murs, 2 couches (RAL',
    );
    expect(proposedPattern(['Sablage nord', 'Sablage sud', 'Rejointoyage'])).toBe('Sablage');
    expect(proposedPattern(['12', '13'])).toBe('');
  });

  const found = (kind: ProposedTag['kind'], value: string): ProposedTag => ({
    kind,
    value,
    confidence: 0.4,
    accepted: kind === 'trade',
    evidence: [],
    parts: [],
    reasons: kind === 'placeable' ? ['unclear'] : [],
    origin: 'machine',
    ruleId: null,
  });

  it('decide on a package by more than half of its lines, and say which rule it was', () => {
    const taught = new TaughtRules([rule('r', 'sablage', { placeable: 'no' })]);
    const tags = [found('trade', '77310000'), found('placeable', 'yes')];
    const texts = (...labels: string[]) => labels.map((text) => ({ text, number: '1' }));
    const whole = 'Façades\nSablage des pierres\nGazon';
    expect(taughtTags(tags, taught, texts('Sablage des pierres', 'Gazon'), whole)).toEqual(tags);
    expect(taughtTags(tags, taught, texts('Sablage des pierres', 'Gazon', 'Sablage'), whole)).toEqual([
      expect.objectContaining({
        value: '45442100',
        accepted: true,
        origin: 'rule',
        ruleId: 'r',
        evidence: [{ text: 'Sablage', start: 8, end: 15 }],
      }),
      expect.objectContaining({ value: '77310000', accepted: false, origin: 'machine' }),
      expect.objectContaining({
        kind: 'placeable',
        value: 'no',
        origin: 'rule',
        ruleId: 'r',
        parts: [],
        reasons: [],
      }),
    ]);
  });
});

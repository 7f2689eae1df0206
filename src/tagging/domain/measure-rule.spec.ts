import { benchLines } from '../bench-lines.js';
import { loadTagModel } from '../files/load-model.js';
import { measureRule, type JudgedPackage } from './measure-rule.js';
import type { TagRule } from './tag-rule.js';

const model = loadTagModel();
const bench = benchLines();
const rule = (pattern: string, trade: string | null, placeable: TagRule['placeable'] = null): TagRule => ({
  id: 'new',
  scope: 'organisation',
  pattern,
  numbering: null,
  trade,
  placeable,
});
const measure = (tried: TagRule, packages: readonly JudgedPackage[] = []) =>
  measureRule(tried, [], { model, bench, packages });

describe('a rule that is put to known answers', () => {
  it('finds a bench with codes that exist, four languages and three verdicts', () => {
    expect(bench.filter(({ trade }) => !model.catalogue.has(trade))).toEqual([]);
    expect(new Set(bench.map(({ lang }) => lang))).toEqual(new Set(['fr', 'nl', 'de', 'en']));
    expect(new Set(bench.map(({ placeable }) => placeable))).toEqual(new Set(['yes', 'part', 'no']));
  });

  it('is named with the lines whose right answer it turns wrong', () => {
    const said = measure(rule('plafonds', '45431000'));
    expect(said.bench.held).toBeGreaterThan(1);
    expect(said.bench.after).toBeLessThan(said.bench.before);
    expect(said.broken).toContain('Mise en peinture des plafonds en deux couches');
    expect(measure(rule('mise en peinture des plafonds', '45442100')).broken).toEqual([]);
    expect(measure(rule('fourmis volantes', '45431000')).bench).toMatchObject({
      held: 0,
      lines: bench.length,
    });
  });

  it('contradicts nobody who confirmed a package', () => {
    const confirmed: JudgedPackage = {
      title: 'Sablage du hall',
      texts: [{ text: 'Sablage de pierres', number: '1.1' }],
      trades: ['45443000'],
      placeable: 'part',
    };
    expect(measure(rule('sablage', '45262500'), [confirmed]).broken).toEqual(['Sablage du hall']);
    expect(measure(rule('sablage', null, 'yes'), [confirmed]).broken).toEqual(['Sablage du hall']);
    expect(measure(rule('sablage', '45443000', 'part'), [confirmed])).toMatchObject({
      broken: [],
      confirmed: { packages: 1, held: 1 },
    });
    expect(measure(rule('gazon', '77310000'), [confirmed]).broken).toEqual([]);
  });
});

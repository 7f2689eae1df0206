import fc from 'fast-check';
import { addDays, contains, type DayRange } from '../../kernel/index.js';
import { overlayVersion, type UnidentifiedVersion } from './overlay-version.js';
import type { RuleVersion } from './rules.js';

const FIRST = '2026-01-01';
const LAST_STEP = 40;
const day = (step: number): string => addDays(FIRST, step);
const identify = (version: UnidentifiedVersion): RuleVersion => ({
  ...version,
  id: JSON.stringify([version.set, version.key, version.valid, version.body]),
});
const version = (key: string, valid: DayRange, says: string): RuleVersion =>
  identify({
    set: 'threshold',
    key,
    valid,
    citation: { fr: 'x', nl: 'x' },
    confidence: 'sourced',
    body: { says },
    sourceFile: says,
  });

const edge = fc.option(fc.integer({ min: 1, max: LAST_STEP - 1 }), { nil: null });
const range = fc
  .tuple(edge, edge)
  .filter(([from, until]) => from === null || until === null || from < until)
  .map(([from, until]): DayRange => ({
    from: from === null ? null : day(from),
    until: until === null ? null : day(until),
  }));
const step = fc.record({ key: fc.constantFrom('A', 'B'), valid: range });

describe('laying a version over the law', () => {
  it('says on every day what was said of it last, and nothing twice', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        // The model knows one sentence for each rule and day, and nothing of ranges.
        const model = new Map<string, string>();
        let law: RuleVersion[] = [];
        for (const [i, { key, valid }] of steps.entries()) {
          law = overlayVersion(law, version(key, valid, `s${i}`), identify);
          for (let at = -1; at <= LAST_STEP; at += 1)
            if (contains(valid, day(at))) model.set(`${key} ${day(at)}`, `s${i}`);
        }
        for (const key of ['A', 'B'])
          for (let at = -1; at <= LAST_STEP; at += 1) {
            const said = law.filter((one) => one.key === key && contains(one.valid, day(at)));
            expect(said.map(({ body }) => body['says'])).toEqual(
              model.has(`${key} ${day(at)}`) ? [model.get(`${key} ${day(at)}`)] : [],
            );
          }
      }),
    );
  });

  it('gives what is left of a version an identity of its own, and keeps where it is written', () => {
    const old = version('A', { from: null, until: null }, 'old');
    const law = overlayVersion([old], version('A', { from: day(3), until: day(5) }, 'new'), identify);
    expect(law.map(({ valid, sourceFile }) => [valid.from, valid.until, sourceFile])).toEqual([
      [null, day(3), 'old'],
      [day(5), null, 'old'],
      [day(3), day(5), 'new'],
    ]);
    expect(new Set(law.map(({ id }) => id)).size).toBe(3);
  });

  it('leaves a rule of the same key in another set alone', () => {
    const other = { ...version('A', { from: null, until: null }, 'other'), set: 'gate' as const };
    const law = overlayVersion([other], version('A', { from: null, until: null }, 'new'), identify);
    expect(law).toHaveLength(2);
  });
});

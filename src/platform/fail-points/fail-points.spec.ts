import { armedPoints, dice, failPoint } from './fail-points.js';

const throws = (seed: number): number[] => Array.from({ length: 5 }, dice(seed));

describe('fail points', () => {
  it('do nothing when no test asked', async () => {
    await expect(failPoint('accept.after')).resolves.toBeUndefined();
  });

  it('are read with their action, its argument and when it happens', () => {
    const { points } = armedPoints([
      'seed=7',
      'accept.after=crash@0.02',
      'claim.before=error#3',
      'render.before=delay(200)',
    ]);
    expect(Object.fromEntries(points)).toMatchObject({
      'accept.after': { action: 'crash', share: 0.02, passage: null },
      'claim.before': { action: 'error', passage: 3 },
      'render.before': { action: 'delay', delayMs: 200, share: 1 },
    });
  });

  it.each(['nowhere.at-all=crash', 'accept.after=explode', 'accept.after', 'accept.after=crash@2'])(
    'refuse %s: a test that fails nothing proves nothing',
    (entry) => expect(() => armedPoints([entry])).toThrow(entry),
  );

  it('throw the same dice for the same seed', () => {
    expect(throws(42)).toEqual(throws(42));
    expect(throws(42)).not.toEqual(throws(43));
    const many = Array.from({ length: 10_000 }, dice(1));
    expect(many.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(many.filter((value) => value < 0.25).length / many.length).toBeCloseTo(0.25, 1);
  });
});

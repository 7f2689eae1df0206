import { percentile, verdict } from './verdict.js';

const told = (key: string, identity = key): { key: string; identity: string } => ({ key, identity });

describe('the verdict', () => {
  it('has nothing to say when each thing was told once', () => {
    expect(verdict(new Set(['a', 'b']), [told('a'), told('b')])).toEqual({
      lost: [],
      unexpected: [],
      copies: [],
      changedIdentity: [],
    });
  });

  it('sees what was lost, what nobody asked for, every copy, and a copy under another name', () => {
    const journal = [told('b'), told('b'), told('b', 'other'), told('c')];
    expect(verdict(new Set(['a', 'b']), journal)).toEqual({
      lost: ['a'],
      unexpected: ['c'],
      copies: ['b', 'b'],
      changedIdentity: ['b'],
    });
  });

  it.each([
    [[5, 1, 3], 0.5, 3],
    [[5, 1, 3], 0.99, 5],
    [[], 0.99, 0],
  ])('of %j at %d is %d', (values, share, expected) => expect(percentile(values, share)).toBe(expected));
});

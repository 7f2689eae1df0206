import fc from 'fast-check';
import { canonicalJson, type Plain } from './canonical-json.js';

const plain = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'grapheme' }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value')),
  ),
})).value;

function shuffled(value: Plain): Plain {
  if (Array.isArray(value)) return (value as readonly Plain[]).map(shuffled);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value as Record<string, Plain>).reverse();
  return Object.fromEntries(members.map(([name, member]) => [name, shuffled(member)]));
}

describe('canonical JSON', () => {
  it('is the value, whatever the order of its members', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([[0.5], [Number.NaN], [2 ** 53], ['a\u0000b'], ['\ud800']])('refuses %p', (value) => {
    expect(() => canonicalJson({ value })).toThrow(RangeError);
  });
});

import fc from 'fast-check';
import { addDecimals, compareDecimals } from '../../kernel/index.js';
import { balanceOf, ROUTES, type Counted } from '../../obligations/domain/index.js';
import { EVIDENCE, evidenceMix } from './evidence-mix.js';

const entry = (id: string, change: Partial<Counted> = {}): Counted => ({
  id,
  stage: 'performed',
  route: 'training',
  quantity: '10',
  parentId: null,
  endedAt: null,
  verdict: null,
  ...change,
});

describe('what performances rest on', () => {
  it('puts each in one class, and counts every word of an enterprise', () => {
    const ledgers = [
      {
        entries: [
          entry('a'),
          entry('b', { quantity: '1.5', verdict: 'confirmed' }),
          entry('c', { quantity: '4', verdict: 'disputed' }),
          entry('d', { quantity: '20', verdict: 'confirmed' }),
          entry('of d', { stage: 'proven', quantity: '20', parentId: 'd' }),
          entry('gone', { quantity: '999', endedAt: new Date(0) }),
        ],
      },
      {
        entries: [
          entry('e', { route: 'subcontracting', quantity: '9000', verdict: 'disputed' }),
          entry('of e', { route: 'subcontracting', stage: 'proven', quantity: '9000', parentId: 'e' }),
          entry('plan', { route: 'subcontracting', stage: 'planned', quantity: '70000' }),
        ],
      },
    ];
    expect(evidenceMix(ledgers)).toEqual({
      performances: 5,
      confirmed: 2,
      byRoute: {
        training: { evidenced: '20', confirmed: '1.5', disputed: '4', declared: '10' },
        subcontracting: { evidenced: '9000', confirmed: '0', disputed: '0', declared: '0' },
      },
    });
  });

  it('takes back what an ended document stood for', () => {
    const ended = entry('of a', { stage: 'proven', parentId: 'a', endedAt: new Date(0) });
    expect(evidenceMix([{ entries: [entry('a'), ended] }]).byRoute.training).toMatchObject({
      evidenced: '0',
      declared: '10',
    });
  });

  it('adds up to what the balances of the debts call performed, and agrees with them on what is proven and disputed', () => {
    const performed = fc.record({
      route: fc.constantFrom(...ROUTES),
      quantity: fc.integer({ min: 1, max: 99_999 }).map(String),
      verdict: fc.constantFrom(null, 'confirmed' as const, 'disputed' as const),
      isAttested: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(performed, { maxLength: 12 }), (given) => {
        const entries = given.flatMap(({ isAttested, ...words }, index) => [
          entry(`p${index}`, words),
          ...(isAttested
            ? [entry(`d${index}`, { ...words, verdict: null, stage: 'proven', parentId: `p${index}` })]
            : []),
        ]);
        const { byRoute } = evidenceMix([{ entries }]);
        for (const balance of balanceOf({ clause: 'flex', hours: '1', amount: '1' }, entries)) {
          const mix = byRoute[balance.route];
          const same = (one: string, other: string) => expect(compareDecimals(one, other)).toBe(0);
          same(EVIDENCE.map((evidence) => mix[evidence]).reduce(addDecimals), balance.totals.performed);
          same(addDecimals(mix.evidenced, mix.confirmed), balance.totals.proven);
          same(mix.disputed, balance.disputed);
        }
      }),
    );
  });
});

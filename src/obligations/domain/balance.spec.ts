import fc from 'fast-check';
import { balanceOf, shareDone, stateOf, type Counted, type Due, type RouteBalance } from './balance.js';
import { VERDICTS } from './confirmation.js';
import { LEANS_ON, ROUTES, STAGES, type Route } from './obligation.js';

let ids = 0;
const entry = (stage: Counted['stage'], quantity: string, more: Partial<Counted> = {}): Counted => ({
  id: `e${++ids}`,
  stage,
  route: 'training',
  quantity,
  parentId: null,
  endedAt: null,
  verdict: null,
  ...more,
});
const debt = (change: Partial<Due>): Due => ({ clause: 'training', hours: '400', amount: null, ...change });
const only = (balances: readonly RouteBalance[]): RouteBalance => {
  expect(balances).toHaveLength(1);
  return balances[0]!;
};

describe('the balance of a debt', () => {
  it('says where each part stands, none of them twice', () => {
    const plan = entry('planned', '300');
    const engaged = entry('committed', '200', { parentId: plan.id });
    const done = entry('performed', '120.5', { parentId: engaged.id });
    const proof = entry('proven', '120.5', { parentId: done.id });
    const more = entry('performed', '30', { parentId: engaged.id });
    const balance = only(balanceOf(debt({}), [plan, engaged, done, proof, more, entry('waived', '50')]));
    expect(balance).toMatchObject({
      due: '400',
      owed: '350',
      remaining: '199.5',
      toProve: '229.5',
      over: '0',
      now: { planned: '100', committed: '49.5', performed: '30.0', proven: '120.5' },
      open: '50.0',
    });
  });

  it('shows what was done beyond the debt, and owes nothing back', () => {
    const plan = entry('planned', '100');
    const engaged = entry('committed', '100', { parentId: plan.id });
    const balance = only(
      balanceOf(debt({}), [plan, engaged, entry('performed', '500', { parentId: engaged.id })]),
    );
    expect(balance).toMatchObject({ remaining: '0', over: '100', open: '0', toProve: '400' });
  });

  it('does not count what was taken back', () => {
    const balance = only(balanceOf(debt({}), [entry('waived', '400', { endedAt: new Date(0) })]));
    expect(balance).toMatchObject({ owed: '400', totals: { waived: '0' } });
  });

  it('counts nothing as due on a route the clause does not open', () => {
    const stray = entry('planned', '10', { route: 'subcontracting' });
    const [first, second] = balanceOf(debt({}), [stray]);
    expect([first!.route, first!.due, first!.owed]).toEqual(['subcontracting', null, '0']);
    expect([second!.route, second!.due]).toEqual(['training', '400']);
  });

  it.each<[string, Due, [route: Route, performed: string, proven: boolean][], string]>([
    ['nothing done', debt({}), [], 'open'],
    ['all done, not proven', debt({}), [['training', '400', false]], 'performed'],
    ['all proven', debt({}), [['training', '400', true]], 'proven'],
    [
      'one of two efforts',
      debt({ clause: 'flex', amount: '9000' }),
      [['subcontracting', '9000', true]],
      'proven',
    ],
    [
      'a mix that adds up, exactly',
      debt({ clause: 'flex', hours: '300', amount: '9000' }),
      [
        ['training', '100', true],
        ['subcontracting', '6000', true],
      ],
      'person-decides',
    ],
    [
      'a mix that lacks a cent',
      debt({ clause: 'flex', hours: '300', amount: '9000' }),
      [
        ['training', '100', true],
        ['subcontracting', '5999.99', true],
      ],
      'open',
    ],
  ])('is said in one word: %s', (_, due, done, state) => {
    const entries = done.flatMap(([route, quantity, isProven]) => {
      const performed = entry('performed', quantity, { route });
      return [performed, ...(isProven ? [entry('proven', quantity, { route, parentId: performed.id })] : [])];
    });
    expect(stateOf(balanceOf(due, entries))).toBe(state);
  });

  it('draws nothing owed as all done, and never more than all', () => {
    const [free] = balanceOf(debt({}), [entry('waived', '500')]);
    expect([free!.owed, shareDone(free!, '0')]).toEqual(['0', 1]);
    const [full] = balanceOf(debt({}), [entry('performed', '900')]);
    expect(shareDone(full!, full!.totals.performed)).toBe(1);
  });
});

describe('what the enterprise says of what it did', () => {
  const done = (quantity: string, verdict: Counted['verdict'], id = `p-${quantity}`): Counted =>
    entry('performed', quantity, { id, verdict });
  const proof = (of: string, quantity: string): Counted =>
    entry('proven', quantity, { id: `proof-${of}`, parentId: of });
  const stateWith = (...entries: Counted[]): unknown => stateOf(balanceOf(debt({}), entries));

  it.each([
    ['nobody has said anything', [done('400', null)], 'performed'],
    ['both say so', [done('400', 'confirmed')], 'proven'],
    ['both say so of a part', [done('300', 'confirmed'), done('100', null)], 'performed'],
    ['the enterprise says otherwise', [done('400', 'disputed')], 'disputed'],
    [
      'it says otherwise and a document stands for it',
      [done('400', 'disputed', 'x'), proof('x', '400')],
      'proven',
    ],
    ['it says otherwise of what is not needed', [done('400', 'confirmed'), done('9', 'disputed')], 'proven'],
    ['it says otherwise of the last cent', [done('399.99', null), done('0.01', 'disputed')], 'disputed'],
    [
      'both say so and a document stands for it too',
      [done('200', 'confirmed', 'x'), proof('x', '200')],
      'open',
    ],
  ])('makes a debt of 400 hours, when %s, %#', (_, entries, state) => {
    expect(stateWith(...entries)).toBe(state);
  });
});

/** A forest as people enter it: each entry under a standing one of the stage before, or by itself. */
const histories = fc
  .array(
    fc.record({
      stage: fc.constantFrom(...STAGES),
      route: fc.constantFrom(...ROUTES),
      cents: fc.integer({ min: 1, max: 500_000 }),
      pick: fc.nat(),
      isEnded: fc.boolean(),
      verdict: fc.constantFrom(null, ...VERDICTS),
    }),
    { maxLength: 40 },
  )
  .map((wishes) => {
    const entries: Counted[] = [];
    for (const [at, { stage, route, cents, pick, isEnded, verdict }] of wishes.entries()) {
      const above = LEANS_ON[stage];
      const proven = new Set(entries.filter((one) => one.stage === 'proven').map((one) => one.parentId));
      const parents = entries.filter(
        (one) => one.stage === above && one.endedAt === null && !(stage === 'proven' && proven.has(one.id)),
      );
      const parent = above === null ? null : parents[pick % Math.max(1, parents.length)];
      if (parent === undefined) continue;
      entries.push({
        id: `h${at}`,
        stage,
        route: parent?.route ?? route,
        quantity: stage === 'proven' ? parent!.quantity : (cents / 100).toFixed(2),
        parentId: parent?.id ?? null,
        endedAt: isEnded && above === null && stage === 'waived' ? new Date(0) : null,
        verdict: stage === 'performed' ? verdict : null,
      });
    }
    return entries;
  });

/** The same questions in whole cents, by brute force. */
function naive(dueCents: bigint, entries: readonly Counted[], route: Route) {
  const cents = (quantity: string): bigint => BigInt(Math.round(Number(quantity) * 100));
  const here = entries.filter((one) => one.route === route && one.endedAt === null);
  let [waived, performed, proven, disputed] = [0n, 0n, 0n, 0n];
  for (const one of here) {
    if (one.stage === 'waived') waived += cents(one.quantity);
    if (one.stage === 'performed') performed += cents(one.quantity);
    const hasDocument = here.some((other) => other.stage === 'proven' && other.parentId === one.id);
    if (one.verdict === 'confirmed' && !hasDocument) proven += cents(one.quantity);
    if (one.verdict === 'disputed' && !hasDocument) disputed += cents(one.quantity);
    if (one.stage === 'proven') proven += cents(one.quantity);
  }
  let owed = dueCents - waived;
  if (owed < 0n) owed = 0n;
  const less = (by: bigint): bigint => (owed > by ? owed - by : 0n);
  return {
    owed,
    remaining: less(performed),
    toProve: less(proven),
    over: performed > owed ? performed - owed : 0n,
    disputed,
  };
}

describe('any history of a ledger', () => {
  const inCents = (value: string): bigint => {
    const [whole = '0', part = ''] = value.split('.');
    return BigInt(whole + part.padEnd(2, '0'));
  };

  it('leaves the debt a naive model leaves, never a negative one, and no part counted twice', () => {
    fc.assert(
      fc.property(
        histories,
        fc.integer({ min: 1, max: 900_000 }),
        fc.integer({ min: 1, max: 900_000 }),
        (entries, h, a) => {
          const due = { clause: 'flex' as const, hours: (h / 100).toFixed(2), amount: (a / 100).toFixed(2) };
          for (const balance of balanceOf(due, entries)) {
            const dueCents = BigInt(balance.route === 'training' ? h : a);
            const { owed, remaining, toProve, over, now, open, disputed, totals } = balance;
            expect({
              owed: inCents(owed),
              remaining: inCents(remaining),
              toProve: inCents(toProve),
              over: inCents(over),
              disputed: inCents(disputed),
            }).toEqual(naive(dueCents, entries, balance.route));
            for (const value of [...Object.values(now), open, ...Object.values(totals)])
              expect(value.startsWith('-')).toBe(false);
            // What stands somewhere covers the debt together with what is open; beyond it only by what is over or planned too much.
            const placed = Object.values(now)
              .map(inCents)
              .reduce((x, y) => x + y, 0n);
            expect(placed + inCents(open) >= inCents(owed)).toBe(true);
            expect(inCents(open) === 0n || placed + inCents(open) === inCents(owed)).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is the same in whatever order it was entered, and moves by what is entered alone', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 900_000 }), (entries, h) => {
        const due = debt({ hours: (h / 100).toFixed(2) });
        const facts = (list: readonly Counted[]) =>
          balanceOf(due, list).map(({ route, remaining, toProve, over, open }) =>
            [route, ...[remaining, toProve, over, open].map(inCents)].join(),
          );
        expect(facts([...entries].reverse())).toEqual(facts(entries));
      }),
    );
  });
});

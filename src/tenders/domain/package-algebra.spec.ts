import fc from 'fast-check';
import {
  applyChange,
  correctQuantity,
  decideAct,
  inverse,
  packageOf,
  touchedPackages,
  type PackageAct,
  type PlacedLine,
  type Placement,
  type PlacementChange,
} from './package-algebra.js';

/** Two lots; lines go to packages of their lot, or to none. */
const placements: fc.Arbitrary<Placement> = fc
  .record({
    packages: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 6 }),
    lines: fc.array(fc.tuple(fc.nat(7), fc.constantFrom('a', 'b')), { maxLength: 25 }),
  })
  .map(({ packages, lines }) => {
    const made = packages.map((lotId, index) => ({ id: `p${index}`, lotId, title: `P${index}` }));
    const placed = lines.map(([pick, lot], index): PlacedLine => {
      const home = made[pick];
      return home
        ? { id: `l${index}`, lotId: home.lotId, home: { packageId: home.id } }
        : { id: `l${index}`, lotId: lot, home: { reason: 'trade-unknown' } };
    });
    return {
      packages: new Map(made.map((one) => [one.id, one])),
      lines: new Map(placed.map((line) => [line.id, line])),
    };
  });

/** Acts as blind as people who look at an old page: some name what is not there. */
const someLines = fc.array(
  fc.nat(26).map((n) => `l${n}`),
  { maxLength: 6 },
);
const somePackage = fc.nat(12).map((n) => `p${n}`);
const acts: fc.Arbitrary<PackageAct> = fc.oneof(
  fc.record({
    kind: fc.constant('split' as const),
    lines: someLines,
    into: fc.nat(1_000_000).map((n) => ({ id: `n${n}`, title: 'New' })),
  }),
  fc.record({ kind: fc.constant('merge' as const), packages: fc.array(somePackage, { maxLength: 3 }) }),
  fc.record({
    kind: fc.constant('move' as const),
    lines: someLines,
    to: fc.option(somePackage),
  }),
);

const plain = (placement: Placement): unknown => ({
  packages: Object.fromEntries(placement.packages),
  lines: Object.fromEntries(placement.lines),
});

function run(start: Placement, wanted: readonly PackageAct[]) {
  const states = [start];
  const changes: PlacementChange[] = [];
  for (const act of wanted) {
    const decided = decideAct(states.at(-1)!, act);
    if ('refused' in decided) continue;
    changes.push(decided);
    states.push(applyChange(states.at(-1)!, decided));
  }
  return { states, changes };
}

describe('any sequence of split, merge and move', () => {
  it('loses no line, doubles none, and leaves every line in a package of its lot or in none', () => {
    fc.assert(
      fc.property(placements, fc.array(acts, { maxLength: 12 }), (start, wanted) => {
        for (const state of run(start, wanted).states) {
          expect([...state.lines.keys()].toSorted()).toEqual([...start.lines.keys()].toSorted());
          const astray = [...state.lines.values()].filter((line) => {
            const home = packageOf(line);
            return home !== null && state.packages.get(home)?.lotId !== line.lotId;
          });
          expect(astray).toEqual([]);
        }
      }),
    );
  });

  it('is taken back exactly, step by step, from any point', () => {
    fc.assert(
      fc.property(placements, fc.array(acts, { maxLength: 12 }), (start, wanted) => {
        const { states, changes } = run(start, wanted);
        let state = states.at(-1)!;
        for (let at = changes.length - 1; at >= 0; at -= 1) {
          state = applyChange(state, inverse(changes[at]!));
          expect(plain(state)).toEqual(plain(states[at]!));
        }
      }),
    );
  });

  it('touches no package but those it names', () => {
    fc.assert(
      fc.property(placements, acts, (start, act) => {
        const decided = decideAct(start, act);
        if ('refused' in decided) return;
        const after = applyChange(start, decided);
        const members = (state: Placement, id: string): string[] =>
          [...state.lines.values()].filter((line) => packageOf(line) === id).map((line) => line.id);
        const gone = new Set(decided.removed.map(({ id }) => id));
        const touched = new Set(touchedPackages(decided));
        const others = [...start.packages.keys()].filter((id) => !touched.has(id) && !gone.has(id));
        for (const id of others) expect(members(after, id)).toEqual(members(start, id));
        for (const id of touched) expect(after.packages.has(id)).toBe(true);
      }),
    );
  });
});

describe('an act that makes no sense', () => {
  const line = (id: string, lotId: string, packageId: string | null): PlacedLine => ({
    id,
    lotId,
    home: packageId === null ? { reason: 'trade-unknown' } : { packageId },
  });
  const lines = [line('l1', 'a', 'p1'), line('l2', 'a', 'p1'), line('l3', 'a', 'p2'), line('l4', 'b', 'p3')];
  const start: Placement = {
    packages: new Map(
      [
        ['p1', 'a'],
        ['p2', 'a'],
        ['p3', 'b'],
      ].map(([id, lotId]) => [id!, { id: id!, lotId: lotId!, title: id! }]),
    ),
    lines: new Map(lines.map((one) => [one.id, one])),
  };
  const into = { id: 'n', title: 'New' };
  it.each<[string, PackageAct, string]>([
    ['splits nothing', { kind: 'split', lines: [], into }, 'lines-not-chosen'],
    ['splits a package off itself', { kind: 'split', lines: ['l1', 'l2'], into }, 'split-takes-all'],
    ['splits two packages at once', { kind: 'split', lines: ['l1', 'l3'], into }, 'lines-moved-meanwhile'],
    ['splits over two lots', { kind: 'split', lines: ['l1', 'l4'], into }, 'lots-differ'],
    ['names a line that is not there', { kind: 'split', lines: ['l9'], into }, 'lines-moved-meanwhile'],
    ['moves to another lot', { kind: 'move', lines: ['l1'], to: 'p3' }, 'lots-differ'],
    ['moves to where it is', { kind: 'move', lines: ['l1'], to: 'p1' }, 'lines-not-chosen'],
    ['moves to nowhere', { kind: 'move', lines: ['l1'], to: 'p9' }, 'not-found'],
    ['merges over lots', { kind: 'merge', packages: ['p1', 'p3'] }, 'lots-differ'],
    ['merges one with itself', { kind: 'merge', packages: ['p1', 'p1'] }, 'lines-not-chosen'],
    ['merges what is not there', { kind: 'merge', packages: ['p1', 'p9'] }, 'not-found'],
  ])('%s', (_, act, refused) => {
    expect(decideAct(start, act)).toEqual({ refused });
  });

  it('takes away a package that a move emptied, and brings it back', () => {
    const moved = decideAct(start, { kind: 'move', lines: ['l3'], to: 'p1' });
    if ('refused' in moved) throw new Error(moved.refused);
    expect(moved.removed.map(({ id }) => id)).toEqual(['p2']);
    expect(plain(applyChange(applyChange(start, moved), inverse(moved)))).toEqual(plain(start));
  });

  it.each([
    ['%', '40.00'],
    ['Prozent', '40.00'],
    ['m2', '4000.00'],
    [null, '4000.00'],
  ])('corrects the amount of a line counted in %s', (unit, total) => {
    const counted = {
      id: 'l1',
      lotId: 'a',
      home: { packageId: 'p1' },
      quantity: '2',
      total: '20.00',
      unitPrice: '1000',
      unit,
    };
    expect(correctQuantity(counted, '4').corrected).toMatchObject([{ to: { quantity: '4', total } }]);
  });
});

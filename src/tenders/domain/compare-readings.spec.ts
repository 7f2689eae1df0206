import fc from 'fast-check';
import {
  asksAgain,
  compareReadings,
  packagesChanged,
  pairLines,
  type CorrectedLine,
  type LineWords,
  type StandingLine,
} from './compare-readings.js';
import { placeAddedLines } from './place-added-lines.js';
import { planCorrection } from './plan-correction.js';
import { sameLots } from './same-lots.js';

const blank: LineWords = {
  ref: null,
  label: 'Peinture',
  unit: 'm2',
  quantity: '10',
  nature: null,
  unitPrice: null,
  total: null,
  variant: false,
  zone: null,
  section: [],
};
const standing = (id: string, words: Partial<LineWords>, packageId = 'p1', lotRef = '1'): StandingLine => ({
  ...blank,
  ...words,
  id,
  lotId: `lot-${lotRef}`,
  lotRef,
  lotTitle: null,
  home: { packageId },
});
const corrected = (lineIndex: number, words: Partial<LineWords>, lotRef = '1'): CorrectedLine => ({
  ...blank,
  ...words,
  lotRef,
  lotTitle: null,
  lotIndex: Number(lotRef) - 1,
  lineIndex,
});

const someWords = fc.record({
  ref: fc.constantFrom(null, '1', '2', '3.1'),
  label: fc.constantFrom('Peinture', 'Enduit', 'Cloison'),
  unit: fc.constantFrom('m2', 'pc', null),
  quantity: fc.constantFrom('1', '2.50', '2.5', null),
});

describe('comparing a tender with its corrected document', () => {
  it('plans the same from the lines that are found again alone', () => {
    const lots = fc.constantFrom('1', '2');
    const odd = fc.constantFrom({}, { label: '  PEINTURE\t' }, { label: 'peinture \n fine' }, { ref: '' });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(someWords, odd, lots, fc.constantFrom('p1', 'p2', 'p3')), { maxLength: 12 }),
        fc.array(fc.tuple(someWords, odd, lots), { maxLength: 6 }),
        (before, after) => {
          const was = before.map(([words, also, lot, home], index) =>
            standing(`l${index}`, { ...words, ...also }, home, lot),
          );
          const is = after.map(([words, also, lot], index) => corrected(index, { ...words, ...also }, lot));
          const proposed = [0, 1].map((lotIndex) => ({
            ref: 'R',
            lotIndex,
            lineIndexes: is.filter((line) => line.lotIndex === lotIndex).map((line) => line.lineIndex),
          }));
          const packages = ['p1', 'p2', 'p3'].map((id) => ({ id, ref: id === 'p3' ? 'R' : id, lotRef: '1' }));
          const found = pairLines(was, is);
          const again = new Set(found.pairs.map(([line]) => line));
          const whole = planCorrection(was, is, proposed, packages);
          const narrow = planCorrection(
            was.filter((line) => again.has(line)),
            is,
            proposed,
            packages.filter(({ ref }) => ref === 'R'),
            new Map(),
            {
              lots: sameLots(was, is),
              packageIds: found.removed.flatMap(({ home }) => ('packageId' in home ? [home.packageId] : [])),
            },
          );
          expect(found.removed).toEqual(whole.diff.removed);
          expect(narrow.diff.removed).toEqual([]);
          expect({ ...narrow, diff: { ...narrow.diff, removed: [] } }).toEqual({
            ...whole,
            diff: { ...whole.diff, removed: [] },
          });
        },
      ),
    );
  });

  it('puts every line of both in exactly one list, once', () => {
    const lots = fc.constantFrom('1', '2');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(someWords, lots), { maxLength: 12 }),
        fc.array(fc.tuple(someWords, lots), { maxLength: 12 }),
        (before, after) => {
          const was = before.map(([words, lot], index) => standing(`l${index}`, words, 'p1', lot));
          const is = after.map(([words, lot], index) => corrected(index, words, lot));
          const diff = compareReadings(was, is);
          const kept = diff.pairs.map((pair) => pair.before.id);
          expect([...kept, ...diff.removed.map((line) => line.id)].toSorted()).toEqual(
            was.map((line) => line.id).toSorted(),
          );
          const indexes = [...diff.pairs.map((pair) => pair.after), ...diff.added].map(
            (line) => line.lineIndex,
          );
          expect(indexes.toSorted((a, b) => a - b)).toEqual(is.map((line) => line.lineIndex));
        },
      ),
    );
  });

  it.each([
    ['the building', { zone: 'Bloc A' }, { zone: 'Bloc B' }, ['zone'], true],
    [
      'the site named above',
      { section: ['Peintures', 'Chantier : rue Haute 3, 4000 Liège'] },
      { section: ['Peintures', 'Chantier : rue Basse 9, 4100 Seraing'] },
      ['zone'],
      true,
    ],
    ['a title', { section: ['1 Peinture'] }, { section: ['1 Peintures'] }, ['section'], false],
    ['nothing', { section: ['Peintures'], zone: 'A' }, { section: ['Peintures'], zone: 'A' }, [], false],
  ] as const)('says that %s is another one', (_what, was, is, fields, again) => {
    const [pair] = compareReadings([standing('a', was)], [corrected(0, is)]).pairs;
    expect([pair!.fields, asksAgain(pair!)]).toEqual([fields, again]);
  });

  it('finds nothing to say of words that are typed otherwise', () => {
    const was = standing('a', { label: 'Décapage de l’enduit – façade « nord »', unit: 'm²', nature: 'QP' });
    for (const words of [
      { label: 'DECAPAGE DE L\'ENDUIT - FACADE " NORD "', unit: 'M2', nature: 'qp' },
      { label: "Décapage  de l'enduit\u00a0– façade « nord »", unit: 'm2', nature: 'QP ' },
    ])
      expect(compareReadings([was], [corrected(0, words)]).pairs.map(({ fields }) => fields)).toEqual([[]]);
    const numbered = { ref: '1', label: 'Façade sud' };
    const [other] = compareReadings(
      [standing('a', { ...numbered, label: 'Façade nord' })],
      [corrected(0, numbered)],
    ).pairs;
    expect(other?.fields).toEqual(['label']);
  });

  it('finds nothing to say of the same document, whatever the order of its lines', () => {
    fc.assert(
      fc.property(fc.array(someWords, { maxLength: 12 }), (lines) => {
        const was = lines.map((words, index) => standing(`l${index}`, words));
        const is = lines.map((words, index) => corrected(index, words)).toReversed();
        const diff = compareReadings(was, is);
        expect(diff.added).toEqual([]);
        expect(diff.removed).toEqual([]);
        expect(diff.pairs.flatMap((pair) => pair.fields)).toEqual([]);
      }),
    );
  });

  it('knows a line again by its words when a line above it was inserted', () => {
    const was = [
      standing('a', { ref: '1.1', label: 'Enduit' }),
      standing('b', { ref: '1.2', label: 'Peinture' }),
    ];
    const is = [
      corrected(0, { ref: '1.1', label: 'Décapage' }),
      corrected(1, { ref: '1.2', label: 'Enduit' }),
      corrected(2, { ref: '1.3', label: 'Peinture' }),
    ];
    const diff = compareReadings(was, is);
    expect(diff.added.map((line) => line.label)).toEqual(['Décapage']);
    expect(diff.removed).toEqual([]);
    expect(diff.pairs.map(({ before, fields }) => [before.id, fields])).toEqual([
      ['a', ['ref']],
      ['b', ['ref']],
    ]);
    expect(diff.pairs.some(asksAgain)).toBe(false);
  });

  it('tells what changed on a line that kept its number', () => {
    const diff = compareReadings(
      [standing('a', { ref: '1.1', quantity: '10.00' })],
      [corrected(0, { ref: '1.1', label: 'Peinture à la chaux', quantity: '12' })],
    );
    expect(diff.pairs[0]?.fields).toEqual(['label', 'quantity']);
  });

  it('takes the only lot for the only lot, and never mixes several', () => {
    expect(compareReadings([standing('a', {})], [corrected(0, {}, '2')]).pairs).toHaveLength(1);
    const two = [standing('a', {}, 'p1', '1'), standing('b', {}, 'p2', '2')];
    const diff = compareReadings(two, [corrected(0, {}, '2')]);
    expect(diff.pairs.map(({ before }) => before.id)).toEqual(['b']);
    expect(diff.removed.map(({ id }) => id)).toEqual(['a']);
  });
});

/** Who did what with which lots and titles, and which packages are asked again. */
describe('a corrected document whose lots or chapters are drawn anew', () => {
  const trades = {
    roof: ['Tuiles', 'Faîtage', 'Gouttières'],
    paint: ['Murs', 'Plafonds', 'Portes'],
    floor: ['Carrelage', 'Plinthes', 'Seuils'],
  };
  type Trade = keyof typeof trades;
  const stood = (trade: Trade, lotRef: string, words: Partial<LineWords> = {}, id: string = trade) =>
    trades[trade].map((label, at) =>
      standing(`${id}${at}`, { ref: `${lotRef}.${at + 1}`, label, ...words }, id, lotRef),
    );
  const comes = (trade: Trade, lotRef: string, words: Partial<LineWords> = {}, from = 0) =>
    trades[trade].map((label, at) =>
      corrected(from + at, { ref: `${lotRef}.${from + at + 1}`, label, ...words }, lotRef),
    );
  const known = (was: readonly StandingLine[], is: readonly CorrectedLine[]) => {
    const plan = planCorrection(was, is, [], []);
    const { pairs, added, removed } = plan.diff;
    expect(pairs.every(({ before, after }) => before.label === after.label)).toBe(true);
    return {
      pairs: pairs.length,
      added: added.length,
      removed: removed.length,
      asked: [...plan.changed, ...plan.emptied].toSorted(),
    };
  };
  const was = [...stood('roof', '1'), ...stood('paint', '2')];
  const unchanged = { pairs: 6, added: 0, removed: 0, asked: [] };

  it('knows lots again behind one that was inserted', () => {
    const is = [...comes('floor', '1'), ...comes('roof', '2'), ...comes('paint', '3')];
    expect(known(was, is)).toEqual({ ...unchanged, added: 3 });
    expect([...sameLots(was, is).same]).toEqual([
      ['2', '1'],
      ['3', '2'],
    ]);
  });

  it('knows lots again that changed places, or that are called by letters', () => {
    expect(known(was, [...comes('paint', '1'), ...comes('roof', '2')])).toEqual(unchanged);
    const letters = [...comes('roof', '1'), ...comes('paint', '2')].map((line) => ({
      ...line,
      lotRef: line.lotRef === '1' ? 'A' : 'B',
    }));
    expect(known(was, letters)).toEqual(unchanged);
  });

  it('knows the lines of several lots again in one, and those of one in several', () => {
    const one = [...comes('roof', '1'), ...comes('paint', '1', {}, 3)];
    expect(known(was, one)).toEqual(unchanged);
    const together = [...stood('roof', '1'), ...stood('paint', '1')];
    expect(known(together, [...comes('roof', '1'), ...comes('paint', '2')])).toEqual(unchanged);
  });

  it('takes no line of a lot that stays for one of another', () => {
    const [moved, ...left] = comes('paint', '2');
    const is = [...comes('roof', '1'), { ...moved!, lotRef: '1', lotIndex: 0, lineIndex: 3 }, ...left];
    expect(known(was, is)).toEqual({ pairs: 5, added: 1, removed: 1, asked: ['paint'] });
  });

  it('knows houses by their titles where all of their lines are alike', () => {
    const named = <Line extends { readonly lotRef: string }>(lines: readonly Line[], lotTitle: string) =>
      lines.map((line) => ({ ...line, lotTitle }));
    const houses = [
      ...named(stood('paint', '1', {}, 'a'), 'Maison A'),
      ...named(stood('paint', '2', {}, 'b'), 'Maison B'),
    ];
    const is = [
      ...named(comes('paint', '1'), 'Maison Z'),
      ...named(comes('paint', '2'), 'Maison A'),
      ...named(comes('paint', '3'), 'Maison B'),
    ];
    expect(known(houses, is)).toEqual({ pairs: 6, added: 3, removed: 0, asked: [] });
    expect(known(houses, named(comes('paint', '1'), 'Maison B'))).toEqual({
      pairs: 3,
      added: 0,
      removed: 3,
      asked: ['a'],
    });
  });

  it.each([
    ['a number', 'plain'],
    ['numbers of lines', '1.'],
  ])('takes no line of a chapter that went for its like in the next, with %s or without', (_what, start) => {
    const under = (house: string, at: number) => ({
      section: [start === 'plain' ? `Maison ${house}` : `${at} Maison ${house}`],
    });
    const houses = [
      ...stood('paint', '1', under('A', 1), 'a'),
      ...stood('paint', '2', under('B', 2), 'b'),
    ].map((line) => ({ ...line, lotRef: '1', lotId: 'lot-1' }));
    expect(known(houses, comes('paint', '1', under('B', 1)))).toEqual({
      pairs: 3,
      added: 0,
      removed: 3,
      asked: ['a'],
    });
    const quantity = { ...under('B', 1), quantity: '11' };
    expect(known(houses, comes('paint', '1', quantity)).asked).toEqual(['a', 'b']);
  });
});

describe('what a correction does to packages', () => {
  const was = [
    standing('a', { label: 'Peinture des murs' }, 'p1'),
    standing('b', { label: 'Peinture des portes' }, 'p2'),
    standing('c', { label: 'Cloisons' }, 'p3'),
  ];
  it('puts an added line where a person has put its companions', () => {
    const is = [
      corrected(0, { label: 'Peinture des murs' }),
      corrected(1, { label: 'Peinture des plafonds' }),
      corrected(2, { label: 'Peinture des portes' }),
      corrected(3, { label: 'Tonte' }),
      corrected(4, { label: '???' }),
    ];
    const diff = compareReadings(was, is);
    const homes = placeAddedLines(
      diff,
      [
        { ref: '1-4544', lotIndex: 0, lineIndexes: [0, 1] },
        { ref: '1-773', lotIndex: 0, lineIndexes: [3] },
      ],
      [],
      sameLots(was, is),
    );
    expect(homes.map(({ line, ...home }) => [line.label, home])).toEqual([
      ['Peinture des plafonds', { packageId: 'p1' }],
      ['Tonte', { proposal: 1 }],
      ['???', { unplaced: true }],
    ]);
    expect([...packagesChanged(diff, ['p1'])].toSorted()).toEqual(['p1', 'p3']);
  });
});

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
  home: { packageId },
});
const corrected = (lineIndex: number, words: Partial<LineWords>, lotRef = '1'): CorrectedLine => ({
  ...blank,
  ...words,
  lotRef,
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
              lotRefs: was.map(({ lotRef }) => lotRef),
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
    );
    expect(homes.map(({ line, ...home }) => [line.label, home])).toEqual([
      ['Peinture des plafonds', { packageId: 'p1' }],
      ['Tonte', { proposal: 1 }],
      ['???', { unplaced: true }],
    ]);
    expect([...packagesChanged(diff, ['p1'])].toSorted()).toEqual(['p1', 'p3']);
  });
});

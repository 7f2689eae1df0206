import { compareDecimals, type Decimal } from '../../kernel/index.js';
import { priceOfQuantity } from './check-sums.js';
import { packageOf, type Home, type LineFigures } from './package-algebra.js';
import { announcedPlace } from './places-of-lines.js';
import { plain, sameLots, type LotName, type SameLots } from './same-lots.js';

/** What a line says, apart from where it stands. */
export interface LineWords {
  readonly ref: string | null;
  readonly label: string;
  readonly unit: string | null;
  readonly quantity: Decimal | null;
  readonly nature: string | null;
  readonly unitPrice: Decimal | null;
  readonly total: Decimal | null;
  readonly variant: boolean;
  readonly zone: string | null;
  /** Titles above the line, outermost first. */
  readonly section: readonly string[];
}

export const LINE_FIELDS = [
  'ref',
  'label',
  'unit',
  'quantity',
  'nature',
  'unitPrice',
  'total',
  'variant',
  'zone',
  'section',
] as const;
export type LineField = (typeof LINE_FIELDS)[number];

const NUMBERS: readonly LineField[] = ['quantity', 'unitPrice', 'total'];
const BETWEEN_TITLES = ' › ';

/** What a line says in one field. Its zone goes with the titles that announce a place: both say where it is done. */
export function fieldOf(line: LineWords, field: LineField): string | boolean | null {
  if (field !== 'zone' && field !== 'section') return line[field];
  const titles = line.section.filter((title) => (announcedPlace(title) !== null) === (field === 'zone'));
  const said = field === 'zone' ? [...titles, ...(line.zone === null ? [] : [line.zone])] : titles;
  return said.length === 0 ? null : said.join(BETWEEN_TITLES);
}

/** A line of the tender as it stands. */
export interface StandingLine extends LineWords, LotName {
  readonly id: string;
  readonly lotId: string;
  readonly home: Home;
}

/** A line of the corrected document. */
export interface CorrectedLine extends LineWords, LotName {
  readonly lotIndex: number;
  readonly lineIndex: number;
}

export interface LinePair {
  readonly before: StandingLine;
  readonly after: CorrectedLine;
  /** What differs; empty when nothing does. */
  readonly fields: readonly LineField[];
  /** What both documents say of a line whose quantity a person corrected: `after` is as that person said. */
  readonly read?: LineFigures;
}

/** Every line of both readings is in exactly one of the lists, once. */
export interface ReadingDiff {
  readonly pairs: readonly LinePair[];
  readonly added: readonly CorrectedLine[];
  readonly removed: readonly StandingLine[];
}

/** What a line says whatever its case and its distances: written down once for all keys. */
interface PlainWords {
  readonly ref: string;
  readonly label: string;
  readonly unit: string;
  readonly quantity: string;
  /** The titles above it without their numbers, and its zone. */
  readonly under: string;
}

type Key = (line: PlainWords) => string | null;

const plainWords = ({ ref, label, unit, quantity, section, zone }: LineName): PlainWords => ({
  ref: plain(ref),
  label: plain(label),
  unit: plain(unit),
  quantity: decimalKey(quantity),
  under: words(...section.map((title) => plain(title).replace(/^[\d.]+\s+/, '')), plain(zone)),
});

const words = (...parts: readonly string[]): string => parts.join('\u0000');

/**
 * What makes two lines the same one, the surest first. Words come before numbers: whoever inserts a line renumbers
 * those below it. Titles come before both: a bill of several houses says the same in each.
 */
const BY_WORDS: readonly ((line: PlainWords) => string)[] = [
  (line) => words(line.ref, line.label, line.unit, line.quantity),
  (line) => words(line.ref, line.label),
  (line) => words(line.label, line.unit, line.quantity),
  (line) => words(line.label, line.unit),
];
const SAME_WORDS: readonly Key[] = [
  ...BY_WORDS.map(
    (key): Key =>
      (line) =>
        words(line.under, key(line)),
  ),
  ...BY_WORDS,
];
const SAME_NUMBER: readonly Key[] = [(line) => (line.ref === '' ? null : line.ref)];

/** What a standing line is found by. */
export type LineName = LotName & Pick<LineWords, 'ref' | 'label' | 'unit' | 'quantity' | 'section' | 'zone'>;

/**
 * Pairs the lines of a tender with those of its corrected document, lot by lot. Lines alike are paired in their
 * order.
 * @param lots where only those that {@link pairLines} finds are given: the lots of all lines
 */
export function compareReadings(
  standing: readonly StandingLine[],
  corrected: readonly CorrectedLine[],
  lots: SameLots = sameLots(standing, corrected),
): ReadingDiff {
  const { pairs, added, removed } = pairLines(standing, corrected, lots);
  return {
    pairs: pairs.map(([before, after]) => ({ before, after, fields: differences(before, after) })),
    added,
    removed,
  };
}

/** The same pairs and no more: which of thousands of lines are found again. */
export function pairLines<Before extends LineName>(
  standing: readonly Before[],
  corrected: readonly CorrectedLine[],
  lots: SameLots = sameLots(standing, corrected),
): {
  readonly pairs: readonly (readonly [Before, CorrectedLine])[];
  readonly added: readonly CorrectedLine[];
  readonly removed: readonly Before[];
} {
  const before = Map.groupBy(standing, (line) => line.lotRef);
  const after = Map.groupBy(corrected, (line) => line.lotRef);
  const said = new Map<LineName, PlainWords>();
  const [left, open] = [new Set(standing), new Set(corrected)];
  const pairs: (readonly [Before, CorrectedLine])[] = [];
  const pair = (was: string, is: string, by: 'label' | 'ref', keys: readonly Key[]): void => {
    const to = (after.get(is) ?? []).filter((line) => open.has(line));
    // Of tens of thousands of lines, only those that may be found are looked at in all they say.
    const wanted = new Set(to.map((line) => plain(line[by])));
    const from = (before.get(was) ?? []).filter((line) => left.has(line) && wanted.has(plain(line[by])));
    for (const key of keys) {
      const found = pairAlike(
        from.filter((line) => left.has(line)),
        to.filter((line) => open.has(line)),
        (line) => key(remembered(said, line)),
      );
      for (const [one, other] of found) {
        left.delete(one);
        open.delete(other);
        pairs.push([one, other]);
      }
    }
  };
  for (const [is, was] of lots.same) pair(was, is, 'label', SAME_WORDS);
  for (const { before: was, after: is } of lots.joined) pair(was, is, 'label', SAME_WORDS);
  for (const [is, was] of lots.same) pair(was, is, 'ref', SAME_NUMBER);
  return { pairs, added: [...open], removed: [...left] };
}

function remembered(said: Map<LineName, PlainWords>, line: LineName): PlainWords {
  const known = said.get(line) ?? plainWords(line);
  said.set(line, known);
  return known;
}

/** Lines with one key, in their order. */
function pairAlike<Before extends LineName>(
  left: readonly Before[],
  open: readonly CorrectedLine[],
  keyOf: (line: LineName) => string | null,
): (readonly [Before, CorrectedLine])[] {
  if (left.length === 0 || open.length === 0) return [];
  const wanted = open.map((line) => [line, keyOf(line)] as const);
  const waiting = new Map(wanted.map(([, key]) => [key, [] as Before[]]));
  for (const line of left) waiting.get(keyOf(line))?.push(line);
  return wanted.flatMap(([line, key]) => {
    const found = key === null ? undefined : waiting.get(key)?.shift();
    return found ? [[found, line] as const] : [];
  });
}

/**
 * What a person said of a quantity stands for as long as the document says of it what it said when that person corrected it.
 * @param read by line: what the document said of those that were corrected
 */
export function withCorrectedQuantities(
  diff: ReadingDiff,
  read: ReadonlyMap<string, LineFigures>,
): ReadingDiff {
  const pairs = diff.pairs.map((pair): LinePair => {
    const { before, after } = pair;
    const said = read.get(before.id);
    if (!said || !isSameNumber(said.quantity, after.quantity)) return pair;
    const { quantity } = before;
    const { unitPrice, unit } = after;
    const isPriced = quantity !== null && unitPrice !== null;
    const total = isPriced ? priceOfQuantity(quantity, unitPrice, unit) : before.total;
    const meant = { ...after, quantity, total };
    return {
      before,
      after: meant,
      fields: differences(before, meant),
      read: { quantity: after.quantity, total: after.total },
    };
  });
  return { ...diff, pairs };
}

function isSameNumber(one: Decimal | null, other: Decimal | null): boolean {
  return one === null || other === null ? one === other : compareDecimals(one, other) === 0;
}

function differences(before: LineWords, after: LineWords): LineField[] {
  return LINE_FIELDS.filter((field) => {
    const [was, is] = [fieldOf(before, field) ?? null, fieldOf(after, field) ?? null];
    if (NUMBERS.includes(field) && was !== null && is !== null)
      return compareDecimals(String(was), String(is)) !== 0;
    if (typeof was === 'boolean' || typeof is === 'boolean') return was !== is;
    return plain(was) !== plain(is);
  });
}

/** `12.50` and `12.5` are one number. */
function decimalKey(value: Decimal | null): string {
  return value?.includes('.') ? value.replace(/\.?0+$/, '') : (value ?? '');
}

/** A new number or another title alone asks nobody anything; other words, places, quantities or prices do. */
export function asksAgain(pair: LinePair): boolean {
  return pair.fields.some((field) => field !== 'ref' && field !== 'section');
}

/** Packages whose work a correction changes: an answer to one of them is to be confirmed. */
export function packagesChanged(diff: ReadingDiff, addedTo: readonly (string | null)[]): ReadonlySet<string> {
  const touched = [
    ...diff.pairs.filter(asksAgain).map(({ before }) => packageOf(before)),
    ...diff.removed.map(packageOf),
    ...addedTo,
  ];
  return new Set(touched.filter((id) => id !== null));
}

import { addDecimals, roundDecimal, type Decimal, type Money } from '../../kernel/index.js';
import { priceOf } from './package-figures.js';
import { labourHours, type LabourHours, type LabourTables } from './labour-hours.js';
import type { BillLine, Lot, ParsedTender, StatedPlace } from './parsed-tender.js';
import { chaptersOf, type Chapter, type IndexedLine, type TradeOfText } from './chapters.js';
import { placesOfLines, type PlaceKnowledge, type PlaceOfWork } from './places-of-lines.js';
import { tradeGroup } from './trade-group.js';

export type { TradeCandidate, TradeContext, TradeOfText } from './chapters.js';

export interface SplitHelp {
  readonly tradeOf: TradeOfText;
  /** A trade in the language of the document; null when it has no name there. */
  readonly tradeTitle: (cpv: string, language: string | null) => string | null;
  readonly labour: LabourTables;
  readonly places: PlaceKnowledge;
}

/** A proposal: lines of one lot and one place that one crew could take. */
export interface ProposedPackage {
  /** Stable for the same lot, trade and place across imports. */
  readonly ref: string;
  readonly lot: string;
  readonly lotIndex: number;
  readonly title: string;
  /** Keys of lines; empty for a lot without lines. */
  readonly lines: readonly string[];
  /** Positions of the same lines in their lot. */
  readonly lineIndexes: readonly number[];
  /** CPV code the lines agree on; null when nothing tells. */
  readonly trade: string | null;
  /** Sum of the lines without options, when all are priced; the lot's value for a lot without lines. */
  readonly value: Money | null;
  readonly hours: LabourHours | null;
  /** Those of its lines where the bill says them line by line; else those of the lot. */
  readonly places: readonly StatedPlace[];
}

export interface UnassignedLine {
  readonly lot: string;
  readonly lotIndex: number;
  readonly line: string;
  readonly lineIndex: number;
  /** `trade-unknown` or `provisional-sum`. */
  readonly reason: string;
}

export interface SplitTender {
  readonly packages: readonly ProposedPackage[];
  readonly unassigned: readonly UnassignedLine[];
}

/**
 * Proposes work packages: a lot without lines is one; lines are grouped by lot, trade and municipality, chapter by
 * chapter.
 * Every line is in exactly one package or is told as unassigned; values of packages add up to the cent.
 */
export function splitIntoWorkPackages(tender: ParsedTender, help: SplitHelp): SplitTender {
  const taken = new Set<string>();
  const parts = tender.lots.map((lot, lotIndex): SplitTender => {
    if (lot.kind === 'LotsGroup') return { packages: [], unassigned: [] };
    return lot.lines.length === 0
      ? { packages: [wholeLot(tender, lot, lotIndex, taken)], unassigned: [] }
      : splitLot(tender, lot, lotIndex, help, taken);
  });
  return {
    packages: parts.flatMap((part) => part.packages),
    unassigned: parts.flatMap((part) => part.unassigned),
  };
}

function freeRef(wanted: string, taken: Set<string>): string {
  let ref = wanted;
  for (let count = 2; taken.has(ref); count += 1) ref = `${wanted}-${count}`;
  taken.add(ref);
  return ref;
}

function wholeLot(tender: ParsedTender, lot: Lot, lotIndex: number, taken: Set<string>): ProposedPackage {
  return {
    ref: freeRef(lot.ref, taken),
    lot: lot.ref,
    lotIndex,
    title: lot.title ?? tender.tender.title ?? lot.ref,
    lines: [],
    lineIndexes: [],
    trade: lot.cpv[0] ?? tender.tender.cpv[0] ?? null,
    value: lot.value,
    hours: null,
    places: placesOf(tender, lot),
  };
}

function placesOf(tender: ParsedTender, lot: Lot): readonly StatedPlace[] {
  return lot.places.length > 0 ? lot.places : tender.tender.places;
}

function splitLot(
  tender: ParsedTender,
  lot: Lot,
  lotIndex: number,
  help: SplitHelp,
  taken: Set<string>,
): SplitTender {
  const placeOf = placesOfLines(lot, placesOf(tender, lot), help.places);
  const chapters = chaptersOf(tender, lot, help.tradeOf).flatMap((chapter) => byPlace(chapter, placeOf));
  const groups = new Map<string, PlacedChapter[]>();
  const unassigned: UnassignedLine[] = [];
  for (const chapter of chapters) {
    if (chapter.trade === null && chapter.title === null) {
      unassigned.push(...chapter.lines.map(({ line, index }) => unassignedLine(lot, lotIndex, line, index)));
      continue;
    }
    const work = chapter.trade === null ? `?${chapter.title}` : tradeGroup(chapter.trade);
    const key = `${work}\u0000${chapter.at?.key ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), chapter]);
  }
  const drafts = [...groups.values()].map((group) => draftOf(tender, lot, lotIndex, group, help));
  const values = valuesOf(drafts);
  const packages = drafts.map(({ at, ...draft }, index): ProposedPackage => {
    const trade = draft.trade === null ? 'x' : tradeGroup(draft.trade);
    const ref = [lot.ref, trade, ...(at ? [at.key] : [])].join('-');
    return { ...draft, ref: freeRef(ref, taken), value: values[index] ?? null };
  });
  return { packages, unassigned };
}

/** Lines of one chapter that are done in one municipality; null where the bill does not tell. */
interface PlacedChapter extends Chapter {
  readonly at: PlaceOfWork | null;
}

/** The chapter tells the trade as a whole, wherever its lines are done. */
function byPlace(
  chapter: Chapter,
  placeOf: (line: BillLine) => PlaceOfWork | null,
): readonly PlacedChapter[] {
  const parts = new Map<string | null, { at: PlaceOfWork | null; lines: IndexedLine[] }>();
  for (const indexed of chapter.lines) {
    const at = placeOf(indexed.line);
    const part = parts.get(at?.key ?? null) ?? { at, lines: [] };
    part.lines.push(indexed);
    parts.set(at?.key ?? null, part);
  }
  return [...parts.values()].map((part) => ({ ...chapter, ...part }));
}

function unassignedLine(lot: Lot, lotIndex: number, line: BillLine, lineIndex: number): UnassignedLine {
  const reason = line.kind === 'provisional' ? 'provisional-sum' : 'trade-unknown';
  return { lot: lot.ref, lotIndex, line: line.key, lineIndex, reason };
}

type Draft = Omit<ProposedPackage, 'ref' | 'value'> & {
  readonly at: PlaceOfWork | null;
  readonly exact: Decimal | null;
  readonly currency: string;
};

function draftOf(
  tender: ParsedTender,
  lot: Lot,
  lotIndex: number,
  chapters: readonly PlacedChapter[],
  help: SplitHelp,
): Draft {
  const at = chapters[0]?.at ?? null;
  const indexed = chapters.flatMap((chapter) => chapter.lines).toSorted((a, b) => a.index - b.index);
  const lines = indexed.map(({ line }) => line);
  const trade = chapters.toSorted((a, b) => b.lines.length - a.lines.length)[0]?.trade ?? null;
  const { exact, rest, currency } = priceOf(lines);
  const amount = rest === null ? null : { amount: roundDecimal(rest, 2), currency };
  return {
    lot: lot.ref,
    lotIndex,
    at,
    title: atPlace(titleOf(tender, lot, chapters, trade, help), at),
    lines: lines.map((line) => line.key),
    lineIndexes: indexed.map(({ index }) => index),
    trade,
    hours: labourHours(trade, lines, amount, help.labour),
    places: at ? [at.place] : placesOf(tender, lot),
    exact,
    currency,
  };
}

/**
 * The chapter's own title when there is one; else the name of the trade. A title that says nothing of the trade ("Sols",
 * "Fourniture et pose") is told with the one above it.
 */
function titleOf(
  tender: ParsedTender,
  lot: Lot,
  chapters: readonly Chapter[],
  trade: string | null,
  help: SplitHelp,
): string {
  const titles = [...new Set(chapters.flatMap((chapter) => chapter.title ?? []))];
  if (titles.length > 0 && titles.length <= 3) {
    if (titles.some((title) => isOfTrade(title, trade, tender.language, help.tradeOf)))
      return titles.map(sentenceCase).join(', ');
    const below = Map.groupBy(titles, (title) => titleAbove(lot, chapters, title));
    return [...below]
      .map(([above, own]) => [...(above ? [above] : []), own.map(sentenceCase).join(', ')].join(' – '))
      .join(', ');
  }
  const named = trade === null ? null : help.tradeTitle(trade, tender.language);
  return named ?? titles.map(sentenceCase)[0] ?? lot.title ?? tender.tender.title ?? lot.ref;
}

function titleAbove(lot: Lot, chapters: readonly Chapter[], title: string): string | null {
  const section = chapters.find((chapter) => chapter.title === title)?.lines[0]?.line.section ?? [];
  const above = section.at(-2) ?? (lot.declared ? lot.title : null);
  return above === null || above === title ? null : sentenceCase(above);
}

function isOfTrade(title: string, trade: string | null, lang: string | null, tradeOf: TradeOfText): boolean {
  if (trade === null) return false;
  const alone = { lang, tenderTitle: null, lotTitle: null, sectionTitles: [], articleNumber: null };
  const [said] = tradeOf(title, alone);
  return said !== undefined && said.code.slice(0, 3) === trade.slice(0, 3);
}

/** The same work in two places reads as two packages. */
function atPlace(title: string, at: PlaceOfWork | null): string {
  const name = at?.place.municipality ?? null;
  return name === null || title.includes(name) ? title : `${title} (${name})`;
}

function sentenceCase(title: string): string {
  if (title !== title.toUpperCase()) return title;
  return title.charAt(0) + title.slice(1).toLowerCase();
}

/** Rounds running sums, so that the rounded values of a lot add up to its rounded sum. */
function valuesOf(drafts: readonly Draft[]): readonly (Money | null)[] {
  let exact: Decimal = '0';
  let given: Decimal = '0';
  return drafts.map((draft) => {
    if (draft.exact === null) return null;
    exact = addDecimals(exact, draft.exact);
    const until = roundDecimal(exact, 2);
    const amount = addDecimals(until, given.startsWith('-') ? given.slice(1) : `-${given}`);
    given = until;
    return { amount, currency: draft.currency };
  });
}

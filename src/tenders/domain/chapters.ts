import { catalogueNumber, type BillLine, type Lot, type ParsedTender } from './parsed-tender.js';
import { tradeGroup } from './trade-group.js';

/** What surrounds a text whose trade is asked. */
export interface TradeContext {
  readonly lang: string | null;
  readonly tenderTitle: string | null;
  readonly lotTitle: string | null;
  /** Outermost first. */
  readonly sectionTitles: readonly string[];
  readonly articleNumber: string | null;
}

export interface TradeCandidate {
  /** CPV code. */
  readonly code: string;
  readonly confidence: number;
}

/** Tells the trades a text may be about, best first; none when its words do not tell. */
export type TradeOfText = (text: string, context: TradeContext) => readonly TradeCandidate[];

export interface IndexedLine {
  readonly line: BillLine;
  readonly index: number;
}

/** Lines that stand under the same title or number of the bill, and the trade they vote for. */
export interface Chapter {
  readonly title: string | null;
  readonly lines: readonly IndexedLine[];
  readonly trade: string | null;
}

/** Weight of the words of a whole chapter against those of its lines. */
const CHAPTER_WEIGHT = 0.5;
/** What the other lines of a lot count for one line where no title divides the lot. */
const NEIGHBOUR_WEIGHT = 0.15;
/** A bill orders work: goods are what it is made with, seldom what is asked. */
const GOODS_WEIGHT = 0.15;
/** How many times the votes of a trade those of a code that spans it may be. */
const WIDE_GIVES_WAY = 2;
const SMALLEST_SHARE = 0.15;
const FIRST_DIVISION_OF_WORK = 45;
const LONGEST_TEXT = 2_000;

type Votes = ReadonlyMap<string, number>;

/** The chapters of a lot with lines, in the order of the bill. */
export function chaptersOf(tender: ParsedTender, lot: Lot, tradeOf: TradeOfText): readonly Chapter[] {
  const byKey = new Map<string, IndexedLine[]>();
  for (const [index, line] of lot.lines.entries()) {
    const key = chapterKey(line);
    const lines = byKey.get(key) ?? [];
    lines.push({ line, index });
    byKey.set(key, lines);
  }
  const [only] = byKey.size === 1 ? [...byKey.values()] : [];
  if (only && only.length > 1 && only[0]?.line.section.length === 0)
    return byOwnWords(tender, lot, only, tradeOf, chapterVotes(tender, lot, only, tradeOf));
  if ([...byKey.keys()].every((key) => key.startsWith(ALONE)))
    return byOwnWords(tender, lot, [...byKey.values()].flat(), tradeOf, new Map());
  return [...byKey.values()].map((lines) => {
    const title = lines[0]?.line.section.at(-1) ?? null;
    const votes = chapterVotes(tender, lot, lines, tradeOf);
    return {
      title,
      lines,
      trade: winnerOf(title === null ? votes : withOwnVotes(votes, tender, lot, lines, tradeOf)),
    };
  });
}

/** How the key of a line begins that has neither title nor number. */
const ALONE = 'l';

/** Numbers such as `54.21.2a` share a chapter by all parts but the last; lines without title or number stand alone. */
function chapterKey(line: BillLine): string {
  if (line.section.length > 0) return `s${line.section.join('\u0000')}`;
  const parts = (catalogueNumber(line) ?? '').split('.');
  return parts.length > 1 ? `n${parts.slice(0, -1).join('.')}` : `${ALONE}${line.key}`;
}

function contextOf(
  tender: ParsedTender,
  lot: Lot,
  line: BillLine | null,
  section: readonly string[],
): TradeContext {
  return {
    lang: tender.language,
    tenderTitle: tender.tender.title,
    // A bill without lots is called by all of its works: the titles right above a line say more of it.
    lotTitle: lot.declared || section.length === 0 ? lot.title : null,
    sectionTitles: section,
    articleNumber: line && catalogueNumber(line),
  };
}

function addVotes(votes: Map<string, number>, candidates: readonly TradeCandidate[], weight: number): void {
  for (const { code, confidence } of candidates) {
    const goods = Number(code.slice(0, 2)) < FIRST_DIVISION_OF_WORK ? GOODS_WEIGHT : 1;
    votes.set(code, (votes.get(code) ?? 0) + confidence * weight * goods);
  }
}

/**
 * What lines say without the title of their lot, which may be called by the first of its trades ("Entretien des espaces
 * verts et voiries").
 */
function withOwnVotes(
  votes: Votes,
  tender: ParsedTender,
  lot: Lot,
  lines: readonly IndexedLine[],
  tradeOf: TradeOfText,
): Votes {
  if (!lot.declared) return votes;
  const own = new Map(votes);
  for (const { line } of lines) {
    const context = { ...contextOf(tender, lot, line, line.section), lotTitle: null, tenderTitle: null };
    addVotes(own, tradeOf(line.label, context), 1);
  }
  return own;
}

/** Lines vote with their confidence, and so do the words of the chapter as a whole. */
function chapterVotes(
  tender: ParsedTender,
  lot: Lot,
  lines: readonly IndexedLine[],
  tradeOf: TradeOfText,
): Votes {
  const section = lines[0]?.line.section ?? [];
  const votes = new Map<string, number>();
  for (const { line } of lines)
    addVotes(votes, tradeOf(line.label, contextOf(tender, lot, line, section)), 1);
  const whole = [...section, ...lines.map(({ line }) => line.label)].join('. ').slice(0, LONGEST_TEXT);
  addVotes(votes, tradeOf(whole, contextOf(tender, lot, null, section)), CHAPTER_WEIGHT * lines.length);
  return votes;
}

/**
 * The code most voted for in the trade most voted for. A code that spans several trades (45420000, joinery and
 * partitions) gives way to one of these that has half as many votes: else all of them would be one package.
 */
function winnerOf(votes: Votes): string | null {
  const groups = new Map<string, number>();
  for (const [code, vote] of votes) groups.set(tradeGroup(code), (groups.get(tradeGroup(code)) ?? 0) + vote);
  const first = highest(groups);
  if (first === null) return null;
  const within = highest(
    new Map([...groups].filter(([group]) => group !== first && group.startsWith(first))),
  );
  const gives = within !== null && groups.get(within)! * WIDE_GIVES_WAY >= groups.get(first)!;
  const best = gives ? within : first;
  return highest(new Map([...votes].filter(([code]) => tradeGroup(code) === best)));
}

function highest(votes: Votes): string | null {
  return [...votes].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? null;
}

interface OwnGroup {
  readonly trade: string;
  readonly lines: IndexedLine[];
}

/** Nobody sends a crew for one line in twenty: crumbs join the largest group, of their own division when there is one. */
function withoutCrumbs(groups: readonly OwnGroup[], lineCount: number): readonly Chapter[] {
  const large = groups
    .filter((group) => group.lines.length >= Math.max(2, lineCount * SMALLEST_SHARE))
    .toSorted((a, b) => b.lines.length - a.lines.length);
  const [largest] = large;
  const chapters = new Map<OwnGroup, IndexedLine[]>(large.map((group) => [group, [...group.lines]]));
  for (const group of groups.filter((one) => !large.includes(one))) {
    const home = large.find((one) => one.trade.slice(0, 2) === group.trade.slice(0, 2)) ?? largest;
    if (home) chapters.get(home)?.push(...group.lines);
    else chapters.set(group, [...group.lines]);
  }
  return [...chapters].map(([group, all]) => ({
    title: null,
    lines: all.toSorted((a, b) => a.index - b.index),
    trade: group.trade,
  }));
}

/**
 * A lot without titles: each line goes by its own words, helped a little by what the others say.
 * @param whole what they say together; nothing where no number makes them one chapter
 */
function byOwnWords(
  tender: ParsedTender,
  lot: Lot,
  lines: readonly IndexedLine[],
  tradeOf: TradeOfText,
  whole: Votes,
): readonly Chapter[] {
  const groups = new Map<string, OwnGroup>();
  const untold: IndexedLine[] = [];
  for (const indexed of lines) {
    const votes = new Map<string, number>();
    addVotes(votes, tradeOf(indexed.line.label, contextOf(tender, lot, indexed.line, [])), 1);
    for (const [code, vote] of whole)
      votes.set(code, (votes.get(code) ?? 0) + (vote * NEIGHBOUR_WEIGHT) / lines.length);
    const trade = winnerOf(withOwnVotes(votes, tender, lot, [indexed], tradeOf));
    if (trade === null) untold.push(indexed);
    else {
      const group = groups.get(tradeGroup(trade)) ?? { trade, lines: [] };
      group.lines.push(indexed);
      groups.set(tradeGroup(trade), group);
    }
  }
  const chapters = withoutCrumbs([...groups.values()], lines.length);
  return untold.length === 0 ? chapters : [...chapters, { title: null, lines: untold, trade: null }];
}

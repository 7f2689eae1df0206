import { isDay, type Day, type DayRange } from '../../kernel/index.js';
import { RULE_SETS, type RecordedVersion, type RuleVersion } from '../../legal-basis/index.js';
import { lawPaths } from './paths.js';
import { breakable, lessSure, ruleInWords } from './rule-in-words.js';

/** What the table of rules is asked for; anything that cannot be read is not asked for. */
export interface RulesAsked {
  readonly set: string;
  readonly words: string;
  /** In force on that day; null for all days. */
  readonly on: Day | null;
  /** As known at that instant; null for now. */
  readonly knownAt: Date | null;
}

export function readRulesAsked(query: Readonly<Record<string, unknown>>): RulesAsked {
  const text = (name: string): string =>
    typeof query[name] === 'string' ? query[name].trim().slice(0, 100) : '';
  const known = new Date(text('known'));
  return {
    set: RULE_SETS.find((set) => set === text('set')) ?? '',
    words: text('words'),
    on: isDay(text('on')) ? text('on') : null,
    knownAt: text('known') === '' || Number.isNaN(known.getTime()) ? null : known,
  };
}

/** The line of time that versions are drawn on, in years. */
const [FIRST_YEAR, LAST_YEAR] = [1993, 2031];
const WIDTH = 300;

export interface Segment {
  readonly x: number;
  readonly width: number;
  readonly confidence: string;
}

export interface RuleRow {
  readonly set: string;
  readonly key: string;
  readonly href: string;
  readonly versions: readonly Pick<RuleVersion, 'valid' | 'confidence' | 'citation' | 'sourceFile'>[];
  readonly segments: readonly Segment[];
}

export interface RulesPage {
  readonly asked: {
    readonly set: string;
    readonly words: string;
    readonly on: string;
    readonly known: string;
  };
  readonly sets: readonly string[];
  readonly rows: readonly RuleRow[];
  readonly count: number;
  readonly years: readonly { readonly year: number; readonly x: number }[];
  readonly width: number;
  /** Ends soon with nothing after it. */
  readonly expiring: readonly { readonly key: string; readonly until: Day; readonly href: string }[];
  readonly proposalsHref: string;
}

export function rulesPage(
  versions: readonly RuleVersion[],
  asked: RulesAsked,
  expiring: readonly RuleVersion[],
): RulesPage {
  const words = asked.words.toLowerCase();
  const wanted = versions.filter(
    ({ set, key, citation, body }) =>
      (asked.set === '' || set === asked.set) &&
      (words === '' ||
        `${key} ${citation.fr} ${citation.nl} ${JSON.stringify(body)}`.toLowerCase().includes(words)),
  );
  const rules = new Map<string, RuleVersion[]>();
  for (const version of wanted) {
    const name = `${version.set} ${version.key}`;
    rules.set(name, [...(rules.get(name) ?? []), version]);
  }
  return {
    asked: {
      set: asked.set,
      words: asked.words,
      on: asked.on ?? '',
      known: asked.knownAt?.toISOString() ?? '',
    },
    sets: RULE_SETS,
    rows: [...rules.values()].map(rowOf),
    count: rules.size,
    years: [1995, 2000, 2005, 2010, 2015, 2020, 2025, 2030].map((year) => ({ year, x: at(`${year}-01-01`) })),
    width: WIDTH,
    expiring: expiring.map(({ set, key, valid }) => ({
      key,
      until: valid.until ?? '',
      href: lawPaths.rule(set, key),
    })),
    proposalsHref: lawPaths.proposals(),
  };
}

function rowOf(versions: readonly RuleVersion[]): RuleRow {
  const { set, key } = versions[0]!;
  const segments = versions.map(({ valid, confidence }) => ({ ...span(valid), confidence }));
  return { set, key, href: lawPaths.rule(set, key), versions, segments };
}

function span({ from, until }: DayRange): { x: number; width: number } {
  const x = from === null ? 0 : at(from);
  const end = until === null ? WIDTH : at(until);
  // Two versions that follow each other stay apart; one of a few days stays visible.
  return { x, width: Math.max(2, end - x - 1) };
}

function at(day: Day): number {
  const years = Number(day.slice(0, 4)) + (Number(day.slice(5, 7)) - 1) / 12 - FIRST_YEAR;
  return Math.round(Math.min(1, Math.max(0, years / (LAST_YEAR - FIRST_YEAR))) * WIDTH);
}

/** One rule: what is held for true, what was held for true before, and the text to propose another from. */
export function rulePage(set: string, key: string, history: readonly RecordedVersion[], text: string) {
  return {
    set,
    ruleKey: key,
    title: breakable(key),
    present: history.filter(({ recordedUntil }) => recordedUntil === null).map(inWords),
    former: history.filter(({ recordedUntil }) => recordedUntil !== null).map(inWords),
    text,
    href: lawPaths.rule(set, key),
    listHref: lawPaths.rules(),
  };
}

function inWords({
  valid,
  recordedFrom,
  recordedUntil,
  confidence,
  citation,
  body,
  sourceFile,
}: RecordedVersion) {
  return {
    valid,
    recordedFrom,
    recordedUntil,
    confidence,
    citation,
    says: ruleInWords(body),
    lessSure: lessSure(body),
    sourceFile: breakable(sourceFile),
  };
}

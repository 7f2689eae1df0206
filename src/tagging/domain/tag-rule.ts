import type { Cpv } from '../../kernel/index.js';
import type { Numbering } from '../../tenders/domain/index.js';
import type { EvidenceSpan, PlaceableLabel } from './tag.js';
import { splitWords } from './words.js';

/** Articles of one edition of a catalogue: those whose number begins so. */
export interface NumberedScope extends Numbering {
  readonly prefix: string;
}

export const RULE_SCOPES = ['organisation', 'everybody'] as const;
/** Whose texts a rule is applied to. */
export type RuleScope = (typeof RULE_SCOPES)[number];

/** What a person taught: texts that hold these words are of this trade, or can be placed so. */
export interface TagRule {
  readonly id: string;
  readonly scope: RuleScope;
  readonly pattern: string;
  /** Null: wherever the words stand. */
  readonly numbering: NumberedScope | null;
  /** One of the two is given. */
  readonly trade: Cpv | null;
  readonly placeable: PlaceableLabel | null;
}

/** The label of a line or the title of a lot, with its number in the bill. */
export interface RuleText {
  readonly text: string;
  readonly number: string | null;
}

/** A word that counts: its light stem, and where it stands in the text. */
export interface Stem {
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

export const LONGEST_PATTERN = 200;
const FEWEST_LETTERS = 3;
const MOST_WORDS = 4;

/** The words of a text that rules look at: no stop words, no numbers, no accents, no plural. */
export function stemsOf(text: string): readonly Stem[] {
  const words = splitWords(text);
  const stems: Stem[] = [];
  for (let i = 0; i < words.count; i += 1) {
    if (words.stop[i] === 1) continue;
    const stem = String.fromCharCode(...words.codes.slice(words.from[i], words.stemTo[i]));
    stems.push({ stem, start: words.start[i] as number, end: words.end[i] as number });
  }
  return stems;
}

/** Whether a pattern says anything: a word of three letters that is no stop word. */
export function isPattern(pattern: string): boolean {
  return (
    pattern.length <= LONGEST_PATTERN && stemsOf(pattern).some(({ stem }) => stem.length >= FEWEST_LETTERS)
  );
}

/** A pattern for what texts have in common: the word that most of them hold, or else the first words of the first. */
export function proposedPattern(texts: readonly string[]): string {
  const counts = new Map<string, { word: string; texts: number }>();
  for (const text of texts) {
    const seen = new Map(stemsOf(text).map(({ stem, start, end }) => [stem, text.slice(start, end)]));
    for (const [stem, word] of seen)
      counts.set(stem, { word: counts.get(stem)?.word ?? word, texts: (counts.get(stem)?.texts ?? 0) + 1 });
  }
  const [shared] = [...counts.values()]
    .filter(({ word }) => word.length > FEWEST_LETTERS)
    .toSorted((a, b) => b.texts - a.texts || b.word.length - a.word.length);
  if (texts.length > 1 && shared && shared.texts * 2 > texts.length) return shared.word;
  const [text = ''] = texts;
  const stems = stemsOf(text.slice(0, LONGEST_PATTERN)).slice(0, MOST_WORDS);
  const [first, last] = [stems[0], stems.at(-1)];
  return first && last ? text.slice(first.start, last.end) : '';
}

/** Where the words of a pattern follow each other in a text; null when they do not. */
export function findPattern(
  pattern: readonly Stem[],
  text: readonly Stem[],
  whole: string,
): EvidenceSpan | null {
  if (pattern.length === 0) return null;
  for (let at = 0; at + pattern.length <= text.length; at += 1) {
    if (!pattern.every(({ stem }, i) => text[at + i]?.stem === stem)) continue;
    const [start, end] = [text[at]!.start, text[at + pattern.length - 1]!.end];
    return { text: whole.slice(start, end), start, end };
  }
  return null;
}

/** Rules that say something else of the very same words: only one of them is followed. */
export function contradictedBy(rule: TagRule, present: readonly TagRule[]): readonly TagRule[] {
  const stems = ({ pattern }: TagRule): string =>
    stemsOf(pattern)
      .map(({ stem }) => stem)
      .join(' ');
  const differs = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;
  return present.filter(
    (one) =>
      stems(one) === stems(rule) &&
      JSON.stringify(one.numbering) === JSON.stringify(rule.numbering) &&
      (differs(one.trade, rule.trade) || differs(one.placeable, rule.placeable)),
  );
}

/**
 * Which of two rules is followed where both hold: what an organisation teaches itself before what holds for
 * everybody; a rule for one numbering before one for all texts; more words, then longer ones; then the younger rule.
 * @returns negative when `a` is
 */
export function bySpecificity(a: TagRule, b: TagRule): number {
  return (
    Number(b.scope === 'organisation') - Number(a.scope === 'organisation') ||
    (b.numbering?.prefix.length ?? -1) - (a.numbering?.prefix.length ?? -1) ||
    stemsOf(b.pattern).length - stemsOf(a.pattern).length ||
    b.pattern.length - a.pattern.length ||
    (a.id < b.id ? 1 : -1)
  );
}

import { readText } from './read-text.js';
import type { TagModel } from './model.js';

/** What surrounds a bill line, as far as it is known. */
export interface LineContext {
  readonly lang?: string | null;
  readonly tenderTitle?: string | null;
  readonly lotTitle?: string | null;
  /** Outermost first. */
  readonly sectionTitles?: readonly string[];
  /** `53.21.1a`; the trade of a numbering is taken from its sections, never from the number alone. */
  readonly articleNumber?: string | null;
}

export interface LineTrade {
  readonly code: string;
  readonly confidence: number;
}

const MOST_REMEMBERED = 20_000;
const DIGITS = /[1-9]/g;
/**
 * A bill says the same thing for each house and each floor, under another number: words that hold a digit are not
 * read, only where they stand, so that one digit is as good as another.
 */
const remembered = new WeakMap<TagModel, Map<string, readonly LineTrade[]>>();

/** The trades a bill line may be of, the surest first; none when neither the line nor its sections say. */
export function tradesOfLine(
  model: TagModel,
  label: string,
  context: LineContext = {},
): readonly LineTrade[] {
  const sections = context.sectionTitles ?? [];
  const above = [context.lotTitle ?? '', ...sections].filter((title) => title !== '').join('. ');
  const whole = above || (context.tenderTitle ?? '');
  const lang = context.lang ?? null;
  const answers = remembered.get(model) ?? new Map<string, readonly LineTrade[]>();
  remembered.set(model, answers);
  const key = [lang, whole, label].join('\u0000').replace(DIGITS, '0');
  const known = answers.get(key);
  if (known) return known;
  const { ranked } = readText(model, { lang, title: label, text: label, context: whole, fromBill: true });
  const trades = ranked.map(({ code, confidence }) => ({ code, confidence }));
  if (answers.size >= MOST_REMEMBERED) answers.clear();
  answers.set(key, trades);
  return trades;
}

/**
 * The trade of one bill line, three to eight digits deep, or null when neither the line nor its sections say.
 * Used to group lines into work packages.
 */
export function tradeOfLine(model: TagModel, label: string, context: LineContext = {}): LineTrade | null {
  return tradesOfLine(model, label, context)[0] ?? null;
}

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

/** The trades a bill line may be of, the surest first; none when neither the line nor its sections say. */
export function tradesOfLine(
  model: TagModel,
  label: string,
  context: LineContext = {},
): readonly LineTrade[] {
  const sections = context.sectionTitles ?? [];
  const above = [context.lotTitle ?? '', ...sections].filter((title) => title !== '').join('. ');
  const input = {
    lang: context.lang ?? null,
    title: label,
    text: label,
    context: above || (context.tenderTitle ?? ''),
  };
  return readText(model, input).ranked.map(({ code, confidence }) => ({ code, confidence }));
}

/**
 * The trade of one bill line, three to eight digits deep, or null when neither the line nor its sections say.
 * Used to group lines into work packages.
 */
export function tradeOfLine(model: TagModel, label: string, context: LineContext = {}): LineTrade | null {
  return tradesOfLine(model, label, context)[0] ?? null;
}

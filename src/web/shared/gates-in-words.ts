import type { Language } from '../../kernel/index.js';
import type { GateOfPackage } from '../../pipeline/index.js';
import { formatNumber, formatShare, type Messages } from '../../platform/i18n/index.js';

/** A gate as pages show it: who must do what by when, by which text, and how sure that is. */
export interface GateShown extends Pick<GateOfPackage, 'key' | 'result' | 'citation' | 'confidence'> {
  readonly name: string;
  readonly text: string;
}

const ORDER: readonly GateOfPackage['result'][] = ['fail', 'ask', 'needed', 'warn', 'remind', 'pass'];
/** Rules of one kind say the same sentence, each with its own figure. */
const FAMILY = /^(CLASS|CHAIN)-/;
const PARTS = ['social_rate', 'tax_rate', 'penalty'];

/** What stands in the way comes first. */
export function gatesInWords(
  found: readonly GateOfPackage[],
  messages: Messages,
  language: Language,
): GateShown[] {
  return found
    .toSorted((a, b) => ORDER.indexOf(a.result) - ORDER.indexOf(b.result))
    .map(({ key, result, citation, confidence, values }) => ({
      key,
      result,
      citation,
      confidence,
      name: messages.text(language, `gate.name.${key}`),
      text: messages.text(language, `gate.do.${FAMILY.exec(key)?.[1] ?? key}`, figures(values, language)),
    }));
}

function figures(values: Readonly<Record<string, unknown>>, language: Language): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      if (typeof value !== 'number' && typeof value !== 'string') return [];
      if (PARTS.includes(name)) return [[name, formatShare(language, Number(value))]];
      return Number.isFinite(Number(value)) ? [[name, formatNumber(language, String(value))]] : [];
    }),
  );
}

import type { DayRange } from '../../kernel/index.js';
import { compareVersions, type RuleVersion } from '../../legal-basis/index.js';
import { lessSure, ruleInWords, type RuleFact, type SaidAs } from './rule-in-words.js';

/** One thing that a proposal changes: what the rule says of it now and what it would say; null where it says nothing. */
export interface ChangeInWords {
  readonly field: string;
  readonly before: Said;
  readonly after: Said;
}

/** The last three are beside the law itself: its days, how sure it is, and where it stands. */
export type Said =
  | { readonly as: 'rule'; readonly said: readonly SaidAs[] }
  | { readonly as: 'days'; readonly days: DayRange }
  | {
      readonly as: 'sure';
      readonly of: readonly { readonly field: string | null; readonly sureness: string }[];
    }
  | { readonly as: 'cited'; readonly language: 'fr' | 'nl'; readonly text: string }
  | null;

/** What a proposal changes, as the page of a rule says it. */
export function changesInWords(before: RuleVersion | null, after: RuleVersion | null): ChangeInWords[] {
  const fields = compareVersions(before, after).map(({ field }) =>
    field === 'from' || field === 'until' ? 'valid' : field,
  );
  return [...new Set(fields)].map((field) => ({
    field,
    before: said(before, field),
    after: said(after, field),
  }));
}

function said(version: RuleVersion | null, field: string): Said {
  if (version === null) return null;
  const { valid, confidence, citation, body } = version;
  switch (field) {
    case 'valid':
      return { as: 'days', days: valid };
    case 'confidence':
      return { as: 'sure', of: [{ field: null, sureness: confidence }] };
    case 'marks':
      return { as: 'sure', of: lessSure(body) };
    case 'citation.fr':
      return { as: 'cited', language: 'fr', text: citation.fr };
    case 'citation.nl':
      return { as: 'cited', language: 'nl', text: citation.nl };
    default: {
      const fact: RuleFact | undefined = ruleInWords(body).find((one) => one.field === field);
      return fact && fact.said.length > 0 ? { as: 'rule', said: fact.said } : null;
    }
  }
}

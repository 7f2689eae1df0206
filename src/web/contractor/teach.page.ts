import { isLanguage, type Language } from '../../kernel/index.js';
import {
  proposedPattern,
  type RuleTrial,
  type Tag,
  type TaughtRule,
  findingsOf,
} from '../../tagging/index.js';
import type { Numbering, StoredBillLine, Tender, WorkPackage } from '../../tenders/index.js';
import { contractorPaths } from './paths.js';

const LINES_SHOWN = 10;

export interface TeachPage {
  readonly title: string;
  readonly packageHref: string;
  readonly href: string;
  readonly rulesHref: string;
  /** Trades the person confirmed on the package. */
  readonly trades: readonly string[];
  readonly lines: readonly string[];
  readonly rule: TaughtRule;
  /** Null when the rule says nothing that could be tried. */
  readonly trial: RuleTrial | null;
  /** What the document is numbered by; null when it does not say. */
  readonly numbering: Numbering | null;
  readonly documentLanguage: Language | null;
}

/** What a correction could teach: the words its lines share, the trade and the verdict that were confirmed. */
export function ruleFrom(
  item: WorkPackage,
  lines: readonly StoredBillLine[],
  tags: readonly Tag[],
): TaughtRule {
  const { trades, placeable } = findingsOf(tags);
  const texts = lines.length > 0 ? lines.map(({ label }) => label) : [item.title];
  return {
    scope: 'organisation',
    pattern: proposedPattern(texts),
    numbering: null,
    trade: trades[0]?.code ?? null,
    placeable,
  };
}

export function teachPage(
  tender: Tender,
  item: WorkPackage,
  lines: readonly StoredBillLine[],
  tags: readonly Tag[],
  numbering: Numbering | null,
  tried: { readonly rule: TaughtRule; readonly trial: RuleTrial | null },
): TeachPage {
  return {
    title: item.title,
    packageHref: contractorPaths.package(tender.id, item.id),
    href: contractorPaths.teach(tender.id, item.id),
    rulesHref: contractorPaths.tagRules(),
    trades: findingsOf(tags).trades.map(({ code }) => code),
    lines: lines.slice(0, LINES_SHOWN).map(({ label }) => label),
    numbering,
    documentLanguage: isLanguage(tender.language) ? tender.language : null,
    ...tried,
  };
}

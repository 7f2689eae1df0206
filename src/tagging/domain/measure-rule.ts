import type { Cpv } from '../../kernel/index.js';
import { tradeGroup } from '../../tenders/domain/index.js';
import type { TagModel } from './model.js';
import type { PlaceableLabel } from './tag.js';
import { tagText } from './tag-text.js';
import { findPattern, stemsOf, type RuleText, type TagRule } from './tag-rule.js';
import { TaughtRules } from './taught-rules.js';
import { tradesOfLine } from './trade-of-line.js';

/** A line whose answer is known. */
export interface JudgedLine {
  readonly lang: string;
  readonly text: string;
  readonly trade: Cpv;
  readonly placeable: PlaceableLabel;
}

/** A package a person has confirmed, with what its rules would look at. */
export interface JudgedPackage {
  readonly title: string;
  readonly texts: readonly RuleText[];
  /** None when the person said that no proposal was right. */
  readonly trades: readonly Cpv[];
  readonly placeable: PlaceableLabel | null;
}

/** What a rule would do to answers that are known. It is taken only when it breaks none. */
export interface RuleMeasure {
  /** Lines of our bench: all, those the rule decides, and right answers with and without it. */
  readonly bench: {
    readonly lines: number;
    readonly held: number;
    readonly before: number;
    readonly after: number;
  };
  /** Packages that people confirmed: all that could be read, and those the rule decides. */
  readonly confirmed: { readonly packages: number; readonly held: number };
  /** Lines and packages whose right answer the rule would turn wrong. */
  readonly broken: readonly string[];
}

const ASPECTS = ['trade', 'placeable'] as const;
const MOST_NAMED = 20;

/**
 * Puts a rule to the bench and to what people confirmed.
 * @param present rules already in force
 */
export function measureRule(
  rule: TagRule,
  present: readonly TagRule[],
  known: {
    readonly model: TagModel;
    readonly bench: readonly JudgedLine[];
    readonly packages: readonly JudgedPackage[];
  },
): RuleMeasure {
  const before = new TaughtRules(present, rule.numbering);
  const after = new TaughtRules([...present, rule], rule.numbering);
  const holds = holding(rule);
  const lines = known.bench.filter(
    (line) => holds(line.text) && ASPECTS.some((about) => decides(after, rule, textOf(line), about)),
  );
  const answers = lines.map((line) => ({
    line,
    was: rightness(known.model, before, line),
    is: rightness(known.model, after, line),
  }));
  const packages = known.packages.filter(
    ({ texts }) =>
      texts.some(({ text }) => holds(text)) &&
      ASPECTS.some((about) => after.claimOfAll(texts, about)?.claim.rule.id === rule.id),
  );
  const broken = [
    ...answers
      .filter(({ was, is }) => (was.trade && !is.trade) || (was.placeable && !is.placeable))
      .map(({ line }) => line.text),
    ...packages.filter((one) => contradicts(after, rule, one)).map(({ title }) => title),
  ];
  return {
    bench: {
      lines: known.bench.length,
      held: lines.length,
      before: answers.filter(({ was }) => was.trade && was.placeable).length,
      after: answers.filter(({ is }) => is.trade && is.placeable).length,
    },
    confirmed: { packages: known.packages.length, held: packages.length },
    broken: [...new Set(broken)].slice(0, MOST_NAMED),
  };
}

/** Whether a text holds the words of a rule: of others it decides nothing. Each wording is read once, most come many times. */
function holding({ pattern }: TagRule): (text: string) => boolean {
  const words = stemsOf(pattern);
  const read = new Map<string, boolean>();
  return (text) => {
    const known = read.get(text);
    if (known !== undefined) return known;
    const isHeld = findPattern(words, stemsOf(text), text) !== null;
    read.set(text, isHeld);
    return isHeld;
  };
}

function textOf({ text }: JudgedLine): RuleText {
  return { text, number: null };
}

function decides(rules: TaughtRules, rule: TagRule, text: RuleText, about: 'trade' | 'placeable'): boolean {
  return rules.claim(text, about)?.rule.id === rule.id;
}

/** A trade is right when one crew does both; a verdict when it is the same. */
function rightness(
  model: TagModel,
  rules: TaughtRules,
  line: JudgedLine,
): { readonly trade: boolean; readonly placeable: boolean } {
  const trade =
    rules.claim(textOf(line), 'trade')?.value ?? tradesOfLine(model, line.text, { lang: line.lang })[0]?.code;
  const placeable =
    rules.claim(textOf(line), 'placeable')?.value ??
    tagText(model, { lang: line.lang, text: line.text, title: line.text, fromBill: true }).placeable.label;
  return {
    trade: trade !== undefined && tradeGroup(trade) === tradeGroup(line.trade),
    placeable: placeable === line.placeable,
  };
}

function contradicts(rules: TaughtRules, rule: TagRule, judged: JudgedPackage): boolean {
  const says = (about: 'trade' | 'placeable'): string | null => {
    const claim = rules.claimOfAll(judged.texts, about)?.claim;
    return claim?.rule.id === rule.id ? claim.value : null;
  };
  const [trade, placeable] = [says('trade'), says('placeable')];
  const groups = judged.trades.map(tradeGroup);
  return (
    (trade !== null && !groups.includes(tradeGroup(trade))) ||
    (placeable !== null && judged.placeable !== null && placeable !== judged.placeable)
  );
}

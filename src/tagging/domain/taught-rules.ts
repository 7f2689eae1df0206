import type { Numbering } from '../../tenders/domain/index.js';
import type { ProposedTag } from './proposed-tags.js';
import type { EvidenceSpan, PlaceableLabel } from './tag.js';
import { bySpecificity, findPattern, stemsOf, type RuleText, type Stem, type TagRule } from './tag-rule.js';

export type RuleAspect = 'trade' | 'placeable';

/** What the most specific rule says of one text, and the words it stands on. */
export interface Claim {
  readonly rule: TagRule;
  readonly value: string;
  readonly evidence: EvidenceSpan;
}

interface Prepared {
  readonly rule: TagRule;
  readonly stems: readonly Stem[];
}

/** A text is asked about more than once, and under several sets of rules: its words are told apart once. */
const splitAlready = new WeakMap<RuleText, readonly Stem[]>();

function stemsIn(said: RuleText): readonly Stem[] {
  const stems = splitAlready.get(said) ?? stemsOf(said.text);
  splitAlready.set(said, stems);
  return stems;
}

/** Rules in force for an organisation and one document. Their order makes no difference. */
export class TaughtRules {
  private readonly byFirstStem: ReadonlyMap<string, readonly Prepared[]>;

  /** @param numbering of the document; rules for another one are left out */
  constructor(rules: readonly TagRule[], numbering: Numbering | null = null) {
    const prepared = rules
      .filter((rule) => rule.numbering === null || isSame(rule.numbering, numbering))
      .toSorted(bySpecificity)
      .map((rule) => ({ rule, stems: stemsOf(rule.pattern) }));
    this.byFirstStem = Map.groupBy(prepared, ({ stems }) => stems[0]?.stem ?? '');
  }

  /** @returns null when no rule about this holds for the text */
  claim(said: RuleText, about: RuleAspect): Claim | null {
    if (this.byFirstStem.size === 0) return null;
    const { text, number } = said;
    const stems = stemsIn(said);
    const met = new Set<Prepared>();
    for (const { stem } of stems) for (const one of this.byFirstStem.get(stem) ?? []) met.add(one);
    if (met.size === 0) return null;
    const [best] = [...met]
      .filter(({ rule }) => rule[about] !== null)
      .filter(({ rule }) => rule.numbering === null || number?.startsWith(rule.numbering.prefix))
      .flatMap(({ rule, stems: pattern }) => {
        const evidence = findPattern(pattern, stems, text);
        return evidence ? [{ rule, value: rule[about]!, evidence }] : [];
      })
      .toSorted((a, b) => bySpecificity(a.rule, b.rule));
    return best ?? null;
  }

  /** What rules say of a package: what they say of more than half of its lines, or of its title when it has none. */
  claimOfAll(
    texts: readonly RuleText[],
    about: RuleAspect,
  ): { claim: Claim; claims: readonly Claim[] } | null {
    const made = texts.map((text) => this.claim(text, about)).filter((claim) => claim !== null);
    for (const claims of Map.groupBy(made, ({ value }) => value).values()) {
      const [claim] = claims.toSorted((a, b) => bySpecificity(a.rule, b.rule));
      if (claim && claims.length * 2 > texts.length) return { claim, claims };
    }
    return null;
  }
}

export const NOTHING_TAUGHT = new TaughtRules([]);

function isSame(a: Numbering, b: Numbering | null): boolean {
  return a.system === b?.system && a.edition === b.edition;
}

/**
 * Tags of a package as rules have them: what a rule says is good enough without a review, and what else was found
 * about it stays beside it as a possibility.
 * @param texts lines of the package, or its title when it has none
 * @param whole the text that evidence points into
 */
export function taughtTags(
  tags: readonly ProposedTag[],
  rules: TaughtRules,
  texts: readonly RuleText[],
  whole: string,
): readonly ProposedTag[] {
  const trade = rules.claimOfAll(texts, 'trade');
  const placeable = rules.claimOfAll(texts, 'placeable');
  const others = tags.filter(({ kind, value }) => kind === 'trade' && value !== trade?.claim.value);
  const trades = trade
    ? [tagOf('trade', trade, whole), ...others.map((tag) => ({ ...tag, accepted: false }))]
    : others;
  const found = tags.find(({ kind }) => kind === 'placeable')!;
  if (!placeable) return [...trades, found];
  const label = placeable.claim.value as PlaceableLabel;
  const best = trades[0]?.value;
  return [
    ...trades,
    {
      ...tagOf('placeable', placeable, whole),
      parts: label === 'no' ? [] : label === found.value ? found.parts : best === undefined ? [] : [best],
      reasons: label === found.value ? found.reasons : [],
    },
  ];
}

function tagOf(
  kind: RuleAspect,
  { claim, claims }: { claim: Claim; claims: readonly Claim[] },
  whole: string,
): ProposedTag {
  return {
    kind,
    value: claim.value,
    confidence: 1,
    accepted: true,
    evidence: placed(claims, whole),
    parts: [],
    reasons: [],
    origin: 'rule',
    ruleId: claim.rule.id,
  };
}

const MOST_SPANS = 3;

/** The words of the claims, where the whole text has them. */
function placed(claims: readonly Claim[], whole: string): EvidenceSpan[] {
  const phrases = [...new Set(claims.map(({ evidence }) => evidence.text))].slice(0, MOST_SPANS);
  return phrases.flatMap((text) => {
    const start = whole.indexOf(text);
    return start < 0 ? [] : [{ text, start, end: start + text.length }];
  });
}

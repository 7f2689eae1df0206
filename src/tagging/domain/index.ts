export type { TagModel } from './model.js';
export type * from './tag.js';
export { PLACEABLE_REASONS } from './tag.js';
export { tagText } from './tag-text.js';
export { tradeOfLine, tradesOfLine, type LineContext, type LineTrade } from './trade-of-line.js';
export { CpvCatalogue, type CpvEntry } from './catalogue.js';
export { Lexicon } from './lexicon.js';
export { detectLanguage, type TextLanguage } from './detect-language.js';
export { proposedTags, type ProposedTag } from './proposed-tags.js';
export { withSaidBefore, type SaidBefore } from './said-before.js';
export {
  isPattern,
  LONGEST_PATTERN,
  proposedPattern,
  RULE_SCOPES,
  type NumberedScope,
  type RuleScope,
  type RuleText,
  type TagRule,
  contradictedBy,
} from './tag-rule.js';
export { NOTHING_TAUGHT, taughtTags, TaughtRules } from './taught-rules.js';
export { measureRule, type JudgedLine, type JudgedPackage, type RuleMeasure } from './measure-rule.js';

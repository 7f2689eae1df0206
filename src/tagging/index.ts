export * from './domain/index.js';
export { searchCodes } from './domain/search-codes.js';
export { loadTagModel } from './files/load-model.js';
export {
  benchPlaceable,
  benchTag,
  type JudgedText,
  type LabelledText,
  type PlaceableReport,
  type TagFigures,
  type TagReport,
} from './bench-tag.js';
export { findingsOf, isCorrection, type Findings } from './findings.js';
export {
  briefTagsOf,
  deleteTags,
  insertTags,
  saidBefore,
  tagRowsOf,
  tagsOf,
  type Finding,
  type Tag,
} from './tag.repository.js';
export type { TagRow } from './tag.entity.js';
export { TaggingService, type TagDecision } from './tagging.service.js';
export { TaggingModule } from './tagging.module.js';
export { ruleById, rulesSeenBy, stateOfRule, type StoredRule } from './tag-rule.repository.js';
export { TagRuleService, type LineChange, type RuleTrial, type TaughtRule } from './tag-rule.service.js';

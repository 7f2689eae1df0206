export * from './domain/index.js';
export { readRules, ruleFiles, rulesFromFiles, RulesRefused, type RuleFile } from './rule-files.js';

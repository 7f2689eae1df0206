export * from './domain/index.js';
export { lawChangesByDay } from './changed-by-day.query.js';
export { LegalBasisModule } from './legal-basis.module.js';
export { LegalBasisService, type Known } from './legal-basis.service.js';
export { enterVersions, loadRules, type RulesLoaded } from './load-rules.js';
export { readRules, ruleFiles, rulesFromFiles, RulesRefused, type RuleFile } from './rule-files.js';

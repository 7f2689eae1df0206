export * from './domain/index.js';
export { candidateEnterprises, type CandidateRow } from './candidate-enterprises.query.js';
export { matchesOfTender, type TenderMatch } from './matches-of-tender.query.js';
export type { StoredMatch } from './match.repository.js';
export { MatchingModule } from './matching.module.js';
export {
  MATCHING_LIMITS,
  MatchingService,
  type Explanation,
  type MatchingOutcome,
  type MatchingRun,
  type OpenPackage,
  type PackageDecision,
} from './matching.service.js';
export {
  runMatchCase,
  type ExplanationInOutput,
  type MatchCaseOptions,
  type MatchInOutput,
  type MatchOutput,
  type TeamInOutput,
} from './run-match-case.js';
export { benchMatch, type BenchReport, type BenchSize, type Percentiles } from './bench-match.js';

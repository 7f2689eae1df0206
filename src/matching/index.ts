export * from './domain/index.js';
export {
  forgetDemand,
  holdDemand,
  lockDemand,
  openPackagesById,
  replaceDemand,
} from './demand.repository.js';
export { findDemand, FIRST_IDENTITY } from './find-demand.query.js';
export { keepListed, latestDemand, writtenSinceListed } from './listed.repository.js';
export { matchesOfTender, type AfterMatch, type TenderMatch } from './matches-of-tender.query.js';
export {
  dropInvitations,
  invitationPlanOf,
  keepInvitations,
  keepWeeklyMailsWish,
  settleInvitations,
  uninvitedOf,
  weeklyMailsWish,
  type InvitationMoment,
  type Uninvited,
} from './invitation.repository.js';
export { matchIds, packagesWithVerdictOn, type StoredMatch } from './match.repository.js';
export { MatchingModule } from './matching.module.js';
export { takeDay } from './day-taken.repository.js';
export { DecideService, MATCHING_LIMITS } from './decide.service.js';
export { MatchingService } from './matching.service.js';
export type {
  Explanation,
  MatchingOutcome,
  MatchingRun,
  OpenPackage,
  PackageDecision,
} from './matching-run.js';
export { questionFor, rulesVersionOf } from './matching-world.js';
export { newsOf } from './news-of.js';
export { OffersService } from './offers.service.js';
export { announceWeights } from './announce-weights.js';
export { writePostings } from './write-postings.js';
export { RematchService } from './rematch.service.js';
export { isProjected, keepProjected } from './projection.repository.js';
export { ReplayService, type Replay } from './replay.service.js';
export { keepMerits } from './standings.repository.js';
export {
  runMatchCase,
  type ExplanationInOutput,
  type MatchCaseOptions,
  type MatchInOutput,
  type MatchOutput,
  type TeamInOutput,
} from './run-match-case.js';
export { benchFolder } from './bench.js';
export { benchMatch, type BenchReport } from './bench-match.js';

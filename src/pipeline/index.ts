export { ApprovalDesk, type ApprovalDecision } from './approval-desk.service.js';
export { AmendingService } from './amending.service.js';
export { AttachingService } from './attaching.service.js';
export { clauseFacts, regionOf, type BuyerFacts } from './clause-facts.js';
export { CommitmentChecks, type CommitmentCheck, type Standing } from './commitment-checks.service.js';
export { DraftingService, type PackageReview } from './drafting.service.js';
export { doubtfulPackages } from './open-packages.js';
export { confirmedTrades, factsOfTender, packageToMatch } from './package-to-match.js';
export {
  draftProposal,
  packageText,
  proposePackages,
  type Proposal,
  type TaggedPackage,
} from './propose-packages.js';
export { writeDemand } from './open-demand.js';
export { PackageFindings } from './package-findings.service.js';
export {
  gatesOfPackage,
  termsAsked,
  termsKnown,
  type GateOfPackage,
  type GateWorld,
} from './gates-of-package.js';
export {
  FORECAST_PACKAGES,
  InvitationForecasts,
  type Candidate,
  type InvitationForecast,
  type Reach,
} from './invitation-forecasts.service.js';
export { OpenList } from './open-list.service.js';
export { MailPreviews } from './preview-mail.service.js';
export { LawPreviews, type LawPreview } from './preview-law.service.js';
export { recheckDecisions, type Recheck } from './recheck-decisions.js';
export { rematchOpenTenders } from './rematch-all.js';
export { PackagingService } from './packaging.service.js';
export { PipelineModule } from './pipeline.module.js';
export { ProfileService, type Profile } from './profile.service.js';
export { PublishedPipeline } from './published.pipeline.js';
export { SHARED_FILES_MAX, SharingService } from './sharing.service.js';
export { TeamCallPipeline, type TeamProposal } from './team-call.pipeline.js';
export { TeachingService, type RulesSeen } from './teaching.service.js';
export { TeamPipeline, type PartnerProposal } from './team.pipeline.js';
export { TenderPipeline, type Received } from './tender.pipeline.js';
export { asFinding, type Told, type ToldReach, type TrialPackage } from './propose-trial.js';
export { TrialPipeline, type Kept } from './trial.pipeline.js';
export type { Trial } from './trial.repository.js';
export { WhatIfService, type ProfileAnswer, type WhatIfAnswer } from './what-if.service.js';

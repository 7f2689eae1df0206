export { approvalEnds, type ApprovalEnd } from './approval-ends.query.js';
export { approvalChecks, type ApprovalCheck } from './approval-checks.query.js';
export * from './domain/index.js';
export {
  approvalDocument,
  approvalDocuments,
  insertApprovalDocument,
  type ApprovalDocument,
} from './approval-document.repository.js';
export { enterpriseNames } from './enterprise-names.query.js';
export { legalTraits, type Alike } from './legal-traits.query.js';
export { enterprisesChangedByDay } from './changed-by-day.query.js';
export { loadGeography, resolvePlace } from './places.js';
export { pendingApproval, pendingApprovals, type PendingApproval } from './pending-approvals.query.js';
export { RegistryModule } from './registry.module.js';
export {
  enterpriseById,
  enterpriseIds,
  enterpriseOfOrganisation,
  enterprisesAsOf,
  partnersInPause,
  enterpriseVersion,
  lockEnterprise,
  type RegisteredEnterprise,
  type StoredEnterprise,
} from './registry.repository.js';
export { RegistryService, type ProfileChange } from './registry.service.js';
export { loadTradeCodes } from './trades.js';
export {
  readSample,
  registerSample,
  type Sample,
  type SampleEnterprise,
  type SampleOrganisation,
} from './sample.js';

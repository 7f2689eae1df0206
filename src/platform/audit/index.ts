export { audit, forgetActor, NO_ORGANISATION, pseudonymOf, type AuditEntry } from './audit.repository.js';
export { canonicalJson, type Plain } from './canonical-json.js';
export {
  publishedHead,
  verifyAudit,
  type AuditBreak,
  type AuditVerdict,
  type PublishedHead,
} from './verify-audit.query.js';

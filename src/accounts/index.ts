export { AccountsModule } from './accounts.module.js';
export { ApiTokenService, type AskedApiToken } from './api-token.service.js';
export type { ApiToken } from './api-token.repository.js';
export {
  deviceOf,
  ERASURE_AFTER_DAYS,
  LONGEST_BYTES,
  LONGEST_TOKEN_DAYS,
  ORGANISATION_ROLES,
  passwordFault,
  SCOPES,
  scopesOf,
  SHORTEST,
  type OrganisationRole,
  type PasswordFault,
  type Scope,
} from './domain/index.js';
export type { FeedLink } from './feed-link.repository.js';
export { FeedLinkService, OPENED_AN_HOUR } from './feed-link.service.js';
export type { Invitation } from './invitation.repository.js';
export { InvitationService, type Invite } from './invitation.service.js';
export { isManager, type Member } from './member.repository.js';
export { MemberService, type Members, type MemberToInvite } from './member.service.js';
export { HOLDING_GROUPS, HOLDINGS, type HoldingGroup } from './holdings.query.js';
export { PasswordService } from './password.service.js';
export type { ErasureAsked, Held } from './personal-data.repository.js';
export { PersonalDataService } from './personal-data.service.js';
export type { Registration } from './registration.repository.js';
export { RegistrationService } from './registration.service.js';
export type { PasswordReset } from './password-reset.repository.js';
export { hashPassword } from './password-hash.js';
export {
  createOrganisation,
  createPerson,
  disablePerson,
  organisationById,
  peopleOf,
  personByEmail,
  type NewOrganisation,
  type NewPerson,
  type Organisation,
  type Person,
} from './people.repository.js';
export { POLICY } from './policy.js';
export type { SessionSeen } from './session.repository.js';
export { SessionService } from './session.service.js';
export { hashToken, keyedHash, linkToken } from './tokens.js';
export { SignInService, type SignedIn, type SignInRequest } from './sign-in.service.js';

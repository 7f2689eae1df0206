export { AccountsModule } from './accounts.module.js';
export { deviceOf, LONGEST_BYTES, passwordFault, SHORTEST, type PasswordFault } from './domain/index.js';
export type { Invitation } from './invitation.repository.js';
export { InvitationService, type Invite } from './invitation.service.js';
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
export { SignInService, type SignedIn, type SignInRequest } from './sign-in.service.js';

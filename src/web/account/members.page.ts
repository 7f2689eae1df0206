import type { Members } from '../../accounts/index.js';
import type { Language } from '../../kernel/index.js';
import { accountPaths } from './paths.js';

export interface MembersViewer {
  readonly personId: string | null;
  readonly organisation: string;
  readonly language: Language;
}

/** What the page of an organisation's people shows: buttons only for those who may use them. */
export function membersPage({ people, invitations, mayManage }: Members, viewer: MembersViewer) {
  const managers = people.filter(({ organisationRole }) => organisationRole === 'manager').length;
  return {
    organisation: viewer.organisation,
    language: viewer.language,
    mayManage,
    backHref: accountPaths.account(),
    people: people.map((person) => {
      const isLastManager = managers === 1 && person.organisationRole === 'manager';
      return {
        ...person,
        isYou: person.id === viewer.personId,
        otherRole: person.organisationRole === 'manager' ? 'member' : 'manager',
        roleHref: mayManage && !isLastManager ? accountPaths.memberRole(person.id) : null,
        removeHref:
          mayManage && !isLastManager && person.id !== viewer.personId
            ? accountPaths.removeMember(person.id)
            : null,
      };
    }),
    invitations: invitations.map((invitation) => ({
      ...invitation,
      withdrawHref: mayManage ? accountPaths.withdrawInvitation(invitation.id) : null,
    })),
  };
}

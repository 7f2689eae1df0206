import type { NotificationParams } from '../domain/index.js';

/**
 * Addresses that mails and in-app news point to. A link in a mail is always a page to look at; what changes
 * something is the button on it. A test holds them against the routes of the pages.
 */
export const linkPaths = {
  opportunity: (packageId: string) => `/enterprise/opportunities/${packageId}`,
  opportunities: () => '/enterprise/opportunities',
  answer: (packageId: string, kind: string) => `/enterprise/opportunities/${packageId}/answer?kind=${kind}`,
  teamCall: (tenderId: string, packageId: string) =>
    `/contractor/tenders/${tenderId}/packages/${packageId}/team`,
  team: (packageId: string) => `/enterprise/opportunities/${packageId}/team`,
  teamRequest: (placeId: string) => `/enterprise/teams/${placeId}`,
  performance: (entryId: string) => `/enterprise/performances/${entryId}`,
  obligation: (id: string) => `/contractor/obligations/${id}`,
  decision: (tenderId: string, answerId: string) =>
    `/contractor/tenders/${tenderId}/answers/${answerId}/decision`,
  question: (tenderId: string, id: string) => `/contractor/tenders/${tenderId}/questions/${id}`,
  tenders: () => '/contractor/tenders',
  board: (tenderId: string) => `/contractor/tenders/${tenderId}/board`,
  renewal: () => '/enterprise/profile/approvals/new',
  wishes: () => '/account/mails',
  help: () => '/help',
  stop: (token: string) => `/mail/stop/${token}`,
  /** The contractor's page of a team it called, the lead's of a team, the partner's own place in it, or the list for who has none any more. */
  ofTeam: (params: NotificationParams): string => {
    if (params['isContractor'] === 1)
      return linkPaths.teamCall(String(params['tenderId']), String(params['packageId']));
    if (params['isLead'] === 1) return linkPaths.team(String(params['packageId']));
    const own = String(params['ownPlaceId'] ?? '');
    return own === '' ? linkPaths.opportunities() : linkPaths.teamRequest(own);
  },
};

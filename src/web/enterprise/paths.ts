const root = '/enterprise/opportunities';
const opportunity = (packageId: string): string => `${root}/${packageId}`;

/** Addresses of the social enterprise's pages. */
export const enterprisePaths = {
  opportunities: () => root,
  opportunity,
  answer: (packageId: string) => `${opportunity(packageId)}/answer`,
  confirmation: (packageId: string) => `${opportunity(packageId)}/confirmation`,
  attachment: (packageId: string, id: string) => `${opportunity(packageId)}/attachments/${id}`,
  file: (packageId: string, id: string) => `${opportunity(packageId)}/files/${id}`,
  team: (packageId: string) => `${opportunity(packageId)}/team`,
  teamRemoval: (packageId: string, placeId: string) => `${opportunity(packageId)}/team/${placeId}/removal`,
  teamLead: (packageId: string, placeId: string) => `${opportunity(packageId)}/team/${placeId}/lead`,
  teamRequest: (placeId: string) => `/enterprise/teams/${placeId}`,
  teamRequestLead: (placeId: string) => `/enterprise/teams/${placeId}/lead`,
  question: (packageId: string) => `${opportunity(packageId)}/question`,
  award: (packageId: string) => `${opportunity(packageId)}/award`,
  performances: () => '/enterprise/performances',
  performance: (id: string) => `/enterprise/performances/${id}`,
  profile: () => '/enterprise/profile',
  profileAbout: () => '/enterprise/profile/about',
  newActivity: () => '/enterprise/profile/activities/new',
  activity: (index: number) => `/enterprise/profile/activities/${index}`,
  removeActivity: (index: number) => `/enterprise/profile/activities/${index}/removal`,
  whatIf: () => '/enterprise/what-if',
  approvalDocument: (id: string) => `/enterprise/profile/documents/${id}`,
  newApproval: () => '/enterprise/profile/approvals/new',
};

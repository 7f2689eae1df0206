/** Addresses of a person's own account. */
export const accountPaths = {
  account: () => '/account',
  endSession: (id: string) => `/account/sessions/${id}/end`,
  invitation: (token: string) => `/invitation/${token}`,
  forgotten: () => '/password',
  changePassword: () => '/account/password',
  mails: () => '/account/mails',
  members: () => '/account/members',
  memberRole: (id: string) => `/account/members/${id}/role`,
  removeMember: (id: string) => `/account/members/${id}/removal`,
  withdrawInvitation: (id: string) => `/account/invitations/${id}/withdrawal`,
  data: () => '/account/data',
  dataFile: () => '/account/data/file',
  erasure: () => '/account/erasure',
  tokens: () => '/account/tokens',
  revokeToken: (id: string) => `/account/tokens/${id}/revocation`,
};

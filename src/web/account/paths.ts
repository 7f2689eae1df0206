/** Addresses of a person's own account. */
export const accountPaths = {
  account: () => '/account',
  endSession: (id: string) => `/account/sessions/${id}/end`,
  invitation: (token: string) => `/invitation/${token}`,
};

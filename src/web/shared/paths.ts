/** Addresses that belong to nobody in particular. */
export const paths = {
  home: () => '/',
  signIn: () => '/sign-in',
  signOut: () => '/sign-out',
  register: () => '/register',
  account: () => '/account',
  accessibility: () => '/accessibility',
  privacy: () => '/privacy',
  help: () => '/help',
  status: () => '/status',
  ranking: () => '/ranking',
  publicTenders: () => '/tenders',
  publicTender: (id: string) => `/tenders/${id}`,
  tradeSearch: () => '/api/v1/trades',
};

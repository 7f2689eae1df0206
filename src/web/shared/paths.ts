/** Addresses that belong to nobody in particular. */
export const paths = {
  home: () => '/',
  signIn: () => '/sign-in',
  signOut: () => '/sign-out',
  /** @param trial token of what a contractor tried: it stays in the address, whatever language the page is in */
  register: (trial?: string | null) => (trial ? `/register?trial=${trial}` : '/register'),
  account: () => '/account',
  accessibility: () => '/accessibility',
  privacy: () => '/privacy',
  help: () => '/help',
  status: () => '/status',
  ranking: () => '/ranking',
  publicTenders: () => '/tenders',
  publicTender: (id: string) => `/tenders/${id}`,
  publicFeed: () => '/tenders.atom',
  tradeSearch: () => '/api/v1/trades',
};

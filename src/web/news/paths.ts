/** Addresses of what a person was told in the application, and of the link that stops mails. */
export const newsPaths = {
  news: () => '/news',
  stop: (token: string) => `/mail/stop/${token}`,
  resume: (token: string) => `/mail/stop/${token}/resume`,
};

/** Addresses that programs ask again and again. What stands in the first two is a secret. */
export const feedPaths = {
  news: (token: string) => `/feeds/${token}/news.atom`,
  calendar: (token: string) => `/feeds/${token}/calendar.ics`,
};

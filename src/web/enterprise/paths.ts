const root = '/enterprise/opportunities';
const opportunity = (packageId: string): string => `${root}/${packageId}`;

/** Addresses of the social enterprise's pages. */
export const enterprisePaths = {
  opportunities: () => root,
  opportunity,
  answer: (packageId: string) => `${opportunity(packageId)}/answer`,
};

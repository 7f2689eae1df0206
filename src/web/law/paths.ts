/** Addresses of the pages on which the law can be read. */
export const lawPaths = {
  law: () => '/law',
  basis: (key: string) => `/law/${key}`,
  rules: () => '/administrator/rules',
  rule: (set: string, key: string) => `/administrator/rules/${set}/${encodeURIComponent(key)}`,
  proposals: () => '/administrator/proposals',
  proposal: (id: string) => `/administrator/proposals/${id}`,
  decide: (id: string, outcome: 'approval' | 'rejection' | 'retirement') =>
    `/administrator/proposals/${id}/${outcome}`,
};

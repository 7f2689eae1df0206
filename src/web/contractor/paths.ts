const root = '/contractor/tenders';
const tender = (id: string): string => `${root}/${id}`;
const workPackage = (id: string, packageId: string): string => `${tender(id)}/packages/${packageId}`;

/** Addresses of the contractor's pages, one per step of the journey. */
export const contractorPaths = {
  tenders: () => root,
  bring: () => `${root}/new`,
  tender,
  packages: (id: string) => `${tender(id)}/packages`,
  package: workPackage,
  confirmPackage: (id: string, packageId: string) => `${workPackage(id, packageId)}/confirm`,
  correctPackage: (id: string, packageId: string) => `${workPackage(id, packageId)}/correct`,
  buyer: (id: string, question: string) => `${tender(id)}/buyer/${question}`,
  clauses: (id: string) => `${tender(id)}/clauses`,
  publish: (id: string) => `${tender(id)}/publish`,
  board: (id: string) => `${tender(id)}/board`,
  match: (id: string, packageId: string, enterpriseId: string) =>
    `${workPackage(id, packageId)}/matches/${enterpriseId}`,
};

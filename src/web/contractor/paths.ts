const root = '/contractor/tenders';
const tender = (id: string): string => `${root}/${id}`;
const obligations = '/contractor/obligations';
const obligation = (id: string): string => `${obligations}/${id}`;
const trial = (token: string): string => `/try/${token}`;
const workPackage = (id: string, packageId: string): string => `${tender(id)}/packages/${packageId}`;

/** Addresses of the contractor's pages, one per step of the journey. */
export const contractorPaths = {
  tenders: () => root,
  bring: () => `${root}/new`,
  example: () => `${root}/new/example`,
  describe: () => `${root}/new/description`,
  description: (id: string) => `${root}/new/description/${id}`,
  reading: (importId: string) => `/contractor/readings/${importId}`,
  answers: (importId: string) => `/contractor/readings/${importId}/answers`,
  processes: (importId: string) => `/contractor/readings/${importId}/processes`,
  columns: (importId: string, table: number) => `/contractor/readings/${importId}/columns/${table}`,
  layouts: () => '/contractor/layouts',
  revokeLayout: (id: string) => `/contractor/layouts/${id}/revocation`,
  tagRules: () => '/contractor/tag-rules',
  acceptTagRule: (id: string) => `/contractor/tag-rules/${id}/acceptance`,
  endTagRule: (id: string) => `/contractor/tag-rules/${id}/end`,
  teach: (id: string, packageId: string) => `${workPackage(id, packageId)}/rule`,
  tender,
  package: workPackage,
  merge: (id: string, packageId: string) => `${tender(id)}?merge=${packageId}#packages-form`,
  whatIf: (id: string, packageId: string) => `${workPackage(id, packageId)}/what-if`,
  teamCall: (id: string, packageId: string) => `${workPackage(id, packageId)}/team`,
  teamCallEnd: (id: string, packageId: string) => `${workPackage(id, packageId)}/team/end`,
  teamCallFill: (id: string, packageId: string, placeId: string) =>
    `${workPackage(id, packageId)}/team/${placeId}/replacement`,
  terms: (id: string, packageId: string) => `${workPackage(id, packageId)}/terms`,
  lines: (id: string, packageId: string) => `${workPackage(id, packageId)}/lines`,
  packages: (id: string) => `${tender(id)}/packages`,
  review: (id: string) => `${tender(id)}/review`,
  corrections: (id: string) => `${tender(id)}/corrections`,
  correction: (id: string, readingId: string) => `${tender(id)}/corrections/${readingId}`,
  why: (id: string, packageId: string) => `${workPackage(id, packageId)}/clause`,
  history: (id: string) => `${tender(id)}/history`,
  /** Where the person left off. */
  buyer: (id: string) => `${tender(id)}/buyer`,
  buyerQuestion: (id: string, question: string) => `${tender(id)}/buyer/${question}`,
  clauses: (id: string) => `${tender(id)}/clauses`,
  publish: (id: string) => `${tender(id)}/publish`,
  mailPreview: (id: string) => `${tender(id)}/publish/mail`,
  board: (id: string) => `${tender(id)}/board`,
  /** The page of it on which a package stands. */
  boardAt: (id: string, packageId: string) => `${tender(id)}/board?package=${packageId}#package-${packageId}`,
  question: (id: string, questionId: string) => `${tender(id)}/questions/${questionId}`,
  packageAnswers: (id: string, packageId: string) => `${tender(id)}/packages/${packageId}/answers`,
  decision: (id: string, answerId: string) => `${tender(id)}/answers/${answerId}/decision`,
  attachment: (id: string, answerId: string, attachmentId: string) =>
    `${tender(id)}/answers/${answerId}/attachments/${attachmentId}`,
  files: (id: string) => `${tender(id)}/files`,
  file: (id: string, fileId: string) => `${tender(id)}/files/${fileId}`,
  additions: (id: string) => `${tender(id)}/additions`,
  extension: (id: string) => `${tender(id)}/extension`,
  packageWithdrawal: (id: string, packageId: string) => `${workPackage(id, packageId)}/withdrawal`,
  withdraw: (id: string) => `${tender(id)}/withdraw`,
  match: (id: string, packageId: string, enterpriseId: string) =>
    `${workPackage(id, packageId)}/matches/${enterpriseId}`,
  obligations: () => obligations,
  newObligation: () => `${obligations}/new`,
  obligation,
  debt: (id: string) => `${obligation(id)}/debt`,
  entry: (id: string, stage: string) => `${obligation(id)}/entries/${stage}`,
  endEntry: (id: string, entryId: string) => `${obligation(id)}/ended/${entryId}`,
  /** Before there is an account. */
  try: () => '/try',
  trial,
  trialPackages: (token: string) => `${trial(token)}/packages`,
  keepTrial: (token: string) => `${trial(token)}/keep`,
  attempts: (id: string) => `${obligation(id)}/attempts`,
  newAttempt: (id: string) => `${obligation(id)}/attempts/new`,
};

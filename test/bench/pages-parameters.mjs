// What stands in the addresses of pages for the names of their parameters.
const dist = (path) => import(new URL(`../../dist/src/${path}`, import.meta.url));

/** Links that mails would carry, each open. */
export async function doors(service, people, secret) {
  const { replaceInvitation } = await dist('accounts/invitation.repository.js');
  const { makeFeedLink } = await dist('accounts/feed-link.repository.js');
  const { replaceReset } = await dist('accounts/password-reset.repository.js');
  const { replaceRegistration } = await dist('accounts/registration.repository.js');
  const { linkToken } = await dist('accounts/tokens.js');
  const { stopToken } = await dist('notifications/stop-token.js');
  const { organisationId, actor } = people.enterprise;
  const now = service.clock.now();
  const who = { name: 'Nadia Lambert', email: 'nadia@example.org', language: 'fr' };
  const system = { role: 'system', organisationId: null, personId: null, requestId: 'bench' };
  return service.database.transaction(system, async (tx) => {
    const asked = {
      ...who,
      enterpriseNumber: '0200065765',
      organisationName: 'Jardins et Toits',
      trialId: null,
    };
    const registration = await replaceRegistration(tx, asked, secret, now);
    const reset = await replaceReset(tx, { personId: actor.personId, organisationId }, secret, now);
    const invited = { ...who, organisationId, organisationRole: 'member' };
    const invitation = await replaceInvitation(tx, invited, secret, now);
    return {
      invitation: invitation.token,
      registration: linkToken(secret, 'registration', registration),
      reset: linkToken(secret, 'password', reset),
      feeds: await makeFeedLink(tx, { personId: actor.personId, organisationId }, now),
      stop: stopToken({ personId: actor.personId, list: 'offers' }, secret),
    };
  });
}

/** The same names for the two long tenders. */
export const ofLongTenders = (objects) => ({
  ...objects,
  draftId: objects.longDraftId,
  draftPackage: objects.longDraftPackage,
  tenderId: objects.longTenderId,
  packageId: objects.longPackage,
  answerId: objects.longAnswer,
});

/** By route, or by the beginning of it. */
export function parametersOf(objects) {
  const drafted = { id: objects.draftId, packageId: objects.draftPackage };
  return {
    'GET /law/:key': { key: 'BE-2016-15' },
    'GET /invitation': { token: objects.invitation },
    'GET /register/': { token: objects.registration },
    'GET /tenders/:id': { id: objects.tenderId },
    'GET /try/': { token: objects.trial },
    'GET /password/': { token: objects.reset },
    'GET /mail/stop': { token: objects.stop },
    'GET /feeds/': { token: objects.feeds },
    'GET /contractor/readings/:id': { id: objects.readingId },
    'GET /contractor/tenders/:id/buyer': { ...drafted, question: 'authority' },
    'GET /contractor/tenders/:id/clauses': drafted,
    'GET /contractor/tenders/:id/publish': drafted,
    'GET /contractor/tenders/:id/review': drafted,
    'GET /contractor/tenders/:id/corrections': { ...drafted, readingId: objects.correctionId },
    'GET /contractor/tenders/:id/packages/:packageId/rule': drafted,
    'GET /contractor/tenders/:id/packages/:packageId/terms': drafted,
    'GET /contractor/tenders/:id/packages/:packageId/lines': drafted,
    'GET /contractor/tenders': { ...objects, id: objects.tenderId },
    'GET /contractor/obligations': { ...objects, id: objects.obligationId, stage: 'planned' },
    'GET /enterprise/opportunities/:packageId/award': { packageId: objects.awardedPackage },
    'GET /enterprise/opportunities/:packageId/attachments': {
      packageId: objects.awardedPackage,
      attachmentId: objects.attachmentId,
    },
    'GET /enterprise/opportunities': { packageId: objects.packageId, fileId: objects.fileId },
    'GET /enterprise/teams': { placeId: objects.placeId },
    'GET /enterprise/performances': { id: objects.entryId },
    'GET /enterprise/profile/activities': { index: '0' },
    'GET /enterprise/profile/documents': { id: objects.documentId },
    'GET /working-group/exports': { file: 'by-trade.csv' },
    'GET /working-group/losses/packages': { query: '?reason=not-placeable' },
    'GET /working-group/packages': { query: '?by=trade&of=45400000&figure=placeable' },
    'GET /administrator/rules': { set: 'overlay', key: objects.ruleKey },
    'GET /administrator/proposals': { id: objects.proposalId },
    'GET /administrator/approvals': { id: objects.documentId },
    'GET /administrator/outbox': { id: objects.mailId },
  };
}

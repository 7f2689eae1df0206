import { audit } from '../../src/platform/audit/index.js';
import { rows } from '../../src/platform/db/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { aPublishedTender } from '../factories/published-tender.factory.js';

describe('who opened what', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let enterprise: SignedInBrowser;
  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor', name: 'Paul Personne' });
    enterprise = await service.signIn({ role: 'enterprise', name: 'Jeanne Quelquun' });
    const owner = contractor.actor.organisationId!;
    const publish = (title: string) =>
      service.database.transaction(SYSTEM, (tx) =>
        aPublishedTender(tx, {
          organisationId: owner,
          deadline: new Date('2026-12-15T11:00:00Z'),
          packages: [title],
        }),
      );
    const kept = await publish('Toitures de tous les jours');
    const open = await publish('Peintures au grand jour');
    await service.database.transaction(SYSTEM, (tx) =>
      rows(tx, `INSERT INTO tenders.audience (tender_id, organisation_id, kind) VALUES ($1, $2, 'public')`, [
        open.tenderId,
        owner,
      ]),
    );
    const { actor } = enterprise;
    for (const [subjectId] of [kept.packageIds, open.packageIds])
      await service.database.transaction(actor, (tx) =>
        audit(tx, {
          organisationId: owner,
          action: 'work-package.read',
          subjectId: subjectId!,
          details: { by: actor.organisationId },
          at: service.clock.now(),
        }),
      );
  }, 180_000);
  afterAll(() => service.stop());

  it('is told to the working group, by organisation and not by person; what is open to everybody is not', async () => {
    const group = await service.signIn({ role: 'working-group', language: 'fr' });
    const page = await group.browser.get('/working-group/governance');
    expect(page.status).toBe(200);
    for (const told of ['Toitures de tous les jours', 'Organisation enterprise', 'Organisation contractor'])
      expect([told, page.text.includes(told)]).toEqual([told, true]);
    expect(page.text).not.toContain('Peintures au grand jour');
    for (const person of ['Jeanne Quelquun', enterprise.email]) expect(page.text).not.toContain(person);
  });

  it('is told to nobody else, on the page or by the database', async () => {
    for (const one of [contractor, enterprise])
      expect((await one.browser.get('/working-group/governance')).status).not.toBe(200);
    const seenBy = (actor: SignedInBrowser['actor']) =>
      service.database.transaction(actor, (tx) =>
        rows<{ action: string }>(tx, 'SELECT DISTINCT action FROM platform.audit_entry', []),
      );
    expect((await seenBy(enterprise.actor)).map(({ action }) => action)).not.toContain('work-package.read');
    const group = await service.signIn({ role: 'working-group' });
    // Of the records of others it reads that something was opened, and nothing else.
    const others = await service.database.transaction(group.actor, (tx) =>
      rows<{ action: string }>(
        tx,
        'SELECT DISTINCT action FROM platform.audit_entry WHERE organisation_id <> $1',
        [group.actor.organisationId],
      ),
    );
    expect(others).toEqual([{ action: 'work-package.read' }]);
  });
});

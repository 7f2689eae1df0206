import { OffersService } from '../../src/matching/index.js';
import { rows } from '../../src/platform/db/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { draftTender } from './publish.js';

describe('an answer with dates, a price and conditions', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let first: SignedInBrowser;
  let second: SignedInBrowser;
  let tenderId: string;
  let packageId: string;

  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    first = await service.signIn({ role: 'enterprise', language: 'nl' });
    second = await service.signIn({ role: 'enterprise' });
    for (const person of [contractor, first, second]) person.browser.set('x-form-token', person.formToken);
    await service.database.transaction(SYSTEM, async (tx) => {
      await rows(tx, `UPDATE accounts.organisation SET language = 'nl' WHERE id = $1`, [
        first.actor.organisationId,
      ]);
      for (const { actor } of [first, second]) {
        const { id: _, ...enterprise } = anEnterprise({
          activities: [anActivity({ trades: ['45442100'] })],
        });
        const registry = service.app.get(RegistryService);
        const id = await registry.register(tx, SYSTEM, enterprise, { organisationId: actor.organisationId! });
        await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
      }
    });
    tenderId = await draftTender(contractor, ['45442100']);
    await contractor.browser.patch(`/api/v1/tenders/${tenderId}`).send({ asksPrice: true }).expect(204);
    await contractor.browser.post(`/api/v1/tenders/${tenderId}/publication`).expect(204);
    packageId = await eventually(async () => {
      const { body } = await first.browser.get('/api/v1/opportunities');
      return (body.items[0]?.packageId as string | undefined) ?? null;
    });
    await eventually(async () => {
      const { body } = await second.browser.get('/api/v1/opportunities');
      return body.items[0] ?? null;
    });
  });
  afterAll(() => service.stop());

  const post = (person: SignedInBrowser, path: string, fields: Record<string, string>) =>
    person.browser
      .post(path)
      .type('form')
      .send({ _token: person.formToken, ...fields });
  const answers = async () =>
    (await contractor.browser.get(`/api/v1/tenders/${tenderId}/answers`)).body.items;

  it('is read as people write it, and asked for where the contractor asks', async () => {
    const path = `/enterprise/opportunities/${packageId}/answer`;
    const missing = await post(first, path, { kind: 'full' });
    expect([missing.status, missing.text.includes('id="price-error"')]).toEqual([422, true]);
    const doubtful = await post(first, path, { kind: 'full', price: '1.234' });
    expect([doubtful.status, doubtful.text.includes('1.234')]).toEqual([422, true]);
    const given = { kind: 'full', price: '2 500,50', startsOn: '1/2/2027', endsOn: '2027-03-01' };
    expect((await post(first, path, { ...given, conditions: 'Water ter plaatse' })).status).toBe(303);
    const { status } = await second.browser
      .put(`/api/v1/opportunities/${packageId}/answer`)
      .send({ kind: 'part', part: 'Le rez', price: '900.00', startsOn: '2027-04-01' });
    expect(status).toBe(200);
    expect(await answers()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'full',
          price: '2500.50',
          startsOn: '2027-02-01',
          endsOn: '2027-03-01',
          conditions: 'Water ter plaatse',
        }),
        expect.objectContaining({ kind: 'part', price: '900.00', startsOn: '2027-04-01', endsOn: null }),
      ]),
    );
    // Its own page says back what was answered; nobody else's price is on it.
    const own = (await second.browser.get(`/enterprise/opportunities/${packageId}`)).text;
    expect(own).toContain('à partir du 1er avril 2027');
    expect([own.includes('900'), own.includes('2 500') || own.includes('2500')]).toEqual([true, false]);
  });

  it('gives its words to the next answer, where they are asked for', async () => {
    const builder = await service.signIn({ role: 'contractor' });
    const next = await draftTender(builder, ['45442100']);
    await builder.browser.post(`/api/v1/tenders/${next}/publication`).expect(204);
    const other = await eventually(async () => {
      const { body } = await first.browser.get('/api/v1/opportunities');
      const found = body.items.find((one: { packageId: string }) => one.packageId !== packageId);
      return (found?.packageId as string | undefined) ?? null;
    });
    const form = `/enterprise/opportunities/${other}/answer`;
    const empty = await first.browser.get(form);
    expect(empty.text).not.toContain('Water ter plaatse');
    const href = /href="([^"]+words=last)"/.exec(empty.text)![1]!.replaceAll('&amp;', '&');
    expect((await first.browser.get(href)).text).toContain('Water ter plaatse');
    // Whoever never said any is offered none.
    expect((await second.browser.get(`/enterprise/opportunities/${other}/answer`)).text).not.toContain(
      'words=last',
    );
  });

  it('stands beside the others for the contractor, and for nobody else', async () => {
    const path = `/contractor/tenders/${tenderId}/packages/${packageId}/answers`;
    const page = await contractor.browser.get(path);
    expect(page.status).toBe(200);
    const [whole, part] = ['2 500,50', '900 €'].map((price) =>
      page.text.replaceAll(/[\u00a0\u202f]/g, ' ').indexOf(price),
    );
    expect(whole).toBeGreaterThan(0);
    expect(part).toBeGreaterThan(whole!);
    expect((await contractor.browser.get(`/contractor/tenders/${tenderId}/board`)).text).toContain(path);
    const stranger = await service.signIn({ role: 'contractor' });
    expect((await stranger.browser.get(path)).status).toBe(404);
    expect((await first.browser.get(path)).status).not.toBe(200);
  });

  it('can be declined after reading what the enterprise will read, in its language; before, nothing is sent', async () => {
    const [answer] = (await answers()).filter(({ kind }: { kind: string }) => kind === 'full');
    const path = `/contractor/tenders/${tenderId}/answers/${answer.id}/decision`;
    const decline = { act: 'decline', reason: 'dates', message: 'Een andere keer graag', seen: '' };
    const preview = await post(contractor, path, { ...decline, preview: 'yes' });
    expect(preview.status).toBe(200);
    expect(preview.text).toContain('<div lang="nl">');
    expect(preview.text).toContain('Een andere keer graag');
    const decided = () => contractor.browser.get(`/api/v1/tenders/${tenderId}/decisions`);
    const stateOf = async () =>
      (await decided()).body.items.find((one: { answerId: string }) => one.answerId === answer.id)?.state;
    expect(await stateOf()).not.toBe('declined');
    expect((await post(contractor, path, decline)).status).toBe(303);
    expect(await stateOf()).toBe('declined');
  });
});

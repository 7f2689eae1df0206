import { OffersService } from '../../src/matching/index.js';
import { rows } from '../../src/platform/db/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { publishTender } from './publish.js';

const PDF = Buffer.from('%PDF-1.7\nplanning');

describe('an answer that is saved for later', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let first: SignedInBrowser;
  let colleague: SignedInBrowser;
  let rival: SignedInBrowser;
  let page: string;
  let packageId: string;
  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    first = await service.signIn({ role: 'enterprise', name: 'Nadia Lambert' });
    const { organisationId } = first.actor;
    colleague = await service.signIn({ role: 'enterprise', organisationId: organisationId! });
    rival = await service.signIn({ role: 'enterprise' });
    for (const person of [contractor, first, colleague, rival])
      person.browser.set('x-form-token', person.formToken);
    await service.database.transaction(SYSTEM, async (tx) => {
      for (const { actor } of [first, rival]) {
        const { id: _, ...enterprise } = anEnterprise({
          activities: [anActivity({ trades: ['45442100'] })],
        });
        const registry = service.app.get(RegistryService);
        const id = await registry.register(tx, SYSTEM, enterprise, { organisationId: actor.organisationId! });
        await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
      }
    });
    await publishTender(contractor, ['45442100']);
    packageId = await eventually(async () => {
      const { body } = await first.browser.get('/api/v1/opportunities');
      return (body.items[0]?.packageId as string | undefined) ?? null;
    });
    page = `/enterprise/opportunities/${packageId}`;
  }, 180_000);
  afterAll(() => service.stop());

  const hiddenIn = (html: string, name: string): string =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
  /** Fields of a form as this person has it open. */
  const opened = async (person: SignedInBrowser): Promise<Record<string, string>> => {
    const { text } = await person.browser.get(`${page}/answer`);
    const names = ['seenVersion', 'seenAnswer', 'seenDraft', 'attachments'];
    return Object.fromEntries(names.map((name) => [name, hiddenIn(text, name)]));
  };
  const send = (person: SignedInBrowser, fields: Record<string, string>) =>
    person.browser.post(`${page}/answer`).field({ _token: person.formToken, ...fields });
  const drafts = () =>
    service.database.transaction(SYSTEM, (tx) => rows<{ id: string }>(tx, 'SELECT id FROM answers.draft'));
  const files = () =>
    service.database.transaction(SYSTEM, (tx) => rows(tx, 'SELECT name FROM answers.attachment'));

  it('keeps what is entered, right or wrong, with its files, for the people of the enterprise alone', async () => {
    const entered = { kind: 'part', part: '', endsOn: 'en mai', message: 'Nous attendons le planning' };
    const saved = await send(first, { ...(await opened(first)), ...entered, action: 'save' }).attach(
      'files',
      PDF,
      'planning.pdf',
    );
    expect([saved.status, saved.headers['location']]).toEqual([303, page]);
    const form = (await colleague.browser.get(`${page}/answer`)).text;
    for (const said of ['en mai', 'Nous attendons le planning', 'planning.pdf', 'Nadia Lambert'])
      expect(form).toContain(said);
    expect(form).toMatch(/value="part"[^>]* checked/);
    expect((await colleague.browser.get('/enterprise/opportunities')).text).toContain('Brouillon enregistré');
    expect((await colleague.browser.get(page)).text).toContain('Continuer la réponse');

    const theirs = (await rival.browser.get(`${page}/answer`)).text;
    expect(theirs).not.toMatch(/Nous attendons|planning\.pdf/);
    expect((await rival.browser.get('/enterprise/opportunities')).text).not.toContain('Brouillon enregistré');
    const foreign = await service.database.transaction(contractor.actor, (tx) =>
      rows(tx, 'SELECT 1 FROM answers.draft UNION ALL SELECT 1 FROM answers.attachment'),
    );
    expect(foreign).toEqual([]);
  });

  it('shows both versions to whoever saves or sends after a colleague did', async () => {
    const before = await opened(first);
    const theirs = { ...(await opened(colleague)), kind: 'team', message: 'Avec les carreleurs ?' };
    expect((await send(colleague, { ...theirs, action: 'save' })).status).toBe(303);
    for (const action of ['save', 'send']) {
      const late = await send(first, { ...before, kind: 'full', message: 'Nous pouvons tout', action });
      expect(late.status).toBe(422);
      for (const said of ['Nous pouvons tout', 'Avec les carreleurs ?']) expect(late.text).toContain(said);
      expect(hiddenIn(late.text, 'seenDraft')).toBe((await drafts())[0]!.id);
    }
    const tooLong = await send(first, {
      ...(await opened(first)),
      message: 'x'.repeat(2001),
      action: 'save',
    });
    expect([tooLong.status, tooLong.text.includes('id="message-error"')]).toEqual([422, true]);
  });

  it('is gone when it is sent, its files sent with it, and when it is thrown away', async () => {
    expect((await send(first, { ...(await opened(first)), kind: 'full' })).status).toBe(303);
    expect([await drafts(), await files()]).toEqual([[], [{ name: 'planning.pdf' }]]);
    const change = { ...(await opened(first)), kind: 'full', message: 'Autre', action: 'save' };
    expect((await send(first, change).attach('files', PDF, 'autre.pdf')).status).toBe(303);
    expect(await files()).toHaveLength(2);
    expect((await send(rival, { action: 'discard' })).status).toBe(303);
    expect(await drafts()).toHaveLength(1);
    const seen = await opened(first);
    const theirs = { ...(await opened(colleague)), kind: 'full', message: 'La mienne', action: 'save' };
    expect((await send(colleague, theirs)).status).toBe(303);
    const unseen = await send(first, { ...seen, action: 'discard' });
    expect([unseen.status, unseen.text.includes('La mienne')]).toEqual([422, true]);
    expect(await drafts()).toHaveLength(1);
    const discarded = { ...(await opened(first)), action: 'discard' };
    for (const _ of [1, 2]) expect((await send(first, discarded)).status).toBe(303);
    // What the contractor reads already stays.
    expect([await drafts(), await files()]).toEqual([[], [{ name: 'planning.pdf' }]]);
    const stranger = await service.signIn({ role: 'enterprise' });
    expect((await send(stranger, { action: 'save', message: 'x' })).status).toBe(404);
    service.clock.advanceMs(400 * 86_400_000);
    const late = await service.signIn({ role: 'enterprise', organisationId: first.actor.organisationId! });
    expect((await send(late, { action: 'save', message: 'x' })).status).toBe(409);
  });
});

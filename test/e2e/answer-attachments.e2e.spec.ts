import { OffersService } from '../../src/matching/index.js';
import { rows } from '../../src/platform/db/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { startClamd, type Clamd } from '../clamd.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { draftTender } from './publish.js';

const PDF = Buffer.from('%PDF-1.7\nnos références');
const NOTES = Buffer.from('Rendez-vous lundi à 8 h');
const INFECTED = Buffer.from('%PDF-1.7 a bad signature');

describe('files beside an answer', () => {
  let clamd: Clamd;
  let service: TestApp;
  let contractor: SignedInBrowser;
  let holder: SignedInBrowser;
  let rival: SignedInBrowser;
  let tenderId: string;
  let packageId: string;
  beforeAll(async () => {
    clamd = await startClamd('bad signature');
    service = await startTestApp({ clamdAddress: clamd.address });
    contractor = await service.signIn({ role: 'contractor' });
    holder = await service.signIn({ role: 'enterprise' });
    rival = await service.signIn({ role: 'enterprise' });
    for (const person of [contractor, holder, rival]) person.browser.set('x-form-token', person.formToken);
    await service.database.transaction(SYSTEM, async (tx) => {
      for (const { actor } of [holder, rival]) {
        const { id: _, ...enterprise } = anEnterprise({
          activities: [anActivity({ trades: ['45442100'] })],
        });
        const registry = service.app.get(RegistryService);
        const id = await registry.register(tx, SYSTEM, enterprise, { organisationId: actor.organisationId! });
        await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
      }
    });
    tenderId = await draftTender(contractor, ['45442100']);
    await contractor.browser.post(`/api/v1/tenders/${tenderId}/publication`).expect(204);
    packageId = await eventually(async () => {
      const { body } = await holder.browser.get('/api/v1/opportunities');
      return (body.items[0]?.packageId as string | undefined) ?? null;
    });
  }, 180_000);
  afterAll(async () => {
    await service.stop();
    await clamd.stop();
  });

  const page = () => `/enterprise/opportunities/${packageId}`;
  /** The form as a browser without scripts sends it. */
  const send = (fields: Record<string, string | string[]>, ...files: (readonly [Buffer, string])[]) => {
    const form = holder.browser.post(`${page()}/answer`).field({ _token: holder.formToken }).field(fields);
    for (const [bytes, name] of files) form.attach('files', bytes, name);
    return form;
  };
  const shownIn = (html: string): string[] =>
    [...html.matchAll(/name="attachments" value="([^"]+)"/g)].map(([, id]) => id!);
  const answer = async () =>
    (await contractor.browser.get(`/api/v1/tenders/${tenderId}/answers`)).body.items[0];
  const stored = () =>
    service.database.transaction(SYSTEM, (tx) =>
      rows<{ name: string }>(tx, 'SELECT name FROM answers.attachment ORDER BY name'),
    );

  it('stay when the rest of the form is wrong, each by itself, and are nobody else’s before they are sent', async () => {
    const wrong = await send(
      { kind: 'part', part: '' },
      [PDF, 'références.pdf'],
      [Buffer.from('<script>1</script>'), 'plan.pdf'],
      [INFECTED, 'vers.pdf'],
    );
    expect(wrong.status).toBe(422);
    expect(wrong.text).toMatch(/plan\.pdf.{1,3}n’est pas d’un type accepté/);
    expect(wrong.text).toContain('id="part-error"');
    expect(wrong.text).toContain('Un navigateur ne garde pas');
    expect(await stored()).toEqual([{ name: 'références.pdf' }]);
    const [id] = shownIn(wrong.text);
    const own = await holder.browser.get(`${page()}/attachments/${id}`).buffer(true);
    expect((own.body as Buffer).equals(PDF)).toBe(true);
    expect(own.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
    });
    expect(own.headers['content-disposition']).toMatch(/^attachment; /);
    for (const path of [
      `${page()}/attachments/${id}`,
      `/api/v1/opportunities/${packageId}/attachments/${id}`,
    ])
      expect((await rival.browser.get(path)).status).toBe(404);
    expect((await rival.browser.get(`/api/v1/opportunities/${packageId}/attachments`)).body.items).toEqual(
      [],
    );
    expect(await answer()).toBeUndefined();
  });

  it('go with the answer to whoever decides on it, who is seen to open them, and to nobody else', async () => {
    const form = await holder.browser.get(`${page()}/answer?kind=full`);
    const attachments = shownIn(form.text);
    expect((await send({ kind: 'full', attachments }, [NOTES, 'notes.txt'])).status).toBe(303);
    const { id, attachments: sent } = await answer();
    expect(sent.map(({ name, scanned }: { name: string; scanned: boolean }) => [name, scanned])).toEqual([
      ['notes.txt', true],
      ['références.pdf', true],
    ]);
    const file = `/contractor/tenders/${tenderId}/answers/${id}/attachments/${sent[1].id}`;
    const decision = await contractor.browser.get(`/contractor/tenders/${tenderId}/answers/${id}/decision`);
    expect(decision.text).toContain(`href="${file}"`);
    const compared = await contractor.browser.get(
      `/contractor/tenders/${tenderId}/packages/${packageId}/answers`,
    );
    expect(compared.text).toContain(`href="${file}"`);
    expect((await holder.browser.get(page())).text).not.toContain('Ouvert');
    expect(((await contractor.browser.get(file).buffer(true)).body as Buffer).equals(PDF)).toBe(true);
    const called = await contractor.browser.get(
      `/api/v1/tenders/${tenderId}/answers/${id}/attachments/${sent[0].id}`,
    );
    expect(called.text).toBe(NOTES.toString());
    expect((await holder.browser.get(page())).text).toMatch(
      /références\.pdf.*Ouvert par .* le 24 novembre 2026/s,
    );

    const stranger = await service.signIn({ role: 'contractor' });
    expect((await stranger.browser.get(file)).status).toBe(404);
    for (const role of ['enterprise', 'working-group', 'administrator'] as const)
      expect((await (await service.signIn({ role })).browser.get(file)).status).toBe(403);
    expect((await service.visitor().get(file)).status).toBe(303);
    const opened = await service.database.transaction(SYSTEM, (tx) =>
      rows<{ of: string }>(
        tx,
        `SELECT organisation_id AS "of" FROM platform.audit_entry WHERE action = 'answer-attachment.read'`,
      ),
    );
    expect(opened).toEqual([1, 2].map(() => ({ of: holder.actor.organisationId })));
    const watching = await service.signIn({ role: 'working-group' });
    expect((await watching.browser.get('/working-group/governance')).text).toContain('Fichier d’une réponse');
  });

  it('are five at most, sent by programs, too; what is left out is deleted, and a no deletes them all', async () => {
    const calls = `/api/v1/opportunities/${packageId}`;
    const bring = (name: string) => holder.browser.post(`${calls}/attachments`).attach('file', NOTES, name);
    const [, first] = (await answer()).attachments;
    const more: string[] = [];
    for (const n of [1, 2, 3, 4, 5]) more.push((await bring(`${n}.txt`).expect(201)).body.id);
    const sixth = await bring('6.txt');
    expect([sixth.status, sixth.body.code]).toEqual([409, 'attachments-too-many']);
    const put = (attachments?: string[]) =>
      holder.browser.put(`${calls}/answer`).send({ kind: 'full', ...(attachments ? { attachments } : {}) });
    expect((await put([first.id, ...more])).status).toBe(422);
    expect((await put(['00000000-0000-7000-8000-000000000000'])).status).toBe(422);
    expect((await put([first.id, more[0]!])).status).toBe(200);
    expect(await stored()).toEqual([{ name: '1.txt' }, { name: 'références.pdf' }]);

    const form = await holder.browser.get(`${page()}/answer?kind=full`);
    const [gone, kept] = shownIn(form.text);
    expect((await send({ kind: 'full', attachments: [kept!, gone!], removed: [gone!] })).status).toBe(303);
    expect(await stored()).toEqual([{ name: 'références.pdf' }]);
    const before = (await answer()).id;
    const file = `/contractor/tenders/${tenderId}/answers/${before}/attachments/${kept}`;
    expect((await contractor.browser.get(file)).status).toBe(200);
    expect((await send({ kind: 'no', reason: 'dates', attachments: [kept!] }, [NOTES, 'x.txt'])).status).toBe(
      303,
    );
    expect(await stored()).toEqual([]);
    expect((await contractor.browser.get(file)).status).toBe(404);
  });

  it('cannot be brought once it is too late, nor by whoever does not fit', async () => {
    const stranger = await service.signIn({ role: 'enterprise' });
    stranger.browser.set('x-form-token', stranger.formToken);
    const path = `/api/v1/opportunities/${packageId}/attachments`;
    expect((await stranger.browser.post(path).attach('file', PDF, 'x.exe')).status).toBe(404);
    expect((await stranger.browser.get(path)).status).toBe(404);
    expect((await holder.browser.post(path)).status).toBe(422);
    service.clock.advanceMs(400 * 86_400_000);
    const late = await service.signIn({ role: 'enterprise', organisationId: holder.actor.organisationId! });
    late.browser.set('x-form-token', late.formToken);
    expect((await late.browser.post(path).attach('file', PDF, 'x.pdf')).body.code).toBe('answer-too-late');
  });
});

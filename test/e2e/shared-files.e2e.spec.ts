import { OffersService } from '../../src/matching/index.js';
import { rows } from '../../src/platform/db/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { draftTender } from './publish.js';

const PLAN = Buffer.from('%PDF-1.7\nplan du rez');

describe('files of a tender for enterprises', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let fitting: SignedInBrowser;
  let other: SignedInBrowser;
  /** Fits as well as the first. */
  let uninvited: SignedInBrowser;
  let tenderId: string;
  let packageId: string;
  let original: Buffer;
  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    fitting = await service.signIn({ role: 'enterprise' });
    other = await service.signIn({ role: 'enterprise' });
    uninvited = await service.signIn({ role: 'enterprise' });
    for (const person of [contractor, fitting, other, uninvited])
      person.browser.set('x-form-token', person.formToken);
    await service.database.transaction(SYSTEM, async (tx) => {
      for (const [{ actor }, trade] of [
        [fitting, '45442100'],
        [other, '77310000'],
        [uninvited, '45442100'],
      ] as const) {
        const { id: _, ...enterprise } = anEnterprise({ activities: [anActivity({ trades: [trade] })] });
        const registry = service.app.get(RegistryService);
        const id = await registry.register(tx, SYSTEM, enterprise, { organisationId: actor.organisationId! });
        await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
      }
    });
    tenderId = await draftTender(contractor, ['45442100']);
    [{ content: original }] = (await service.database.transaction(SYSTEM, (tx) =>
      rows(
        tx,
        `SELECT f.content FROM tenders.tender t JOIN tenders.import i ON i.id = t.import_id
           JOIN tenders.source_file f ON f.id = i.source_file_id WHERE t.id = $1`,
        [tenderId],
      ),
    )) as [{ content: Buffer }];
  }, 180_000);
  afterAll(() => service.stop());

  const files = () => `/contractor/tenders/${tenderId}/files`;
  const shareOriginal = () =>
    contractor.browser.post(`${files()}/original`).type('form').send({ _token: contractor.formToken });
  const add = (bytes: Buffer, name: string) =>
    contractor.browser.post(files()).field({ _token: contractor.formToken }).attach('files', bytes, name);
  const seen = async () =>
    (await fitting.browser.get(`/api/v1/opportunities/${packageId}/files`)).body.items as {
      id: string;
      name: string;
      isOriginal: boolean;
    }[];
  const bodyOf = async (path: string): Promise<Buffer> =>
    (await fitting.browser.get(path).buffer(true).expect(200)).body as Buffer;

  it('are none until the contractor chooses: the page of publishing says so', async () => {
    expect((await contractor.browser.get(`/contractor/tenders/${tenderId}/publish`)).text).toContain(
      'Les entreprises ne voient pas votre document',
    );
    expect((await contractor.browser.get(files())).text).toContain('Rien n’est partagé');
    expect((await contractor.browser.post(files()).field({ _token: contractor.formToken })).status).toBe(422);
    expect((await add(Buffer.from('<html>'), 'plan.pdf')).status).toBe(422);
    expect((await add(PLAN, 'plan.pdf')).status).toBe(303);
    const page = (await contractor.browser.get(`/contractor/tenders/${tenderId}/publish`)).text;
    expect(page).toMatch(/ne voient pas votre document.*Vous partagez 1 autre fichier/s);
    // A draft is nobody else's.
    const [{ id }] = (await service.database.transaction(SYSTEM, (tx) =>
      rows(tx, 'SELECT id FROM tenders.shared_file'),
    )) as [{ id: string }];
    await contractor.browser.post(`/api/v1/tenders/${tenderId}/publication`).expect(204);
    packageId = await eventually(async () => {
      const { body } = await fitting.browser.get('/api/v1/opportunities');
      return (body.items[0]?.packageId as string | undefined) ?? null;
    });
    expect(await seen()).toEqual([expect.objectContaining({ id, name: 'plan.pdf', isOriginal: false })]);
  });

  it('can be had by who sees the package, and each time stands in the record of the contractor', async () => {
    expect((await shareOriginal()).status).toBe(303);
    expect((await shareOriginal()).status).toBe(303);
    const shared = await seen();
    expect(shared.map(({ isOriginal }) => isOriginal)).toEqual([true, false]);
    const page = (await fitting.browser.get(`/enterprise/opportunities/${packageId}`)).text;
    const [first, second] = shared.map(({ id }) => `/enterprise/opportunities/${packageId}/files/${id}`);
    for (const href of [first, second]) expect(page).toContain(`href="${href}"`);
    expect((await bodyOf(first!)).equals(original)).toBe(true);
    expect((await bodyOf(second!)).equals(PLAN)).toBe(true);
    const answer = await fitting.browser.get(first!);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers['content-disposition']).toMatch(/^attachment; /);
    expect((await contractor.browser.get(files())).text).toContain('Ouvert 2 fois par des entreprises');
  });

  it('are hidden from whoever may not know of the tender, and from everybody once no longer shared', async () => {
    const { id } = (await seen())[0]!;
    const paths = [
      `/enterprise/opportunities/${packageId}/files/${id}`,
      `/api/v1/opportunities/${packageId}/files/${id}`,
    ];
    for (const path of paths) expect((await other.browser.get(path)).status).toBe(404);
    expect((await other.browser.get(`/api/v1/opportunities/${packageId}/files`)).status).toBe(404);
    const rival = await service.signIn({ role: 'contractor' });
    rival.browser.set('x-form-token', rival.formToken);
    for (const path of [files(), `${files()}/${id}`])
      expect((await rival.browser.get(path)).status).toBe(404);
    const token = { _token: rival.formToken };
    for (const path of [`${files()}/original`, `${files()}/${id}/removal`])
      expect((await rival.browser.post(path).type('form').send(token)).status).toBe(404);
    expect((await rival.browser.post(files()).field(token).attach('files', PLAN, 'x.pdf')).status).toBe(404);
    for (const role of ['working-group', 'administrator'] as const)
      expect((await (await service.signIn({ role })).browser.get(paths[0]!)).status).toBe(403);
    expect((await service.visitor().get(paths[0]!)).status).toBe(303);

    // By a program, too.
    const calls = `/api/v1/tenders/${tenderId}/files`;
    expect((await contractor.browser.post(calls).attach('file', PLAN, 'coupe.pdf')).status).toBe(204);
    expect((await contractor.browser.post(calls)).body.code).toBe('file-missing');
    const { body } = await contractor.browser.get(calls);
    expect(body.items.map(({ name }: { name: string }) => name)).toContain('coupe.pdf');
    const added = body.items.find(({ name }: { name: string }) => name === 'coupe.pdf').id;
    const got = await contractor.browser.get(`${calls}/${added}`).buffer(true);
    expect((got.body as Buffer).equals(PLAN)).toBe(true);
    expect((await rival.browser.delete(`${calls}/${added}`)).status).toBe(404);
    expect((await contractor.browser.delete(`${calls}/${added}`)).status).toBe(204);
    expect((await contractor.browser.put(`${calls}/original`)).status).toBe(204);

    const removal = { _token: contractor.formToken };
    expect(
      (await contractor.browser.post(`${files()}/${id}/removal`).type('form').send(removal)).status,
    ).toBe(303);
    for (const path of paths) expect((await fitting.browser.get(path)).status).toBe(404);
    expect((await seen()).map(({ isOriginal }) => isOriginal)).toEqual([false]);
  });

  it('of a tender for those invited alone are not there for who was not, however well it fits', async () => {
    const builder = await service.signIn({ role: 'contractor' });
    builder.browser.set('x-form-token', builder.formToken);
    const id = await draftTender(builder, ['45442100']);
    const [{ invited }] = (await service.database.transaction(SYSTEM, (tx) =>
      rows(tx, 'SELECT id AS invited FROM registry.enterprise WHERE organisation_id = $1', [
        fitting.actor.organisationId,
      ]),
    )) as [{ invited: string }];
    const audience = { visibility: 'invited', invited: [invited] };
    await builder.browser.patch(`/api/v1/tenders/${id}`).send(audience).expect(204);
    await builder.browser.put(`/api/v1/tenders/${id}/files/original`).expect(204);
    await builder.browser.post(`/api/v1/tenders/${id}/publication`).expect(204);
    const privateId = await eventually(async () => {
      const { body } = await fitting.browser.get('/api/v1/opportunities');
      const found = body.items.find((one: { packageId: string }) => one.packageId !== packageId);
      return (found?.packageId as string | undefined) ?? null;
    });
    const calls = `/api/v1/opportunities/${privateId}/files`;
    const [file] = (await fitting.browser.get(calls)).body.items as { id: string }[];
    expect((await fitting.browser.get(`${calls}/${file!.id}`)).status).toBe(200);
    for (const path of [
      calls,
      `${calls}/${file!.id}`,
      `/enterprise/opportunities/${privateId}/files/${file!.id}`,
    ])
      expect((await uninvited.browser.get(path)).status).toBe(404);
    // By a package that it does see, neither.
    const own = `/api/v1/opportunities/${packageId}/files/${file!.id}`;
    expect((await uninvited.browser.get(`/api/v1/opportunities/${packageId}`)).status).toBe(200);
    expect((await uninvited.browser.get(own)).status).toBe(404);
    const seenBelow = await service.database.transaction(uninvited.actor, (tx) =>
      rows(tx, 'SELECT 1 FROM tenders.shared_file WHERE tender_id = $1', [id]),
    );
    expect(seenBelow).toEqual([]);
  });
});

import { OffersService } from '../../src/matching/index.js';
import { rows } from '../../src/platform/db/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';

const DAY_MS = 86_400_000;
const HEAD =
  'Projet;Rénovation du hall 4;;;;\nLieu;4100 Seraing;;;;\nPoste;Désignation;Unité;Quantité;Prix unitaire;Total\n';
const PAINT = [
  '1;PEINTURES;;;;',
  '1.1;Peinture des murs intérieurs, deux couches;m2;1200;8,00;9600,00',
  '1.2;Peinture des plafonds;m2;400;9,00;3600,00',
];
const TILES = [
  '2;CARRELAGES;;;;',
  '2.1;Carrelage de sol en grès cérame;m2;300;45,00;13500,00',
  '2.2;Plinthes en carrelage;m;150;12,00;1800,00',
];
const bill = (...lines: readonly string[]): string => `${HEAD}${lines.join('\n')}\n`;

interface WorkPackage {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly offered: boolean;
}

describe('a tender after it was published', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let painter: SignedInBrowser;
  let tiler: SignedInBrowser;
  let tenderId: string;
  let paint: WorkPackage;
  let tiles: WorkPackage;

  const api = '/api/v1/tenders';
  const must = <T>(response: { status: number; body: unknown; text: string }, status: number): T => {
    if (response.status !== status)
      throw new Error(`expected ${status}, got ${response.status}: ${response.text}`);
    return response.body as T;
  };
  const bring = (path: string, text: string) =>
    contractor.browser
      .post(path)
      .set('x-form-token', contractor.formToken)
      .attach('file', Buffer.from(text), 'metre.csv');
  const packagesOf = async (): Promise<WorkPackage[]> =>
    must<{ packages: WorkPackage[] }>(await contractor.browser.get(`${api}/${tenderId}`), 200).packages;
  const review = (item: WorkPackage, code: string) =>
    contractor.browser
      .put(`/api/v1/work-packages/${item.id}/review`)
      .send({ version: item.version, trades: [code], placeable: 'yes', offered: true });
  const post = (person: SignedInBrowser, path: string, fields: Record<string, string> = {}) =>
    person.browser
      .post(path)
      .type('form')
      .send({ _token: person.formToken, ...fields });
  const mailsTo = (
    person: SignedInBrowser,
    containing: string,
  ): Promise<{ subject: string; body: string }[]> =>
    service.database.transaction(SYSTEM, (tx) =>
      rows(
        tx,
        `SELECT subject, body FROM platform.outbox_mail WHERE recipient LIKE $1 AND strpos(subject || body, $2) > 0`,
        [`%${person.email}%`, containing],
      ),
    );
  const mailTo = (person: SignedInBrowser, containing: string) =>
    eventually(async () => (await mailsTo(person, containing))[0] ?? null);
  const opportunities = async (person: SignedInBrowser) =>
    must<{ items: { packageId: string; deadline: string; fitsNow: boolean }[] }>(
      await person.browser.get('/api/v1/opportunities'),
      200,
    ).items;

  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    painter = await service.signIn({ role: 'enterprise' });
    tiler = await service.signIn({ role: 'enterprise' });
    await service.database.transaction(SYSTEM, async (tx) => {
      for (const [person, trades] of [
        [painter, ['45442100']],
        [tiler, ['45431000', '45442100']],
      ] as const) {
        const { id: _, ...crew } = anEnterprise({
          activities: trades.map((one) => anActivity({ trades: [one] })),
        });
        const { organisationId } = person.actor;
        const registered = { organisationId: organisationId! };
        const id = await service.app.get(RegistryService).register(tx, SYSTEM, crew, registered);
        await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
      }
    });
    const reading = must<{ id: string }>(await bring('/api/v1/readings', bill(...PAINT, ...TILES)), 201);
    tenderId = must<{ tenderId: string }>(
      await contractor.browser.post(`/api/v1/readings/${reading.id}/draft`),
      201,
    ).tenderId;
    [paint, tiles] = (await packagesOf()) as [WorkPackage, WorkPackage];
    must(await review(paint, '45442100'), 200);
    must(await review(tiles, '45431000'), 200);
    const deadline = new Date(service.clock.now().getTime() + 20 * DAY_MS).toISOString();
    must(await contractor.browser.patch(`${api}/${tenderId}`).send({ deadline }), 204);
    must(await contractor.browser.put(`${api}/${tenderId}/buyer`).send({ buyer: 'private' }), 200);
    const clause = { instrument: 'VOLUNTARY', basis: 'BE-CONTRACT' };
    must(await contractor.browser.put(`${api}/${tenderId}/clause`).send(clause), 204);
    must(await contractor.browser.post(`${api}/${tenderId}/publication`), 204);
    await mailTo(painter, paint.title);
    await mailTo(tiler, tiles.title);
  });
  afterAll(() => service.stop());

  it('gets a later deadline: whoever heard of it is told why, and nobody can move it earlier', async () => {
    const page = `/contractor/tenders/${tenderId}/extension`;
    const { deadline } = (await opportunities(painter))[0]!;
    const day = new Date(new Date(deadline).getTime() + 9 * DAY_MS).toISOString().slice(0, 10);
    const earlier = { deadlineDay: service.clock.today(), deadlineTime: '23:59', reason: 'Plus vite' };
    const refused = await post(contractor, page, earlier);
    expect([refused.status, refused.text.includes('Plus vite')]).toEqual([422, true]);
    expect((await post(contractor, page, { deadlineDay: day, deadlineTime: '12:00' })).status).toBe(422);
    service.clock.advanceMs(1000);
    const given = { deadlineDay: day, deadlineTime: '12:00', reason: 'Une visite est ajoutée' };
    // Two colleagues at once: the second sees what the first decided, with the own entries kept.
    const both = await Promise.all([post(contractor, page, given), post(contractor, page, given)]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 422]);
    expect(both.find(({ status }) => status === 422)!.text).toContain('Une visite est ajoutée');

    for (const person of [painter, tiler]) {
      const mail = await mailTo(person, 'Une visite est ajoutée');
      expect(mail.body).not.toMatch(/\b(mail|extension)\.[a-z]/);
      expect(await mailsTo(person, 'Une visite est ajoutée')).toHaveLength(1);
      const isNews = (text: string) => text.includes('prolonge le délai de réponse') || null;
      // The news is written beside the mail, not before it.
      await eventually(async () => isNews((await person.browser.get('/news')).text));
    }
    expect((await opportunities(painter))[0]!.deadline.slice(0, 10)).toBe(day);
    const shown = await painter.browser.get(`/enterprise/opportunities/${paint.id}`);
    expect(shown.text).toContain('Une visite est ajoutée');
    const stranger = await service.signIn({ role: 'contractor' });
    expect((await post(stranger, page, given)).status).toBe(404);
    const again = { deadline: new Date(service.clock.now().getTime() + DAY_MS).toISOString(), reason: 'x' };
    expect((await contractor.browser.post(`${api}/${tenderId}/extension`).send(again)).status).toBe(409);
  });

  it('loses one package: told once, answers and decisions closed, the others go on', async () => {
    must(await tiler.browser.put(`/api/v1/opportunities/${paint.id}/answer`).send({ kind: 'full' }), 200);
    must(await tiler.browser.put(`/api/v1/opportunities/${tiles.id}/answer`).send({ kind: 'full' }), 200);
    const [answer] = must<{ items: { id: string; packageId: string }[] }>(
      await contractor.browser.get(`${api}/${tenderId}/answers`),
      200,
    ).items.filter(({ packageId }) => packageId === paint.id);
    const page = `/contractor/tenders/${tenderId}/packages/${paint.id}/withdrawal`;
    expect((await post(contractor, page, { reason: 'other' })).status).toBe(422);
    service.clock.advanceMs(1000);
    const given = { reason: 'postponed', message: 'Le permis manque encore' };
    expect((await post(contractor, page, given)).status).toBe(303);
    expect((await post(contractor, page, given)).status).toBe(409);

    for (const person of [painter, tiler]) {
      const mail = await mailTo(person, 'Le permis manque encore');
      expect(mail.body).toContain('Ce travail est reporté');
      expect(mail.body).not.toMatch(/\b(mail|withdrawal)\.[a-z]/);
      const shown = await person.browser.get(`/enterprise/opportunities/${paint.id}`);
      expect([shown.status, shown.text.includes('Le permis manque encore')]).toEqual([200, true]);
      const late = person.browser.put(`/api/v1/opportunities/${paint.id}/answer`).send({ kind: 'full' });
      expect([404, 409]).toContain((await late).status);
    }
    const decided = post(contractor, `/contractor/tenders/${tenderId}/answers/${answer!.id}/decision`, {
      act: 'award',
      seen: '',
    });
    expect((await decided).status).toBe(409);
    const board = await contractor.browser.get(`/contractor/tenders/${tenderId}/board`);
    expect(board.text).toContain('Ce travail est reporté');
    expect((await opportunities(tiler)).find(({ packageId }) => packageId === tiles.id)!.fitsNow).toBe(true);

    const standing = await service.database.transaction(SYSTEM, (tx) =>
      rows(tx, `SELECT 1 FROM matching.match WHERE package_id = $1 AND upper_inf(recorded)`, [paint.id]),
    );
    expect(standing).toEqual([]);
    const back = service.database.transaction(contractor.actor, (tx) =>
      rows(tx, `UPDATE tenders.work_package SET offered = true WHERE id = $1 RETURNING 1`, [paint.id]),
    );
    await expect(back).rejects.toThrow(/was withdrawn/);
    const outsider = await service.signIn({ role: 'enterprise' });
    const seen = await service.database.transaction(outsider.actor, (tx) =>
      rows(tx, `SELECT 1 FROM tenders.withdrawn_package UNION ALL SELECT 1 FROM tenders.deadline_change`),
    );
    expect(seen).toEqual([]);
    const workingGroup = await service.signIn({ role: 'working-group' });
    const { body: uptake } = await workingGroup.browser.get('/api/v1/uptake');
    expect(uptake.figures[0]).toMatchObject({ key: 'published', numerator: 2 });
  });

  it('is amended: who answered reads what changed beside its answer, and confirms with one press', async () => {
    const garden = ['3;JARDINS;;;;', '3.1;Plantation d’arbres à haute tige;pc;20;90,00;1800,00'];
    const changed = TILES[1]!.replace('300', '350').replace('45,00', '47,00');
    const brought = bring(`${api}/${tenderId}/corrections`, bill(TILES[0]!, changed, TILES[2]!, ...garden));
    const { readingId } = must<{ readingId: string }>(await brought, 201);
    const shown = await contractor.browser.get(`/contractor/tenders/${tenderId}/corrections/${readingId}`);
    expect(shown.text).toMatch(/300.*350/s);
    service.clock.advanceMs(60_000);
    must(await contractor.browser.post(`${api}/${tenderId}/corrections/${readingId}/acceptance`), 204);

    await mailTo(tiler, 'confirmer avant');
    const page = `/enterprise/opportunities/${tiles.id}`;
    const asked = (await tiler.browser.get(page)).text;
    expect(asked).toContain('Ma réponse tient toujours');
    expect(asked).toMatch(/<del>300(\.0+)?<\/del> → <ins>350(\.0+)?<\/ins>/);
    expect(asked).not.toMatch(/47[.,]00/);
    const seen = /name="seen" value="(\d+)"/.exec(asked)![1]!;
    const board = await contractor.browser.get(`/contractor/tenders/${tenderId}/board`);
    expect(board.text).toContain('une réponse attend');
    // What the person looked at is not what stands: nothing is confirmed.
    await post(tiler, `${page}/confirmation`, { seen: String(Number(seen) - 1) });
    expect((await tiler.browser.get(page)).text).toContain('Ma réponse tient toujours');
    service.clock.advanceMs(1000);
    await post(tiler, `${page}/answer`, { action: 'save', kind: 'part', message: 'Plus tard' });
    expect((await post(tiler, `${page}/confirmation`, { seen })).headers.location).toBe(page);
    const settled = (await tiler.browser.get(page)).text;
    expect(settled).not.toContain('Ma réponse tient toujours');
    expect(settled).toContain('Brouillon enregistré');
    const history = settled.split('Ce qui s’est passé')[1]!;
    expect(history).toMatch(
      /Le document est corrigé.*<del>300.*prolongé.*Une visite est ajoutée.*Le marché est publié/s,
    );
    expect(history).not.toMatch(/47[.,]00/);
    expect((await contractor.browser.get(`/contractor/tenders/${tenderId}/board`)).text).not.toContain(
      'une réponse attend',
    );
    const unseen = await service.database.transaction(painter.actor, (tx) =>
      rows(tx, `SELECT 1 FROM tenders.package_amendment WHERE package_id = $1`, [tiles.id]),
    );
    expect(unseen).toEqual([]);
  });

  it('takes more packages, after a look at each and the check of publishing', async () => {
    const [added] = (await packagesOf()).filter(({ offered, id }) => !offered && id !== paint.id);
    const page = `/contractor/tenders/${tenderId}/additions`;
    expect((await contractor.browser.get(`/contractor/tenders/${tenderId}`)).text).toContain(page);
    expect((await post(contractor, page)).status).toBe(422);
    // Nobody looked at it: no trade stands yet, so it would fit nobody.
    expect((await post(contractor, page, { packages: added!.id })).status).toBe(422);
    must(await review(added!, '45442100'), 200);
    expect((await packagesOf()).find(({ id }) => id === added!.id)!.offered).toBe(false);
    expect((await contractor.browser.get(page)).text).toContain(added!.title);
    service.clock.advanceMs(1000);
    expect((await post(contractor, page, { packages: added!.id })).status).toBe(303);
    expect((await post(contractor, page, { packages: added!.id })).status).toBeGreaterThanOrEqual(409);
    const mail = await mailTo(painter, 'a ajouté ce travail');
    expect(mail.body).toContain(added!.title);
    expect((await opportunities(painter)).map(({ packageId }) => packageId)).toContain(added!.id);
    const withdrawn = await contractor.browser
      .post(`${api}/${tenderId}/additions`)
      .send({ packages: [paint.id] });
    expect(withdrawn.status).toBe(412);
    must(
      await contractor.browser
        .post(`/api/v1/work-packages/${added!.id}/withdrawal`)
        .send({ reason: 'own-staff' }),
      204,
    );
  });

  it('tells both sides of an award that nobody confirmed in time', async () => {
    const { items } = must<{ items: { id: string; packageId: string }[] }>(
      await contractor.browser.get(`${api}/${tenderId}/answers`),
      200,
    );
    const { id } = items.find(({ packageId }) => packageId === tiles.id)!;
    const path = `${api}/${tenderId}/answers/${id}/decision`;
    must(await contractor.browser.put(path).send({ act: 'award' }), 204);
    await mailTo(tiler, 'le travail est pour vous');
    service.clock.advanceMs(7 * DAY_MS + 1000);
    // The queue goes by the clock of the database.
    const due = await service.database.transaction(SYSTEM, (tx) =>
      rows(tx, `UPDATE queue.job SET start_after = now() WHERE name = 'award.lapse' RETURNING id`),
    );
    expect(due).toHaveLength(1);
    for (const person of [contractor, tiler]) {
      const mail = await mailTo(person, 'Pas confirmé à temps');
      expect(mail.body).toContain(tiles.title);
      expect(mail.body).not.toMatch(/\b(mail|decision)\.[a-z]/);
    }
  });
});

import request from 'supertest';
import { OffersService } from '../../src/matching/index.js';
import { rows } from '../../src/platform/db/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { draftTender } from './publish.js';

const PAINTING = '45442100';
const BILL = `Projet;Rénovation du hall 9;;;;
Lieu;4100 Seraing;;;;
Poste;Désignation;Unité;Quantité;Prix unitaire;Total
1;PEINTURES;;;;
1.1;Peinture des murs intérieurs, deux couches;m2;1200;8,00;9600,00
`;
const QUESTION = 'Avec combien de personnes viendrez-vous ?';

describe('a contractor says who hears of a tender and what is asked', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let invited: SignedInBrowser;
  let other: SignedInBrowser;
  let invitedId: string;
  let tenderId: string;
  let packageId: string;

  const post = (person: SignedInBrowser, path: string, fields: Record<string, string | string[]>) =>
    person.browser
      .post(path)
      .type('form')
      .send({ _token: person.formToken, ...fields });
  const publish = (fields: Record<string, string | string[]>) =>
    post(contractor, `/contractor/tenders/${tenderId}/publish`, {
      deadlineDay: new Date(service.clock.now().getTime() + 20 * 86_400_000).toISOString().slice(0, 10),
      deadlineTime: '12:00',
      ...fields,
    });
  const opportunity = (): string => `/enterprise/opportunities/${packageId}`;
  const mailsTo = (person: SignedInBrowser): Promise<{ body: string }[]> =>
    service.database.transaction(SYSTEM, (tx) =>
      rows(tx, `SELECT body FROM platform.outbox_mail WHERE recipient LIKE $1`, [`%${person.email}%`]),
    );
  const painter = (person: SignedInBrowser): Promise<string> =>
    service.database.transaction(SYSTEM, async (tx) => {
      const { id: _, ...crew } = anEnterprise({ activities: [anActivity({ trades: [PAINTING] })] });
      const registered = { organisationId: person.actor.organisationId! };
      const id = await service.app.get(RegistryService).register(tx, SYSTEM, crew, registered);
      await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
      return id;
    });

  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    invited = await service.signIn({ role: 'enterprise' });
    other = await service.signIn({ role: 'enterprise' });
    invitedId = await painter(invited);
    await painter(other);
    tenderId = await draftTender(contractor, [PAINTING]);
    const { body } = await contractor.browser.get(`/api/v1/tenders/${tenderId}`);
    packageId = body.packages.find(({ offered }: { offered: boolean }) => offered).id;
  });
  afterAll(() => service.stop());

  it('shows who could do it, and asks for a name when only those invited are to hear', async () => {
    const page = await contractor.browser.get(`/contractor/tenders/${tenderId}/publish`);
    expect(page.text).toContain('2 entreprises correspondent');
    expect(page.text).toContain('2 seules');
    expect((await publish({ visibility: 'invited' })).status).toBe(303);
    const lacking = await contractor.browser.get(`/contractor/tenders/${tenderId}/publish`);
    expect(lacking.text).toContain('Choisissez au moins une entreprise à inviter.');
    const tooLong = await publish({ visibility: 'eligible', question2: 'x'.repeat(301) });
    expect([tooLong.status, tooLong.text.includes('x'.repeat(301))]).toEqual([422, true]);
  });

  it('keeps what is entered, and nothing else, while somebody looks for whom to invite', async () => {
    const looking = await publish({
      visibility: 'invited',
      invited: invitedId,
      question1: 'Quand ?',
      look: '1',
    });
    expect(looking.status).toBe(200);
    expect(looking.text).toContain('Quand ?');
    expect(looking.text).toMatch(new RegExp(`value="${invitedId}" checked`));
    const opened = await contractor.browser.get(`/contractor/tenders/${tenderId}/publish`);
    expect(opened.text).not.toContain('Quand ?');
    expect(opened.text).not.toMatch(new RegExp(`value="${invitedId}" checked`));
  });

  it('shows the mail before anything is sent', async () => {
    const kept = await publish({
      visibility: 'invited',
      invited: invitedId,
      question1: QUESTION,
      action: 'save',
    });
    expect(kept.status).toBe(303);
    const { text } = await contractor.browser.get(`/contractor/tenders/${tenderId}/publish/mail`);
    expect(text).toContain('Pourquoi');
    expect(text).not.toMatch(/>\s*(mail|reason|criterion)\.[a-z]/);
    expect(await mailsTo(invited)).toEqual([]);
  });

  it('tells those invited alone; the others know nothing, the contractor sees that they would fit', async () => {
    expect((await publish({ visibility: 'invited', invited: invitedId, question1: QUESTION })).status).toBe(
      303,
    );
    await eventually(async () => ((await mailsTo(invited)).length > 0 ? true : null));
    expect((await invited.browser.get(opportunity())).text).toContain(QUESTION);
    expect((await other.browser.get(opportunity())).status).toBe(404);
    expect((await other.browser.get('/api/v1/opportunities')).body.items).toEqual([]);
    expect(await mailsTo(other)).toEqual([]);
    const board = await contractor.browser.get(`/contractor/tenders/${tenderId}/board`);
    expect(board.text).toContain('Pas invitée');
    expect(board.text).toContain('Vu le');
    expect((await request(service.url).get(`/tenders/${tenderId}`)).status).toBe(404);
  });

  it('has the questions answered by whoever takes the work, and counts the lines that are covered', async () => {
    const answer = `${opportunity()}/answer`;
    const form = (await invited.browser.get(answer)).text;
    const [line] = [...form.matchAll(/name="lines" type="checkbox" value="([0-9a-f-]{36})"/g)].map(
      (m) => m[1]!,
    );
    const seenVersion = /name="seenVersion" value="(\d+)"/.exec(form)![1]!;
    const seen = { seenVersion, seenAnswer: '' };
    const refused = await invited.browser
      .put(`/api/v1/opportunities/${packageId}/answer`)
      .set('x-form-token', invited.formToken)
      .send({ kind: 'full' });
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, '/reply1']);

    const given = { ...seen, kind: 'part', lines: line!, reply1: 'Quatre personnes' };
    expect((await post(invited, answer, given)).status).toBe(303);
    const board = (await contractor.browser.get(`/contractor/tenders/${tenderId}/board`)).text;
    expect(board).toContain('Quatre personnes');
    expect(board).toMatch(/1 ligne sur \d+ couverte /);

    // A colleague's form from before: what was entered comes back beside what stands now.
    const stale = await post(invited, answer, { ...seen, kind: 'full', reply1: 'Dix personnes' });
    expect(stale.status).toBe(422);
    expect(stale.text).toContain('Dix personnes');
    expect(stale.text).toContain('a changé entre-temps');
    const after = (await contractor.browser.get(`/contractor/tenders/${tenderId}/board`)).text;
    expect(after).not.toContain('Dix personnes');
  });

  it('lets nobody into a team who is not to hear of the tender', async () => {
    const places = `/api/v1/opportunities/${packageId}/team/places`;
    await service.database.transaction(SYSTEM, (tx) =>
      rows(tx, `UPDATE accounts.organisation SET enterprise_number = '0403019261' WHERE id = $1`, [
        other.actor.organisationId,
      ]),
    );
    service.clock.advanceMs(1000);
    const program = invited.browser.set('x-form-token', invited.formToken);
    expect(
      (await program.put(`/api/v1/opportunities/${packageId}/answer`).send({ kind: 'team' })).status,
    ).toBe(200);
    const asked = {
      enterpriseNumber: '0403019261',
      part: 'Les plafonds',
      leadPart: 'Les murs',
      message: 'Travaillons ensemble',
    };
    expect((await program.post(places).send(asked)).body.type).toContain('partner-unknown');
    // The same, were the tender for all who fit.
    await service.database.transaction(SYSTEM, (tx) => rows(tx, `DELETE FROM tenders.audience`, []));
    expect((await program.post(places).send(asked)).status).toBe(201);
  });

  it('says of each package how much it is and who could do it, before anything is confirmed', async () => {
    const api = contractor.browser.set('x-form-token', contractor.formToken);
    const bill = `${BILL}2;PLANTATIONS;;;;\n2.1;Plantation de haies de charmes;m;85;6,00;510,00\n2.2;Tonte des pelouses;m2;400;1,00;400,00\n`;
    const read = await api.post('/api/v1/readings').attach('file', Buffer.from(bill), 'metre-2.csv');
    const { tenderId: id } = (await api.post(`/api/v1/readings/${read.body.id}/draft`)).body;
    const { packages } = (await api.get(`/api/v1/tenders/${id}`)).body;
    const page = (await contractor.browser.get(`/contractor/tenders/${id}`)).text.replace(/\s+/g, ' ');
    const row = (itemId: string): string =>
      page.split('<tr').find((one) => one.includes(`/packages/${itemId}"`))!;
    const painting = packages.find(({ title }: { title: string }) => /peinture/i.test(title));
    for (const words of ['2 seules', '1 200 m2', '1 ligne']) expect(row(painting.id)).toContain(words);
    const others = packages.filter((one: { id: string }) => one.id !== painting.id);
    for (const { id: planting } of others) expect(row(planting)).not.toMatch(/\d seule/);
    // Nobody is named, and nothing is kept.
    expect(page).not.toContain('Atelier des Couleurs');
    expect(page).toContain('pas encore dites');
  });

  it('opens a page to everybody for a tender that is public, once it is published', async () => {
    const api = contractor.browser.set('x-form-token', contractor.formToken);
    const read = await api.post('/api/v1/readings').attach('file', Buffer.from(BILL), 'metre.csv');
    const { tenderId: id } = (await api.post(`/api/v1/readings/${read.body.id}/draft`)).body;
    const [item] = (await api.get(`/api/v1/tenders/${id}`)).body.packages;
    const review = { version: item.version, trades: [PAINTING], placeable: 'yes', offered: true };
    await api.put(`/api/v1/work-packages/${item.id}/review`).send(review);
    await api.put(`/api/v1/tenders/${id}/buyer`).send({ buyer: 'private' });
    await api.put(`/api/v1/tenders/${id}/clause`).send({ instrument: 'VOLUNTARY', basis: 'BE-CONTRACT' });
    const deadline = new Date(service.clock.now().getTime() + 20 * 86_400_000).toISOString();
    const kept = await api
      .patch(`/api/v1/tenders/${id}`)
      .send({ deadline, visibility: 'public', questions: [] });
    expect(kept.status).toBe(204);
    const anybody = request(service.url);
    expect((await anybody.get(`/tenders/${id}`)).status).toBe(404);
    expect((await api.post(`/api/v1/tenders/${id}/publication`)).status).toBe(204);

    const page = await anybody.get(`/tenders/${id}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Rénovation du hall 9');
    const board = (await contractor.browser.get(`/contractor/tenders/${id}/board`)).text;
    expect(board).toContain(`href="/tenders/${id}"`);
    const invitedOnly = (await contractor.browser.get(`/contractor/tenders/${tenderId}/board`)).text;
    expect(invitedOnly).not.toContain(`href="/tenders/${tenderId}"`);
    const list = (await anybody.get('/tenders')).text;
    expect(list).toContain(`/tenders/${id}`);
    expect(list).not.toContain(tenderId);
    expect(page.text).toContain('Comment répondre');
    service.clock.advanceMs(21 * 86_400_000);
    // Its address stays, in feeds and mails; it is on the list no more.
    const over = await anybody.get(`/tenders/${id}`);
    expect(over.text).toContain('ne prend plus de réponses');
    expect(over.text).toContain('Rénovation du hall 9');
    expect(over.text).not.toContain('Comment répondre');
    expect((await anybody.get('/tenders')).text).not.toContain(`/tenders/${id}`);
  });
});

import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';

// The header calls the quantity of the bidder what it is, and the one that counts something nobody knows.
const HEAD = 'Poste;Désignation;Unité;Quantité;Métrage retenu;Prix unitaire';
const rowsOf = (salt: string): string =>
  [
    `1.1;Peinture des murs ${salt};m2;999;120;8,00`,
    `1.2;Peinture des plafonds ${salt};m2;999;40;9,00`,
    `1.3;Peinture des portes ${salt};pc;999;12;30,00`,
  ].join('\n');
const bill = (salt: string): string => `${HEAD}\n${rowsOf(salt)}\n`;

interface Reading {
  id: string;
  asked: { question: string }[];
  document: {
    layout: { headerRow: number; columns: Record<string, string>; remembered: boolean }[];
    lots: { lines: { quantity: string }[] }[];
  };
}

describe('columns that a person has told', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
  });
  afterAll(() => service.stop());

  const bring = async (who: SignedInBrowser, text: string): Promise<Reading> => {
    const answer = await who.browser
      .post('/api/v1/readings')
      .set('x-form-token', who.formToken)
      .attach('file', Buffer.from(text), 'metre.csv');
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.body as Reading;
  };
  const quantities = (reading: Reading): string[] =>
    reading.document.lots.flatMap((lot) => lot.lines.map((line) => line.quantity));
  const columns = { A: 'ref', B: 'label', C: 'unit', E: 'quantity', F: 'unitPrice' };

  it('are read so at once and in the next file of that header, by that organisation alone, until revoked', async () => {
    const first = await bring(contractor, bill('nord'));
    expect(quantities(first)).toEqual(['999', '999', '999']);
    const told = await contractor.browser.put(`/api/v1/readings/${first.id}/columns/0`).send({ columns });
    expect(told.status).toBe(200);
    expect(quantities(told.body as Reading)).toEqual(['120', '40', '12']);
    expect((told.body as Reading).document.layout[0]).toMatchObject({ remembered: true });

    expect(quantities(await bring(contractor, bill('sud')))).toEqual(['120', '40', '12']);
    expect(quantities(await bring(contractor, bill('est').replace('Poste', 'N°')))).toEqual([
      '999',
      '999',
      '999',
    ]);
    const other = await service.signIn({ role: 'contractor' });
    expect(quantities(await bring(other, bill('sud')))).toEqual(['999', '999', '999']);

    const list = await contractor.browser.get('/api/v1/layouts');
    const [layout] = (list.body as { items: { id: string; columns: object }[] }).items;
    expect(layout).toMatchObject({ columns: { ref: 0, label: 1, unit: 2, quantity: 4, unitPrice: 5 } });
    expect((await other.browser.delete(`/api/v1/layouts/${layout!.id}`)).status).toBe(404);
    const page = await contractor.browser.get('/contractor/layouts');
    expect(page.text).toContain('Métrage retenu');
    expect((await contractor.browser.delete(`/api/v1/layouts/${layout!.id}`)).status).toBe(204);
    expect(quantities(await bring(contractor, bill('ouest')))).toEqual(['999', '999', '999']);
  });

  it('change nothing when they make no sense', async () => {
    const reading = await bring(contractor, bill('rien'));
    const say = async (said: Record<string, string>): Promise<string> => {
      const answer = await contractor.browser
        .put(`/api/v1/readings/${reading.id}/columns/0`)
        .send({ columns: said });
      return `${answer.status} ${(answer.body as { code?: string }).code ?? ''}`;
    };
    expect(await say({ A: 'ref', B: 'label', C: 'label' })).toBe('422 layout-role-twice');
    expect(await say({ A: 'ref', C: 'unit' })).toBe('422 layout-without-label');
    expect(await say({ B: 'label' })).toBe('422 layout-without-measure');
    const page = await contractor.browser.get(`/contractor/readings/${reading.id}`);
    expect(page.text).toContain('Colonnes reconnues');
    expect((await contractor.browser.get('/api/v1/layouts')).body).toEqual({ items: [] });
  });

  it('are asked where a column of numbers has no heading, and told on the page', async () => {
    const unheaded = (salt: string): string =>
      [
        'Poste;Désignation;Unité;;',
        ...[1, 2, 3, 4].map((n) => `1.${n};Peinture du local ${salt} ${n};m2;${n}0;${n}7`),
      ].join('\n');
    const reading = await bring(contractor, unheaded('nord'));
    expect(quantities(reading)).toEqual([null, null, null, null]);
    const page = await contractor.browser.get(`/contractor/readings/${reading.id}`);
    expect(page.text).toContain('La colonne D n&#39;a pas d&#39;en-tête et contient des nombres');
    expect(page.text).toContain('name="E"');
    const told = { A: 'ref', B: 'label', C: 'unit', E: 'quantity' };
    await contractor.browser.put(`/api/v1/readings/${reading.id}/columns/0`).send({ columns: told });
    const next = await bring(contractor, unheaded('sud'));
    expect(quantities(next)).toEqual(['17', '27', '37', '47']);
    expect(next.document.layout[0]).toMatchObject({ remembered: true });
  });

  it('are not asked to say what a number means: the page asks that, and reads on', async () => {
    const reading = await bring(
      contractor,
      'Poste;Désignation;Unité;Quantité\n1;Tuyaux du puits;m;1,234\n2;Câbles du puits;m;2,500\n',
    );
    const at = `/contractor/readings/${reading.id}`;
    const page = await contractor.browser.get(at);
    expect(page.text).toContain('Dites-nous ce qu’il faut comprendre');
    expect(page.text).toContain('La réponse vaut pour les 2 nombres semblables');
    const [asked] = reading.asked;
    const answer = (who: SignedInBrowser, given: object) =>
      who.browser
        .post(`${at}/answers`)
        .type('form')
        .send({ _token: who.formToken, ...given });
    const given = { question: asked!.question, reading: 0 };
    const other = await service.signIn({ role: 'contractor' });
    expect((await answer(other, given)).status).toBe(404);
    for (const none of [{ question: 'quantity' }, { ...given, reading: '' }, { ...given, reading: 7 }])
      expect((await answer(contractor, none)).status).toBe(409);
    expect((await answer(contractor, given)).status).toBe(303);
    const after = await contractor.browser.get(`/api/v1/readings/${reading.id}`);
    expect(quantities(after.body as Reading)).toEqual(['1234', '2500']);
    expect((await contractor.browser.get(at)).text).not.toContain('Dites-nous ce qu’il faut comprendre');
    const again = await contractor.browser
      .put(`/api/v1/readings/${reading.id}/answers`)
      .send({ ...given, reading: 1 });
    expect([again.status, (again.body as { code: string }).code]).toEqual([409, 'reading-not-asked']);
  });

  it('can be told where no table was found, and the next file of that header is read so', async () => {
    const strange = (salt: string): string =>
      [
        'Chantier du hall',
        'Truc;Machin;Bidule',
        `Peinture du hall ${salt};m2;120`,
        `Sol du hall ${salt};m2;40`,
      ].join('\n');
    const refused = (await bring(contractor, strange('nord'))) as unknown as {
      id: string;
      state: string;
      firstRows: { rows: { row: number; cells: string[]; fingerprint: string | null }[] }[];
    };
    expect(refused.state).toBe('refused');
    expect(refused.firstRows[0]!.rows[1]).toMatchObject({ row: 2, cells: ['Truc', 'Machin', 'Bidule'] });
    const page = await contractor.browser.get(`/contractor/readings/${refused.id}`);
    expect(page.text).toContain('Bidule');
    const path = `/api/v1/readings/${refused.id}/columns/0`;
    const told = { columns: { A: 'label', B: 'unit', C: 'quantity' } };
    expect((await contractor.browser.put(path).send(told)).body).toMatchObject({
      code: 'layout-without-header',
    });
    expect((await contractor.browser.put(path).send({ ...told, headerRow: 1 })).status).toBe(422);
    const other = await service.signIn({ role: 'contractor' });
    expect((await other.browser.put(path).send({ ...told, headerRow: 2 })).status).toBe(404);
    const read = await contractor.browser.put(path).send({ ...told, headerRow: 2 });
    expect(read.body).toMatchObject({ state: 'staged', firstRows: null });
    expect(quantities(read.body as Reading)).toEqual(['120', '40']);
    expect(quantities(await bring(contractor, strange('sud')))).toEqual(['120', '40']);
  });
});

import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { rows } from '../../src/platform/db/index.js';

describe('a tender described without a file', () => {
  let service: TestApp;
  let anne: SignedInBrowser;
  let at: string;
  beforeAll(async () => {
    service = await startTestApp();
    anne = await service.signIn({ role: 'contractor' });
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    at = (await anne.browser.get('/contractor/tenders/new/description')).headers['location']!;
  });

  const filled = {
    title: 'Rénovation du hall 4',
    nature: 'works',
    buyer: 'Ville de Seraing',
    postalCode: '4100',
    startsOn: '2027-03-01',
    endsOn: '2027-06-30',
    'label-1': 'Peinture des murs intérieurs',
    'quantity-1': '1250',
    'unit-1': 'm²',
    'value-1': '24500',
  };
  const query = <Row>(sql: string, params: readonly unknown[]): Promise<Row[]> =>
    service.database.transaction(SYSTEM, (tx) => rows<Row>(tx, sql, params));
  const page = async (path: string, who = anne): Promise<string> => (await who.browser.get(path)).text;

  it('adds and removes rows by buttons, and keeps what is entered', async () => {
    const added = await anne.post(at, { ...filled, act: 'add' });
    expect(added.headers['location']).toBe(`${at}?rows=2#label-2`);
    const two = await page(`${at}?rows=2`);
    expect(two).toContain('name="label-2"');
    expect(two).toContain('value="Peinture des murs intérieurs"');
    await anne.post(at, { ...filled, 'label-2': 'Plantation de haies', act: 'remove-1' });
    const one = await page(at);
    expect(one).toContain('name="label-1" type="text" value="Plantation de haies"');
    expect(one).not.toContain('name="label-2"');
  });

  it('keeps a field at once, says each problem at its field, and is found again where one begins', async () => {
    const quiet = await anne.post(at, { title: 'À moitié', postalCode: '41', act: 'keep-quietly' });
    expect([quiet.status, quiet.text]).toEqual([204, '']);
    const refused = await anne.post(at, { title: 'À moitié', nature: 'works', postalCode: '41' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('href="#postalCode"');
    expect(refused.text).toContain('href="#label-1"');
    expect(await page('/contractor/tenders/new')).toContain(`href="${at}"`);
    await anne.post(at, { act: 'drop' });
    expect(await page('/contractor/tenders/new')).not.toContain(`href="${at}"`);
  });

  it('becomes a document that is kept, read back, changed and cut like any other', async () => {
    const sent = await anne.post(at, filled);
    const reading = sent.headers['location']!;
    expect([sent.status, reading]).toEqual([303, expect.stringMatching(/^\/contractor\/readings\//)]);
    const shown = await page(reading);
    expect(shown).toContain('Ville de Seraing');
    expect(shown).toContain(`href="${at}"`);
    expect(await page('/contractor/tenders/new')).not.toContain(`href="${at}"`);

    const changed = await anne.post(at, { ...filled, 'value-1': '26000' });
    expect(changed.headers['location']).not.toBe(reading);
    // The same description again is the same file.
    expect((await anne.post(at, filled)).headers['location']).toBe(reading);

    const tender = (await anne.post(reading, {})).headers['location']!.split('/').at(-1)!;
    const [original] = await query<{ content: Buffer }>(
      `SELECT f.content FROM tenders.tender t JOIN tenders.import i ON i.id = t.import_id
       JOIN tenders.source_file f ON f.id = i.source_file_id WHERE t.id = $1`,
      [tender],
    );
    expect(JSON.parse(original!.content.toString())).toMatchObject({
      format: 'json',
      tender: { title: filled.title },
    });
    const packages = await query(
      `SELECT title, value::text AS value, starts_on::text AS "from", ends_on::text AS "to",
              'postal:BE-4100' = ANY (sites) AS "isThere" FROM tenders.work_package WHERE tender_id = $1`,
      [tender],
    );
    expect(packages).toEqual([
      {
        title: filled['label-1'],
        value: '24500.00',
        from: filled.startsOn,
        to: filled.endsOn,
        isThere: true,
      },
    ]);
  });

  it('is seen by the person who writes it, and by nobody else', async () => {
    await anne.post(at, { ...filled, act: 'keep' });
    const organisationId = anne.actor.organisationId!;
    const colleague = await service.signIn({ role: 'contractor', organisationId });
    const stranger = await service.signIn({ role: 'contractor' });
    for (const other of [colleague, stranger]) {
      expect(await page(at, other)).not.toContain(filled.title);
      const taken = await other.post(at, { title: 'à moi', act: 'keep' });
      expect(taken.status).toBe(404);
      await other.post(at, { act: 'drop' });
      const visible = service.database.transaction(other.actor, (tx) =>
        rows(tx, 'SELECT id FROM tenders.description_draft'),
      );
      expect(await visible).toEqual([]);
    }
    expect(await page(at)).toContain(filled.title);
  });

  it('brings the example by the same door, once', async () => {
    const first = await anne.post('/contractor/tenders/new/example', {});
    const again = await anne.post('/contractor/tenders/new/example', {});
    expect(first.headers['location']).toMatch(/^\/contractor\/readings\//);
    expect(again.headers['location']).toBe(first.headers['location']);
    expect(await page(first.headers['location']!)).toContain('02-halle-ateliers-relais.xlsx');
  });
});

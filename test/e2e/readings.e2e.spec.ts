import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { fromRoot } from '../../src/platform/project-root.js';
import { linesOfTender, ReadingAnswersService } from '../../src/tenders/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { startClamd } from '../clamd.js';
import { eventually } from '../eventually.js';

describe('what a person sees of a file that was read', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
  });
  afterAll(() => service.stop());

  const bring = async (name: string, bytes: Buffer): Promise<string> => {
    const answer = await contractor.browser
      .post('/api/v1/readings')
      .set('x-form-token', contractor.formToken)
      .attach('file', bytes, name);
    if (answer.status !== 201) throw new Error(answer.text);
    return (answer.body as { id: string }).id;
  };
  const page = async (id: string): Promise<string> =>
    (await contractor.browser.get(`/contractor/readings/${id}`)).text.replace(/\s+/g, ' ');

  it.each([
    ['09-terril-nettoyage-verdurisation.docx', ['>Paragraphe 1<', '>Paragraphe 3<', 'Tableau 1, en-tête à']],
    ['08-deconstruction-selective.pdf', ['>Page 1, ligne 1<', '>Page 1, ligne 4<']],
  ])('says where the facts of %s stand in the words of a text', async (name, places) => {
    const shown = await page(await bring(name, readFileSync(fromRoot('test/fixtures/tenders', name))));
    for (const place of places) expect(shown).toContain(place);
    expect(shown).not.toMatch(/Feuille|« (text|table)/);
  });

  it.each([
    ['547670-2023.xml', 'Lu selon eForms SDK 1.', 'français'],
    ['boq.x83', 'Lu selon GAEB DA XML 3.', 'allemand'],
    ['01-maisons-ouvrieres-25-lignes.xlsx', 'n’a pas de schéma officiel', 'français'],
  ])(
    'says by which schema %s was read, in which language, and that no scanner saw it',
    async (name, schema, language) => {
      const shown = await page(await bring(name, readFileSync(fromRoot('test/fixtures/tenders', name))));
      for (const words of [schema, language, 'Aucun antivirus n’a regardé']) expect(shown).toContain(words);
    },
  );

  it('says that a scanner found nothing, where one looked', async () => {
    const clamd = await startClamd('bad signature');
    const scanning = await startTestApp({ clamdAddress: clamd.address });
    const who = await scanning.signIn({ role: 'contractor' });
    const { body } = await who.browser
      .post('/api/v1/readings')
      .set('x-form-token', who.formToken)
      .attach(
        'file',
        Buffer.from('N°;Désignation;Unité;Quantité\n1;Peinture des murs;m2;100\n'),
        'metre.csv',
      );
    const { text } = await who.browser.get(`/contractor/readings/${(body as { id: string }).id}`);
    expect(text).toContain('Rien trouvé à la réception');
    await scanning.stop();
    await clamd.stop();
  });

  it('says what an estimate of hours rests on, for the trade that a person decided on', async () => {
    const bill =
      'N°;Désignation;Unité;Quantité;Prix unitaire;Total\n1;Peinture des murs et plafonds;m2;100;10,00;1000,00\n';
    const id = await bring('prix.csv', Buffer.from(bill));
    const drafted = await contractor.browser.post(`/api/v1/readings/${id}/draft`);
    const { tenderId } = drafted.body as { tenderId: string };
    const item = async (): Promise<{ id: string; version: number; hours: (string | null)[] }> => {
      const answer = await contractor.browser.get(`/api/v1/tenders/${tenderId}`);
      const [found] = (
        answer.body as { packages: { id: string; version: number; hoursMin: string; hoursMethod: string }[] }
      ).packages;
      return { id: found!.id, version: found!.version, hours: [found!.hoursMin, found!.hoursMethod] };
    };
    const proposed = await item();
    const shown = async (): Promise<string> =>
      (await contractor.browser.get(`/contractor/tenders/${tenderId}/packages/${proposed.id}`)).text.replace(
        /\s+/g,
        ' ',
      );
    // data/labour-share.csv: 4544, 55 to 75 % of 1000 EUR at 36 to 48 EUR an hour
    expect(proposed.hours).toEqual(['11.0', 'labour-share']);
    expect(await shown()).toMatch(/55 % à 75 % du prix, à 36 à 48 € l’heure\. Source : nous-mêmes/);
    const decision = { version: proposed.version, trades: ['45111000'], placeable: 'yes', offered: false };
    const reviewed = await contractor.browser
      .put(`/api/v1/work-packages/${proposed.id}/review`)
      .set('x-form-token', contractor.formToken)
      .send(decision);
    // 45111: 45 to 65 % at 36 to 50 EUR an hour
    expect([reviewed.status, (await item()).hours]).toEqual([200, ['9.0', 'labour-share']]);
    expect(await shown()).toMatch(/45 % à 65 % du prix, à 36 à 50 € l’heure/);
  });

  it.each([
    ['minus lines alone', '-10;50,00;-500,00'],
    ['minus lines that nobody added up', '-20;50,00;'],
    ['hours that are taken away', '-10;;', 'h'],
    ['more than anybody can mean', '999999999999;5000000,00;'],
    ['more hours than there are', '99999999999;;', 'h'],
  ])('becomes a draft of unknown value when it holds %s', async (salt, figures, unit = 'm2') => {
    const bill = `N°;Désignation ${salt};Unité;Quantité;Prix unitaire;Total\n1;Peinture des murs;${unit};${figures}\n`;
    const id = await bring('moins.csv', Buffer.from(bill));
    const drafted = await contractor.browser.post(`/api/v1/readings/${id}/draft`);
    expect([drafted.status, drafted.body.code]).toEqual([201, undefined]);
    const { body } = await contractor.browser.get(`/api/v1/tenders/${drafted.body.tenderId}`);
    expect(body.packages).toMatchObject([{ value: null, hoursMin: null }]);
  });

  describe('and of which a number reads two ways', () => {
    const BILL = (salt: string): Buffer =>
      Buffer.from(
        `Code;Désignation ${salt};Unité;Quantité;Prix unitaire (€)\n1;Tuyaux ${salt};m;1,234;2,500\n2;Peinture ${salt};m2;1,500;3,250\n`,
      );
    interface Read {
      readonly asked: { question: string; what: string }[];
      readonly document: {
        lots: { lines: { quantity: string | null; unitPrice: { amount: string } | null }[] }[];
      };
    }
    const readingOf = async (id: string): Promise<Read> =>
      (await contractor.browser.get(`/api/v1/readings/${id}`)).body as Read;
    const numbers = ({ document }: Read): unknown[] =>
      document.lots[0]!.lines.map(({ quantity, unitPrice }) => [quantity, unitPrice?.amount ?? null]);
    const put = (id: string, question: string, reading: number) =>
      contractor.browser
        .put(`/api/v1/readings/${id}/answers`)
        .set('x-form-token', contractor.formToken)
        .send({ question, reading });

    /** Sees who waits for whom. */
    let owner: Client;
    beforeAll(async () => {
      owner = new Client(service.databaseUrl);
      await owner.connect();
    });
    afterAll(() => owner.end());

    /** What is started while somebody else's answer is not yet kept, and ends after it is. */
    async function whileAnswering<T>(id: string, question: string, start: () => Promise<T>): Promise<T> {
      const answers = service.app.get(ReadingAnswersService);
      const started = await service.database.transaction(contractor.actor, async (tx) => {
        await answers.answer(tx, id, question, 1);
        const going = start();
        await eventually(async () => {
          const { rowCount } = await owner.query(
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          );
          return rowCount === 0 ? null : true;
        });
        return { going };
      });
      return started.going;
    }

    it('keeps two answers that are given at once, and takes neither twice', async () => {
      const id = await bring('deux.csv', BILL('deux'));
      const [quantity, price] = (await readingOf(id)).asked;
      const given = await whileAnswering(id, quantity!.question, async () => put(id, price!.question, 1));
      expect([given.status, numbers(await readingOf(id))]).toEqual([
        200,
        [
          ['1.234', '2.500'],
          ['1.500', '3.250'],
        ],
      ]);
      const again = await put(id, price!.question, 0);
      expect([again.status, (again.body as { code: string }).code]).toEqual([409, 'reading-not-asked']);
    });

    it('takes an answer into the draft that is made meanwhile', async () => {
      const id = await bring('projet.csv', BILL('projet'));
      const [quantity] = (await readingOf(id)).asked;
      const drafted = await whileAnswering(id, quantity!.question, async () =>
        contractor.browser.post(`/api/v1/readings/${id}/draft`).set('x-form-token', contractor.formToken),
      );
      const { tenderId } = drafted.body as { tenderId: string };
      const lines = await service.database.transaction(contractor.actor, (tx) => linesOfTender(tx, tenderId));
      expect(lines.map(({ quantity: of }) => Number(of))).toEqual([1.234, 1.5]);
    });

    it('stays answered when the columns of the table are told', async () => {
      const id = await bring('colonnes.csv', BILL('colonnes'));
      const [quantity] = (await readingOf(id)).asked;
      await put(id, quantity!.question, 1);
      const columns = { A: 'ref', B: 'label', C: 'unit', D: 'quantity', E: 'unitPrice' };
      const told = await contractor.browser
        .put(`/api/v1/readings/${id}/columns/0`)
        .set('x-form-token', contractor.formToken)
        .send({ columns });
      expect([
        told.status,
        numbers(told.body as Read),
        (told.body as Read).asked.map(({ what }) => what),
      ]).toEqual([
        200,
        [
          ['1.234', null],
          ['1.500', null],
        ],
        ['unitPrice'],
      ]);
    });

    it('is not answered by nothing', async () => {
      const id = await bring('rien.csv', BILL('rien'));
      const answer = await contractor.browser
        .post(`/contractor/readings/${id}/answers`)
        .set('x-form-token', contractor.formToken);
      expect(answer.status).toBe(409);
    });
  });

  it('lets a person correct the quantity of one line, shows what was read, and takes it back', async () => {
    const bill =
      'N°;Désignation;Unité;Quantité;Prix unitaire;Total\n1;Peinture des murs;m2;100;10,00;1000,00\n2;Peinture des plafonds;m2;50;10,00;500,00\n';
    const id = await bring('quantites.csv', Buffer.from(bill));
    const { tenderId } = (await contractor.browser.post(`/api/v1/readings/${id}/draft`)).body as {
      tenderId: string;
    };
    const first = async () => {
      const tender = await contractor.browser.get(`/api/v1/tenders/${tenderId}`);
      const [item] = (tender.body as { packages: { id: string; value: { amount: string } }[] }).packages;
      const lines = await contractor.browser.get(`/api/v1/tenders/${tenderId}/lines`);
      const [line] = (lines.body as { items: { id: string; quantity: string; total: { amount: string } }[] })
        .items;
      return {
        packageId: item!.id,
        value: item!.value.amount,
        line: line!.id,
        quantity: Number(line!.quantity),
      };
    };
    const { packageId, line } = await first();
    const href = `/contractor/tenders/${tenderId}/packages/${packageId}/lines`;
    const correct = (entries: object) =>
      contractor.browser
        .post(href)
        .type('form')
        .send({ _token: contractor.formToken, action: 'correct', ...entries });
    for (const [entries, said] of [
      [{ quantity: '12,5' }, 'Cochez une seule ligne.'],
      [{ lines: line, quantity: '1.234' }, 'se lit de deux façons'],
      [{ lines: line, quantity: 'douze' }, 'au plus six décimales'],
    ] as const) {
      const refused = await correct(entries);
      expect([refused.status, refused.text.includes(said)]).toEqual([422, true]);
    }
    for (const quantity of ['0,125', '-3', '120,5'])
      expect((await correct({ lines: line, quantity })).status).toBe(303);
    expect(await first()).toMatchObject({ value: '1705.00', quantity: 120.5 });
    expect((await contractor.browser.get(href)).text).toMatch(/Corrigée\s;\sle document dit\s100\./);
    for (const before of [-3, 0.125, 100]) {
      const undone = await contractor.browser
        .post(`/api/v1/tenders/${tenderId}/packages/undo`)
        .set('x-form-token', contractor.formToken);
      expect(undone.status).toBeLessThan(300);
      expect((await first()).quantity).toBe(before);
    }
    expect(await first()).toMatchObject({ value: '1500.00', quantity: 100 });
    expect((await contractor.browser.get(href)).text).not.toContain('Corrigée');

    // Two colleagues look at a hundred: the second reads both figures, and decides.
    const seen = { [`seen-${line}`]: '100' };
    expect((await correct({ lines: line, quantity: '1120,5', ...seen })).status).toBe(303);
    const late = await correct({ lines: line, quantity: '130', ...seen });
    expect(late.status).toBe(422);
    expect(late.text).toMatch(/un collègue a mis 1\s120,5 pour cette ligne/);
    expect(late.text).toMatch(/name="quantity"[^>]*value="130"/);
    const [, stands = ''] = new RegExp(`name="seen-${line}" value="([^"]*)"`).exec(late.text) ?? [];
    expect([Number(stands), (await first()).quantity]).toEqual([1120.5, 1120.5]);
    expect((await correct({ lines: line, quantity: '1120,50', ...seen })).status).toBe(303);
    const again = { lines: line, quantity: '130', [`seen-${line}`]: stands };
    expect([(await correct(again)).status, (await first()).quantity]).toEqual([303, 130]);
    const program = (body: object) =>
      contractor.browser
        .put(`/api/v1/tenders/${tenderId}/lines/${line}/quantity`)
        .set('x-form-token', contractor.formToken)
        .send(body);
    expect((await program({ quantity: '140', seen: '100' })).status).toBe(412);
    expect((await program({ quantity: '140', seen: '130.0' })).status).toBe(204);
  });

  it('lets a person read each of several procedures in one file, as tenders of their own', async () => {
    const release = (ocid: string, title: string): object => ({
      ocid,
      tender: { title },
      buyer: { name: 'Ville' },
    });
    const releases = [release('ocds-1', 'Peinture de la salle'), release('ocds-2', 'Tonte des pelouses')];
    const id = await bring('paquet.json', Buffer.from(JSON.stringify({ version: '1.1', releases })));
    expect(await page(id)).toMatch(/Ce fichier contient 2 marchés.*Peinture de la salle.*Tonte des pelouses/);
    const read = (process: string) =>
      contractor.browser
        .post(`/contractor/readings/${id}/processes`)
        .type('form')
        .send({ _token: contractor.formToken, process });
    const [first, second] = [await read('0'), await read('1')];
    expect([first.status, second.status]).toEqual([303, 303]);
    const at = (answer: { headers: Record<string, string> }): string =>
      answer.headers['location']!.split('/').at(-1)!;
    expect(at(first)).not.toBe(at(second));
    expect(await page(at(first))).toContain('ocds-1 – paquet.json');
    expect(await page(at(second))).toContain('Tonte des pelouses');
    expect(at(await read('1'))).toBe(at(second));
    for (const none of ['2', '', ' ', '1e0']) expect([none, (await read(none)).status]).toEqual([none, 404]);
    const nothing = contractor.browser.post(`/contractor/readings/${id}/processes`);
    expect((await nothing.set('x-form-token', contractor.formToken)).status).toBe(404);
  });

  it('lets a program correct the quantity of one line, with what was read, and take it back', async () => {
    const bill =
      'N°;Désignation;Unité;Quantité;Prix unitaire;Total\n1;Peinture des portes;m2;100;10,00;1000,00\n';
    const id = await bring('quantite.csv', Buffer.from(bill));
    const drafted = await contractor.browser.post(`/api/v1/readings/${id}/draft`);
    const at = `/api/v1/tenders/${(drafted.body as { tenderId: string }).tenderId}`;
    const shown = async () => {
      const { body: lines } = await contractor.browser.get(`${at}/lines`);
      const { body: tender } = await contractor.browser.get(at);
      const { id: line, quantity, quantityRead } = lines.items[0];
      return {
        line,
        quantities: [Number(quantity), Number(quantityRead)],
        value: tender.packages[0].value.amount,
      };
    };
    const { line } = await shown();
    const correct = async (lineId: string, quantity: unknown): Promise<number> =>
      (await contractor.browser.put(`${at}/lines/${lineId}/quantity`).send({ quantity })).status;
    expect(await correct(line, '1.234,5')).toBe(422);
    expect(await correct(line, -3)).toBe(422);
    expect(await correct(id, '120.5')).toBe(404);
    expect(await correct(line, '120.5')).toBe(204);
    expect(await shown()).toMatchObject({ quantities: [120.5, 100], value: '1205.00' });
    const undo = async (change: number) =>
      (await contractor.browser.post(`${at}/packages/undo`).send({ change })).status;
    expect(await undo(2)).toBe(412);
    expect((await contractor.browser.post(`${at}/packages/undo`)).status).toBe(204);
    expect(await undo(1)).toBe(412);
    expect(await shown()).toMatchObject({ quantities: [100, 100], value: '1000.00' });
    const changes = await contractor.browser.get(`${at}/package-changes`);
    expect(changes.body.items.map(({ kind, isUndone }: Record<string, unknown>) => [kind, isUndone])).toEqual(
      [
        ['undo', false],
        ['line', true],
      ],
    );
  });

  it('lets a program read one of several procedures, and finds its reading again', async () => {
    const release = (ocid: string, title: string): object => ({
      ocid,
      tender: { title },
      buyer: { name: 'Ville' },
    });
    const releases = [release('ocds-3', 'Peinture du préau'), release('ocds-4', 'Tonte du parc')];
    const id = await bring('lots.json', Buffer.from(JSON.stringify({ version: '1.1', releases })));
    const read = (process: unknown) =>
      contractor.browser.post(`/api/v1/readings/${id}/processes`).send({ process });
    const made = await read(1);
    expect([made.status, made.headers['location']]).toEqual([201, `/api/v1/readings/${made.body.id}`]);
    expect(made.body).toMatchObject({
      fileName: 'ocds-4 – lots.json',
      document: { tender: { title: 'Tonte du parc' } },
    });
    const again = await read(1);
    expect([again.status, again.body.id]).toEqual([200, made.body.id]);
    expect([(await read(2)).status, (await read('1')).status, (await read(-1)).status]).toEqual([
      404, 422, 422,
    ]);
  });
});

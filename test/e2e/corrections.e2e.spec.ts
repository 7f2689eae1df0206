import { OffersService } from '../../src/matching/index.js';
import { rows } from '../../src/platform/db/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { eventually } from '../eventually.js';

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
  id: string;
  ref: string;
  title: string;
  version: number;
  offered: boolean;
  confirmed: boolean;
}
interface Correction {
  readingId: string;
  added: { label: string }[];
  removed: { label: string }[];
  changed: { label: string; changes: { field: string; before: string; after: string }[] }[];
  changedPackages: string[];
  unchanged: number;
}

describe('a corrected file', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let enterprise: SignedInBrowser;

  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    enterprise = await service.signIn({ role: 'enterprise' });
    await service.database.transaction(SYSTEM, async (tx) => {
      const { id: _, ...crew } = anEnterprise({
        activities: [anActivity({ trades: ['45442100'] }), anActivity({ trades: ['45431000'] })],
      });
      const id = await service.app
        .get(RegistryService)
        .register(tx, SYSTEM, crew, { organisationId: enterprise.actor.organisationId! });
      await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
    });
  });
  afterAll(() => service.stop());

  const api = '/api/v1/tenders';
  const must = <T>(response: { status: number; body: unknown; text: string }, status: number): T => {
    if (response.status !== status)
      throw new Error(`expected ${status}, got ${response.status}: ${response.text}`);
    return response.body as T;
  };
  const send = (path: string, text: string, name = 'metre.csv') =>
    contractor.browser
      .post(path)
      .set('x-form-token', contractor.formToken)
      .attach('file', Buffer.from(text), name);
  const packagesOf = async (id: string): Promise<WorkPackage[]> =>
    must<{ packages: WorkPackage[] }>(await contractor.browser.get(`${api}/${id}`), 200).packages;
  const linesOf = async (id: string) =>
    must<{ items: { id: string; label: string; packageId: string | null }[] }>(
      await contractor.browser.get(`${api}/${id}/lines`),
      200,
    ).items;
  const draft = async (text: string): Promise<string> => {
    const reading = must<{ id: string }>(await send('/api/v1/readings', text), 201);
    return must<{ tenderId: string }>(
      await contractor.browser.post(`/api/v1/readings/${reading.id}/draft`),
      201,
    ).tenderId;
  };
  const offer = async (item: WorkPackage, code: string): Promise<void> => {
    must(
      await contractor.browser
        .put(`/api/v1/work-packages/${item.id}/review`)
        .send({ version: item.version, trades: [code], placeable: 'yes', offered: true }),
      200,
    );
  };

  it('is asked again about days that do not exist or come in the wrong order, one end against the other', async () => {
    const id = await draft(bill(...PAINT));
    const [paint] = await packagesOf(id);
    const review = (version: number, days: object) =>
      contractor.browser
        .put(`/api/v1/work-packages/${paint!.id}/review`)
        .send({ version, trades: ['45442100'], placeable: 'yes', offered: true, ...days });
    const errors = async (version: number, days: object) => {
      const { body } = await review(version, days);
      return [body.status, body.errors.map(({ pointer }: { pointer: string }) => pointer)];
    };
    expect(await errors(paint!.version, { startsOn: '2027-02-30' })).toEqual([422, ['/startsOn']]);
    expect(await errors(paint!.version, { startsOn: '2027-05-01', endsOn: '2027-04-01' })).toEqual([
      422,
      ['/endsOn'],
    ]);
    const begun = must<WorkPackage>(await review(paint!.version, { startsOn: '2027-05-01' }), 200);
    expect(await errors(begun.version, { endsOn: '2027-04-30' })).toEqual([422, ['/endsOn']]);
    must(await review(begun.version, { endsOn: '2027-05-01' }), 200);
  });

  it('is shown in the words and numbers of the reader, with what it says of the whole', async () => {
    const id = await draft(bill(...PAINT, ...TILES.slice(0, 2)));
    const text = bill(
      PAINT[0]!,
      PAINT[1]!.replace(';1200;8,00;9600,00', ';85,25;8,00;682,00'),
      PAINT[2]!,
    ).replace('hall 4;;;;\nLieu;4100 Seraing', 'hall 5;;;;\nLieu;4000 Liège');
    const correction = must<Correction & { facts: object[] }>(
      await send(`${api}/${id}/corrections`, text),
      201,
    );
    expect(correction.facts).toEqual([
      { fact: 'title', lot: null, before: 'Rénovation du hall 4', after: 'Rénovation du hall 5' },
      { fact: 'place', lot: null, before: '4100 Seraing', after: '4000 Liège' },
    ]);
    const page = await contractor.browser.get(
      `/contractor/tenders/${id}/corrections/${correction.readingId}`,
    );
    const shown = page.text.replace(/\s+/g, ' ').replaceAll('\u202f', ' ');
    expect(shown).toContain('Quantité : <del>1 200</del> → <ins>85,25</ins>');
    expect(shown).toContain('Total : <del>9 600</del> → <ins>682</ins>');
    expect(shown).toContain('Lieu : <del>4100 Seraing</del> → <ins>4000 Liège</ins>');
  });

  it('leaves the quantity that a person corrected, as long as it says of it what it said', async () => {
    const hall = (...paint: readonly string[]): string =>
      bill(PAINT[0]!, ...paint).replace('hall 4', 'hall 12');
    const [wall, ceiling] = [PAINT[1]!, PAINT[2]!];
    const id = await draft(hall(wall, ceiling));
    const lines = async (): Promise<{ id: string; ref: string; quantity: string; quantityRead: string }[]> =>
      (await contractor.browser.get(`${api}/${id}/lines`)).body.items;
    const figures = async (): Promise<(string | null)[]> => {
      const [first] = await lines();
      const [item] = (await contractor.browser.get(`${api}/${id}`)).body.packages;
      return [first!.quantity, first!.quantityRead, item.value.amount];
    };
    const bring = async (...paint: readonly string[]): Promise<Correction> => {
      const correction = must<Correction>(await send(`${api}/${id}/corrections`, hall(...paint)), 201);
      must(await contractor.browser.post(`${api}/${id}/corrections/${correction.readingId}/acceptance`), 204);
      return correction;
    };
    const [first] = await lines();
    must(
      await contractor.browser.put(`${api}/${id}/lines/${first!.id}/quantity`).send({ quantity: '1500' }),
      204,
    );
    expect(await figures()).toEqual(['1500', '1200', '15600.00']);
    // Twice: what a correction kept, the next one keeps.
    for (const area of [500, 600]) {
      const { changed } = await bring(wall, `1.2;Peinture des plafonds;m2;${area};9,00;${area * 9},00`);
      expect(changed.map(({ label }) => label)).toEqual(['Peinture des plafonds']);
    }
    expect(await figures()).toEqual(['1500', '1200', '17400.00']);
    // Another price: the total follows; another quantity: the document has the last word.
    await bring(wall.replace('8,00;9600,00', '10,00;12000,00'), ceiling);
    expect(await figures()).toEqual(['1500', '1200', '18600.00']);
    const { changed } = await bring(
      PAINT[0]!,
      PAINT[1]!.replace(';1200;8,00;9600,00', ';1400;8,00;11200,00'),
      PAINT[2]!,
    );
    expect(changed[0]!.changes).toContainEqual({ field: 'quantity', before: '1500', after: '1400' });
    expect(await figures()).toEqual(['1400', '1400', '14800.00']);
  });

  it('is shown as a difference, changes nothing until accepted, and then only what it changes', async () => {
    const id = await draft(bill(...PAINT, ...TILES));
    const [paint, tiles] = await packagesOf(id);
    await offer(paint!, '45442100');
    await offer(tiles!, '45431000');
    const before = await linesOf(id);

    const corrected = bill(
      PAINT[0]!,
      '1.1;Peinture des murs intérieurs, trois couches;m2;1300;8,00;10400,00',
      ...TILES,
      '2.3;Faïence murale;m2;80;50,00;4000,00',
    );
    const shown = must<Correction>(await send(`${api}/${id}/corrections`, corrected), 201);
    expect(shown.added.map(({ label }) => label)).toEqual(['Faïence murale']);
    expect(shown.removed.map(({ label }) => label)).toEqual(['Peinture des plafonds']);
    expect(shown.changed).toMatchObject([
      {
        changes: [
          { field: 'label', before: 'Peinture des murs intérieurs, deux couches' },
          { field: 'quantity', before: '1200', after: '1300' },
          { field: 'total', before: '9600.00', after: '10400.00' },
        ],
      },
    ]);
    expect(shown.changedPackages.toSorted()).toEqual([paint!.id, tiles!.id].toSorted());
    expect(await linesOf(id)).toEqual(before);

    must(await contractor.browser.post(`${api}/${id}/corrections/${shown.readingId}/acceptance`), 204);
    const after = await linesOf(id);
    const idOf = new Map(before.map((line) => [line.label, line.id]));
    expect(after.map(({ label }) => label)).toEqual([
      'Peinture des murs intérieurs, trois couches',
      'Carrelage de sol en grès cérame',
      'Plinthes en carrelage',
      'Faïence murale',
    ]);
    expect(after[0]!.id).toBe(idOf.get('Peinture des murs intérieurs, deux couches'));
    expect(after[1]!.id).toBe(idOf.get('Carrelage de sol en grès cérame'));
    expect(after[3]!.packageId).toBe(tiles!.id);
    expect((await packagesOf(id)).map(({ confirmed, offered }) => [confirmed, offered])).toEqual([
      [false, false],
      [false, false],
    ]);
    const again = await contractor.browser.post(`${api}/${id}/corrections/${shown.readingId}/acceptance`);
    expect(again.status).toBe(409);
    const history = must<{ items: { kind: string; lines: number }[] }>(
      await contractor.browser.get(`${api}/${id}/package-changes`),
      200,
    );
    expect(history.items).toMatchObject([{ kind: 'correction', lines: 3 }]);
  });

  it('of a draft leaves what a person had decided on a package that it changes, to be looked at again', async () => {
    const id = await draft(bill('0;DIVERS;;;;', ...PAINT, ...TILES));
    const [paint] = await packagesOf(id);
    must(
      await contractor.browser
        .put(`/api/v1/work-packages/${paint!.id}/review`)
        .send({ version: paint!.version, trades: ['79952000'], placeable: 'no', offered: false }),
      200,
    );
    const text = bill('0;DIVERS;;;;', ...PAINT, '1.3;Peinture des portes;pc;12;90,00;1080,00', ...TILES);
    const shown = must<Correction>(await send(`${api}/${id}/corrections`, text), 201);
    must(await contractor.browser.post(`${api}/${id}/corrections/${shown.readingId}/acceptance`), 204);
    const [now] = must<{ packages: (WorkPackage & { tags: Record<string, unknown>[] })[] }>(
      await contractor.browser.get(`${api}/${id}`),
      200,
    ).packages;
    expect(now).toMatchObject({ id: paint!.id, confirmed: false });
    const by = { origin: 'person', state: 'proposed', accepted: false };
    expect(now!.tags[0]).toMatchObject({ kind: 'placeable', value: 'no', ...by });
    expect(now!.tags[1]).toMatchObject({ kind: 'trade', value: '79952000', ...by });
  });

  it('is accepted as it was seen, and shown again when somebody changed the tender meanwhile', async () => {
    const id = await draft(bill('0;DEUX;;;;', ...PAINT, ...TILES));
    const bring = async (...lines: readonly string[]) =>
      must<Correction & { comparedWith: string }>(
        await send(`${api}/${id}/corrections`, bill('0;DEUX;;;;', ...lines)),
        201,
      );
    const first = await bring(...PAINT, ...TILES, '2.3;Seuils;m;4;30,00;120,00');
    const second = await bring(...PAINT, ...TILES, '2.4;Nez de marche;m;4;30,00;120,00');
    const accept = ({ readingId, comparedWith }: typeof first) =>
      contractor.browser.post(`${api}/${id}/corrections/${readingId}/acceptance`).send({ comparedWith });
    expect((await accept(first)).status).toBe(204);
    expect((await accept(second)).status).toBe(412);
    const page = `/contractor/tenders/${id}/corrections/${second.readingId}`;
    const late = await contractor.post(page, { comparedWith: second.comparedWith });
    expect([late.status, late.text.includes('Le marché ou ses paquets ont changé depuis')]).toEqual([
      422,
      true,
    ]);
    expect((await linesOf(id)).map(({ label }) => label)).toContain('Seuils');
    const [, comparedWith = ''] = /name="comparedWith" value="([\d.]+)"/.exec(late.text) ?? [];
    expect((await contractor.post(page, { comparedWith })).status).toBe(303);
    expect((await linesOf(id)).map(({ label }) => label)).not.toContain('Seuils');
  });

  it('whose lots are numbered anew, put together or divided leaves packages as they are', async () => {
    const lots = (...all: readonly (readonly string[])[]): string =>
      bill(
        ...all.flatMap((lines, at) => [`LOT ${at + 1};${lines[0]!.split(';')[1]};;;;`, ...lines.slice(1)]),
      );
    const grass = ['3;ESPACES VERTS;;;;', '3.1;Tonte des pelouses;m2;900;0,20;180,00'];
    const id = await draft(lots(PAINT, TILES));
    const before = await packagesOf(id);
    expect(before.map(({ ref }) => ref)).toEqual(['1-4544', '2-4543']);
    await offer(before[0]!, '45442100');
    await offer(before[1]!, '45431000');
    const stood = await packagesOf(id);
    const correct = async (text: string): Promise<Correction> => {
      const shown = must<Correction>(await send(`${api}/${id}/corrections`, text), 201);
      must(await contractor.browser.post(`${api}/${id}/corrections/${shown.readingId}/acceptance`), 204);
      return shown;
    };
    const homes = async (): Promise<readonly (string | null)[]> =>
      (await linesOf(id)).map(({ packageId }) => packageId);

    const behind = await correct(lots(grass, PAINT, TILES));
    expect(behind).toMatchObject({
      added: [{ label: 'Tonte des pelouses' }],
      removed: [],
      changedPackages: [],
    });
    expect((await packagesOf(id)).slice(0, 2)).toEqual(stood);
    const [paint, tiles] = stood.map((item) => item.id);
    expect((await homes()).toSorted()).toEqual(
      [paint, paint, tiles, tiles, (await packagesOf(id))[2]!.id].toSorted(),
    );

    const together = await correct(
      bill('0;TRAVAUX;;;;', ...grass, ...PAINT, ...TILES, '2.3;Seuils en carrelage;m;4;30,00;120,00'),
    );
    expect(together).toMatchObject({
      added: [{ label: 'Seuils en carrelage' }],
      removed: [],
      changedPackages: [tiles],
    });
    expect((await packagesOf(id))[0]).toEqual(stood[0]);

    const divided = await correct(lots(TILES, grass, PAINT));
    expect(divided).toMatchObject({
      added: [],
      removed: [{ label: 'Seuils en carrelage' }],
      changedPackages: [tiles],
    });
    expect((await packagesOf(id))[0]).toEqual(stood[0]);
    expect((await homes()).filter((home) => home === tiles)).toHaveLength(2);
  });

  it('of a published tender keeps the answers to unchanged packages and asks to confirm the others', async () => {
    const id = await draft(bill('0;TRAVAUX;;;;', ...PAINT, ...TILES));
    const [paint, tiles] = await packagesOf(id);
    await offer(paint!, '45442100');
    await offer(tiles!, '45431000');
    const deadline = new Date(service.clock.now().getTime() + 20 * 86_400_000).toISOString();
    must(await contractor.browser.patch(`${api}/${id}`).send({ deadline }), 204);
    must(await contractor.browser.put(`${api}/${id}/buyer`).send({ buyer: 'private' }), 200);
    const clause = { instrument: 'VOLUNTARY', basis: 'BE-CONTRACT' };
    must(await contractor.browser.put(`${api}/${id}/clause`).send(clause), 204);
    must(await contractor.browser.post(`${api}/${id}/publication`), 204);
    await eventually(async () => {
      const { items } = must<{ items: unknown[] }>(await contractor.browser.get(`${api}/${id}/matches`), 200);
      return items.length >= 2 ? items : null;
    });
    for (const item of [paint!, tiles!]) {
      must(
        await enterprise.browser.put(`/api/v1/opportunities/${item.id}/answer`).send({ kind: 'full' }),
        200,
      );
    }

    const corrected = bill('0;TRAVAUX;;;;', ...PAINT, TILES[0]!, TILES[1]!.replace('300', '350'), TILES[2]!);
    const shown = must<Correction>(await send(`${api}/${id}/corrections`, corrected), 201);
    expect(shown.changedPackages).toEqual([tiles!.id]);
    service.clock.advanceMs(60_000);
    must(await contractor.browser.post(`${api}/${id}/corrections/${shown.readingId}/acceptance`), 204);

    const answers = await service.database.transaction(SYSTEM, (tx) =>
      rows<{ packageId: string; outdated: boolean }>(
        tx,
        `SELECT a.package_id AS "packageId", p.version > a.package_version AS outdated
         FROM answers.answer a JOIN tenders.work_package p ON p.id = a.package_id
         WHERE a.tender_id = $1 AND upper_inf(a.recorded) ORDER BY p.ordinal`,
        [id],
      ),
    );
    expect(answers).toEqual([
      { packageId: paint!.id, outdated: false },
      { packageId: tiles!.id, outdated: true },
    ]);
    const page = await enterprise.browser.get(`/enterprise/opportunities/${tiles!.id}`);
    expect(page.text).toContain('Ce paquet a changé depuis votre réponse');
    const other = await enterprise.browser.get(`/enterprise/opportunities/${paint!.id}`);
    expect(other.text).not.toContain('Ce paquet a changé depuis votre réponse');
    const board = await contractor.browser.get(`/contractor/tenders/${id}/board`);
    expect(board.text.match(/À reconfirmer/g)).toHaveLength(1);

    const told = await eventually(async () => {
      const [mail] = await service.database.transaction(SYSTEM, (tx) =>
        rows<{ subject: string; body: string }>(
          tx,
          `SELECT subject, body FROM platform.outbox_mail WHERE recipient LIKE $1 AND subject LIKE '%changé%'`,
          [`%${enterprise.email}%`],
        ),
      );
      return mail ?? null;
    });
    expect(told.body).toContain(tiles!.title);

    must(
      await enterprise.browser.put(`/api/v1/opportunities/${tiles!.id}/answer`).send({ kind: 'full' }),
      200,
    );
    const confirmed = await contractor.browser.get(`/contractor/tenders/${id}/board`);
    expect(confirmed.text).not.toContain('À reconfirmer');
  });

  it('is nobody else’s to bring or accept', async () => {
    const id = await draft(bill('9;AUTRES;;;;', ...PAINT));
    const shown = must<Correction>(
      await send(`${api}/${id}/corrections`, bill('9;AUTRES;;;;', PAINT[1]!)),
      201,
    );
    const stranger = await service.signIn({ role: 'contractor' });
    const tried = await stranger.browser.post(`${api}/${id}/corrections/${shown.readingId}/acceptance`);
    expect(tried.status).toBe(404);
    expect((await linesOf(id)).length).toBe(2);
  });
});

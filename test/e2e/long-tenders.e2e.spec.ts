import { gzipSync } from 'node:zlib';
import { OffersService } from '../../src/matching/index.js';
import { maybeRow, rows, type Tx } from '../../src/platform/db/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { draftTender } from './publish.js';

const PAINTING = '45442100';
const LINES = 5000;
const PACKAGES = 121;
/** What a page may weigh on the line, styles and scripts aside. */
const HEAVIEST = 60_000;

const HEAD =
  'Projet;Rénovation du hall 4;;;;\nLieu;4100 Seraing;;;;\nPoste;Désignation;Unité;Quantité;Prix unitaire;Total\n1;PEINTURES;;;;\n';
/** Every hundredth line is of a room of its own kind. */
const room = (n: number): string => (n % 100 === 0 ? `Forgé à l’étage ${n}` : `local ${n}`);
const bill = `${HEAD}${Array.from(
  { length: LINES },
  (_, n) => `1.${n + 1};Peinture des murs intérieurs, deux couches, ${room(n + 1)};m2;100;8,00;800,00`,
).join('\n')}\n`;

describe('a tender longer than anybody reads', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let painter: SignedInBrowser;

  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    painter = await service.signIn({ role: 'enterprise' });
    await inSystem(async (tx) => {
      const { id: _, ...profile } = anEnterprise({
        activities: [anActivity({ trades: [PAINTING] })],
      });
      const { organisationId } = painter.actor;
      const id = await service.app
        .get(RegistryService)
        .register(tx, SYSTEM, profile, { organisationId: organisationId! });
      await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
    });
  });
  afterAll(() => service.stop());

  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    service.database.transaction(SYSTEM, work);
  const see = async (path: string, who = contractor): Promise<string> => {
    const { status, text } = await who.browser.get(path);
    if (status !== 200) throw new Error(`${path}: ${status} ${text.slice(0, 500)}`);
    expect(gzipSync(text).byteLength).toBeLessThan(HEAVIEST);
    return text;
  };

  describe('in one package of 5,000 lines', () => {
    let tenderId: string;
    let packageId: string;
    let path: string;
    const numbers = (page: string): string[] =>
      [...page.matchAll(/<td class="govuk-table__cell">(1\.\d+)<\/td>/g)].map(([, ref]) => ref!);

    beforeAll(async () => {
      const browser = contractor.browser.set('x-form-token', contractor.formToken);
      const read = await browser.post('/api/v1/readings').attach('file', Buffer.from(bill), 'metre.csv');
      const drafted = await browser.post(`/api/v1/readings/${read.body.id}/draft`);
      tenderId = drafted.body.tenderId;
      const { packages } = (await browser.get(`/api/v1/tenders/${tenderId}`)).body;
      packageId = packages[0].id;
      path = `/contractor/tenders/${tenderId}/packages/${packageId}`;
    });

    it('shows each line once, a hundred a page', async () => {
      const seen: string[] = [];
      for (const page of [1, 2, 25, 50]) {
        const shown = numbers(await see(`${path}/lines?page=${page}`));
        expect(shown).toHaveLength(100);
        expect(shown[0]).toBe(`1.${(page - 1) * 100 + 1}`);
        seen.push(...shown);
      }
      expect(new Set(seen).size).toBe(400);
      expect(numbers(await see(`${path}/lines?page=51`))[0]).toBe('1.1');
    });

    it('finds lines wherever they are, without their accents', async () => {
      expect(numbers(await see(`${path}/lines?q=FORGE+etage`))).toHaveLength(LINES / 100);
      expect(numbers(await see(`${path}/lines?q=forge+4200`))).toEqual(['1.4200']);
      expect(await see(`${path}/lines?q=nulle+part`)).toContain('Aucune ligne');
    });

    it('shows the first of them on the page of the package, and of its rule', async () => {
      expect(await see(path)).toContain('local 1');
      expect(await see(`${path}/rule`)).toContain('local 1');
    });

    it('takes all that a search finds, also from other pages, into a package of its own', async () => {
      const made = await contractor.post(`${path}/lines`, {
        q: 'local',
        all: 'yes',
        action: 'split',
        title: 'Locaux',
      });
      expect(made.status).toBe(303);
      const counts = await inSystem((tx) =>
        rows<{ title: string; lines: number }>(
          tx,
          `SELECT p.title, count(*)::int AS lines FROM tenders.work_package p JOIN tenders.bill_line b ON b.package_id = p.id
           WHERE p.tender_id = $1 GROUP BY p.id, p.title ORDER BY 2`,
          [tenderId],
        ),
      );
      expect(counts).toMatchObject([{ lines: LINES / 100 }, { title: 'Locaux', lines: LINES - LINES / 100 }]);
    });
  });

  describe('in hundreds of packages', () => {
    let tenderId: string;
    let packageId: string;
    const board = (asked = ''): Promise<string> => see(`/contractor/tenders/${tenderId}/board${asked}`);
    const titles = (page: string): string[] =>
      [...page.matchAll(/<h2 class="govuk-heading-m" id="package-[^"]+">\s*(Bureau \d+)/g)].map(
        ([, title]) => title!,
      );

    beforeAll(async () => {
      tenderId = await draftTender(contractor, [PAINTING]);
      await inSystem(async (tx) => {
        const found = await maybeRow<{ id: string }>(
          tx,
          `SELECT id FROM tenders.work_package WHERE tender_id = $1 AND offered`,
          [tenderId],
        );
        packageId = found!.id;
        const again = (table: string, column: string, changes: string) =>
          rows(
            tx,
            `INSERT INTO ${table}
             SELECT (jsonb_populate_record(r, jsonb_build_object('id', md5(r.id::text || i)::uuid) || ${changes})).*
             FROM ${table} r, generate_series(2, ${PACKAGES}) i WHERE r.${column} = $1 RETURNING 1`,
            [packageId],
          );
        await rows(
          tx,
          `UPDATE tenders.work_package SET title = 'Bureau 1', ordinal = 1001 WHERE id = $1 RETURNING 1`,
          [packageId],
        );
        const title = `jsonb_build_object('title', 'Bureau ' || i, 'ref', r.ref || '-' || i, 'ordinal', 1000 + i)`;
        await again('tenders.work_package', 'id', title);
        await again(
          'tagging.tag',
          'package_id',
          `jsonb_build_object('package_id', md5(r.package_id::text || i)::uuid)`,
        );
      });
    });

    it('is asked about by name, page by page, before it is published', async () => {
      const publish = `/contractor/tenders/${tenderId}/publish`;
      const page = await see(publish);
      expect(page).toContain(`les ${PACKAGES} paquets`);
      expect(page).toContain('Inviter des entreprises par leur nom');
      expect(page).not.toContain('Organisation enterprise');
      const form = { deadlineDay: '2026-12-20', deadlineTime: '12:00', visibility: 'invited' };
      const looked = await contractor.post(publish, { ...form, candidate: 'organisation', look: '1' });
      const invited = /value="([0-9a-f-]{36})"[^>]*>\s*<label[^>]*>\s*Organisation enterprise/.exec(
        looked.text,
      )?.[1];
      expect(invited).toBeDefined();
      await contractor.post(publish, { ...form, invited: invited!, action: 'save' });
      expect(await see(publish)).toContain('Organisation enterprise');
      await contractor.post(publish, { ...form, visibility: 'eligible', action: 'save' });
    });

    it('can be taken to another package by its title, where no list would be read', async () => {
      const lines = `/contractor/tenders/${tenderId}/packages/${packageId}/lines`;
      expect(await see(lines)).not.toContain('<select');
      const found = await contractor.post(lines, { action: 'find', target: 'bureau 77', title: 'Plus tard' });
      expect([...found.text.matchAll(/<option[^>]*>([^<]+)</g)].map(([, title]) => title)).toEqual([
        'Bureau 77',
      ]);
      expect(found.text).toContain('value="Plus tard"');
    });

    it('has a board that shows each package once, ten a page, and counts them all', async () => {
      const published = await contractor.browser
        .post(`/api/v1/tenders/${tenderId}/publication`)
        .set('x-form-token', contractor.formToken);
      expect(published.status).toBe(204);
      await eventually(async () => {
        const { body } = await painter.browser.get('/api/v1/opportunities');
        return body.items.length > 0 ? body : null;
      });
      const seen: string[] = [];
      for (let page = 1; page <= 13; page += 1) seen.push(...titles(await board(`?page=${page}`)));
      expect(seen).toEqual(Array.from({ length: PACKAGES }, (_, n) => `Bureau ${n + 1}`));
      // A page that is not there is the first, however large its number is.
      for (const none of ['14', '3000000000', '9007199254740991'])
        expect(titles(await board(`?page=${none}`))).toEqual(seen.slice(0, 10));
      expect(await board()).toContain(`${PACKAGES} sur ${PACKAGES}`);
    });

    it('finds by words, by answer and by question what somebody looks for', async () => {
      const of = async (title: string): Promise<string> =>
        (await inSystem((tx) =>
          maybeRow<{ id: string }>(
            tx,
            'SELECT id FROM tenders.work_package WHERE tender_id = $1 AND title = $2',
            [tenderId, title],
          ),
        ))!.id;
      expect(titles(await board('?q=bureau+77'))).toEqual(['Bureau 77']);
      await painter.post(`/enterprise/opportunities/${await of('Bureau 90')}/answer`, { kind: 'full' });
      await painter.post(`/enterprise/opportunities/${await of('Bureau 41')}/question`, {
        text: 'Faut-il un échafaudage ?',
      });
      // Right at once: nothing of it is kept for later.
      const question = /href="([^"]+\/questions\/[^"]+)"/.exec(await board('?only=asked'))![1]!;
      expect(titles(await board('?only=answered'))).toEqual(['Bureau 90']);
      const asked = await board('?only=asked');
      expect(titles(asked)).toEqual(['Bureau 41']);
      expect(asked).toContain('Faut-il un échafaudage ?');
      expect(asked).toContain(`1 sur ${PACKAGES}`);
      expect(titles(await board('?only=asked&q=bureau+90'))).toEqual([]);
      const replied = await contractor.post(question, { text: 'Non, une échelle suffit.' });
      const back = replied.headers['location']!.split('#');
      expect(back[1]).toBe(`package-${await of('Bureau 41')}`);
      expect(titles(await see(back[0]!))[0]).toBe('Bureau 41');
      expect(await board('?only=asked')).toContain('0 paquet trouvé');
    });
  });
});

import type { Response } from 'supertest';
import { openArchive } from '../../src/tenders/formats/archive.js';
import { readXmlTree } from '../../src/tenders/formats/xml-tree.js';
import { parseTender } from '../../src/tenders/index.js';
import { readWorkbook } from '../../src/tenders/formats/spreadsheet.js';
import { rows } from '../../src/platform/db/index.js';
import { aPublishedTender } from '../factories/published-tender.factory.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';

const HOSTILE = '=HYPERLINK("http://example.org";"x")';
const PERIOD = 'from=2026-01-01&to=2026-12-31';

describe('figures taken away as files', () => {
  let service: TestApp;
  let group: SignedInBrowser;
  beforeAll(async () => {
    service = await startTestApp();
    group = await service.signIn({ role: 'working-group', language: 'en' });
    for (const [name, packages] of [
      [HOSTILE, 3],
      ['Bâtir; "frères"', 12],
    ] as const) {
      const { actor } = await service.signIn({ role: 'contractor' });
      await service.database.transaction(SYSTEM, async (tx) => {
        await rows(tx, `UPDATE accounts.organisation SET name = $2 WHERE id = $1`, [
          actor.organisationId,
          name,
        ]);
        const { tenderId } = await aPublishedTender(tx, {
          organisationId: actor.organisationId!,
          deadline: new Date('2026-12-15T11:00:00Z'),
          packages: Array.from({ length: packages }, (_, index) => `Lot ${index + 1}`),
        });
        if (packages === 3)
          await rows(
            tx,
            `INSERT INTO tenders.audience (tender_id, organisation_id, kind) VALUES ($1, $2, 'public')`,
            [tenderId, actor.organisationId],
          );
        await rows(tx, `UPDATE tenders.tender SET place = $2 WHERE organisation_id = $1`, [
          actor.organisationId,
          { nis: '62096', municipality: 'Seraing', sites: [] },
        ]);
      });
    }
  }, 60_000);
  afterAll(() => service.stop());

  const get = (file: string): Promise<Response> =>
    group.browser
      .get(`/working-group/exports/${file}?${PERIOD}`)
      .buffer(true)
      .parse((answer, done) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => done(null, Buffer.concat(parts)));
      })
      .then((answer) => answer);
  const unstamped = (line: string): string => line.replace(/;M[0-9a-f]{16}$/, '');
  const textOf = (answer: Response): string => (answer.body as Buffer).toString('utf8');

  it('are linked from the page, each in words, and all open', async () => {
    const page = await group.browser.get(`/working-group?${PERIOD}`);
    const links = [...page.text.matchAll(/href="(\/working-group\/exports\/[^"]+)"/g)].map((match) =>
      match[1]!.replaceAll('&amp;', '&'),
    );
    // The figures and six breakdowns, each in three files; two pictures, and the tenders open to everybody.
    expect(links).toHaveLength(3 * 6 + 3);
    for (const link of links) expect([link, (await group.browser.get(link)).status]).toEqual([link, 200]);
  });

  it('say where packages are lost, as the page does, and list only what may be listed', async () => {
    const page = await group.browser.get(`/working-group/losses?${PERIOD}`);
    expect(page.text).toContain('Nobody has judged yet whether it can be placed');
    const list = /href="(\/working-group\/losses\/packages[^"]+)"/
      .exec(page.text)![1]!
      .replaceAll('&amp;', '&');
    expect((await group.browser.get(list)).text.match(/scope="row"/g)).toHaveLength(15);
    const refused = await group.browser.get(list.replace('not-judged', 'nobody-answered'));
    expect(refused.status).toBe(404);
    const lines = textOf(await get('losses.csv')).split('\r\n');
    expect(lines[0]).toContain('Packages lost');
    expect(lines.slice(1).map(unstamped)).toEqual([
      '2026-01-01;2026-12-31;2026-11-24;Can be placed;Nobody has judged yet whether it can be placed;15',
      '',
    ]);
    for (const file of ['losses.xlsx', 'losses-columns.csv'])
      expect([file, (await get(file)).status]).toEqual([file, 200]);
  });

  it('say the same as the page, small cells hidden with what would give them away', async () => {
    const answer = await get('by-contractor.csv');
    expect(answer.headers['content-type']).toContain('text/csv');
    expect(answer.headers['link']).toContain('by-contractor-columns.csv');
    const lines = textOf(answer).split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFF/);
    expect(lines.slice(1).map(unstamped)).toEqual([
      `2026-01-01;2026-12-31;2026-11-24;"Bâtir; ""frères""";12;;;;;;;;`,
      `2026-01-01;2026-12-31;2026-11-24;"'=HYPERLINK(""http://example.org"";""x"")";3;;;;;;;;`,
      '',
    ]);
    const page = await group.browser.get(`/working-group?${PERIOD}`);
    // Two rows, and of the six figures that the page breaks down all but the plain number.
    expect(page.text.match(/>hidden</g)).toHaveLength(10);
  });

  it('name the state they were made from: the same on the page, in each file and for programs', async () => {
    const page = await group.browser.get(`/working-group?${PERIOD}`);
    const [, snapshot] = /<code>(M[0-9a-f]{16})<\/code>/.exec(page.text)!;
    for (const file of ['figures', 'by-contractor', 'by-trade']) {
      const answer = await get(`${file}.csv`);
      const [head, ...lines] = textOf(answer).trim().split('\r\n');
      expect(head).toMatch(/;State of the data$/);
      expect(lines.map((line) => line.split(';').at(-1))).toEqual(lines.map(() => snapshot));
      expect(answer.headers['content-disposition']).toContain(snapshot);
    }
    const { body } = await group.browser.get('/api/v1/uptake?from=2026-01-01&until=2027-01-01');
    expect(body.snapshot).toBe(snapshot);
    const earlier = await group.browser.get('/api/v1/uptake?from=2026-01-01&until=2026-12-31');
    expect(earlier.body.snapshot).not.toBe(snapshot);
  });

  it('are drawn as pictures that stand alone, with their days and their state', async () => {
    for (const [file, ...said] of [
      ['map.svg', 'Seraing', '15'],
      ['funnel.svg', 'Work packages published', '15'],
    ] as const) {
      const answer = await get(file);
      expect(answer.headers['content-type']).toContain('image/svg+xml');
      const text = textOf(answer);
      for (const words of [...said, '24 November 2026', 'M'])
        expect([words, text.includes(words)]).toEqual([words, true]);
      expect(readXmlTree(text).local).toBe('svg');
      expect(text).not.toMatch(/script|href|class=|style=/);
    }
    expect(
      (await group.browser.get('/working-group/exports/map.svg?from=2020-01-01&to=2020-12-31')).status,
    ).toBe(404);
  });

  it('give the tenders open to everybody as releases, and no others, which our own reader reads', async () => {
    const answer = await get('releases.json');
    const told = JSON.parse(textOf(answer)) as { releases: unknown[] };
    expect(told.releases).toHaveLength(1);
    const read = await parseTender(answer.body as Buffer, 'releases.json');
    expect(read).toMatchObject({
      format: 'ocds',
      formatVersion: '1.1',
      tender: {
        title: 'École communale',
        deadline: '2026-12-15T11:00:00.000Z',
        buyer: { name: HOSTILE },
        place: { municipality: 'Seraing' },
      },
      lots: [{ title: 'Lot 1' }, { title: 'Lot 2' }, { title: 'Lot 3' }],
    });
    expect('problems' in read && read.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('lead from one file of releases to the next, each tender once, also of those published at one instant', async () => {
    const { actor } = await service.signIn({ role: 'contractor' });
    const organisationId = actor.organisationId!;
    await service.database.transaction(SYSTEM, async (tx) => {
      for (let i = 0; i < 501; i += 1)
        await aPublishedTender(tx, {
          organisationId,
          deadline: new Date('2019-12-15T11:00:00Z'),
          packages: [],
        });
      await rows(
        tx,
        `UPDATE tenders.tender t SET published_at = '2019-05-01T00:00:00Z'::timestamptz + ((n + 1) / 3) * interval '1 hour'
           FROM (SELECT id, row_number() OVER () AS n FROM tenders.tender WHERE organisation_id = $1) numbered
          WHERE numbered.id = t.id RETURNING t.id`,
        [organisationId],
      );
      await rows(
        tx,
        `INSERT INTO tenders.audience SELECT id, organisation_id, 'public' FROM tenders.tender WHERE organisation_id = $1`,
        [organisationId],
      );
    });
    const told: string[] = [];
    const sizes: number[] = [];
    let address: string | undefined = '/working-group/exports/releases.json?from=2019-01-01&to=2019-12-31';
    while (address !== undefined) {
      const answer: Response = await group.browser.get(address).expect(200);
      const { releases, links } = answer.body as {
        releases: { ocid: string }[];
        links?: { next: string };
      };
      expect(answer.headers['link']).toBe(links && `<${links.next}>; rel="next"`);
      told.push(...releases.map(({ ocid }) => ocid));
      sizes.push(releases.length);
      address = links && links.next.replace('http://localhost', '');
    }
    expect([sizes, new Set(told).size]).toEqual([[500, 1], 501]);
  });

  it('hide the same from programs, and list no packages behind what is hidden', async () => {
    const { body } = await group.browser.get('/api/v1/uptake?from=2026-01-01&until=2027-01-01');
    const [byContractor] = body.breakdowns as {
      by: string;
      groups: { key: string; label: string; figures: { hidden: boolean; numerator: number | null }[] }[];
    }[];
    expect(byContractor!.by).toBe('contractor');
    const shown = byContractor!.groups.map(({ label, figures }) => [label, figures.map((f) => f.numerator)]);
    const none = Array.from({ length: 8 }, () => null);
    expect(Object.fromEntries(shown)).toEqual({ [HOSTILE]: [3, ...none], 'Bâtir; "frères"': [12, ...none] });
    const packages = (label: string, figure: string) => {
      const { key } = byContractor!.groups.find((each) => each.label === label)!;
      return group.browser.get(`/working-group/packages?by=contractor&of=${key}&figure=${figure}&${PERIOD}`);
    };
    const listed = await packages('Bâtir; "frères"', 'published');
    expect([listed.status, listed.text.match(/Lot \d+/g)?.length]).toEqual([200, 12]);
    expect((await packages('Bâtir; "frères"', 'placeable')).status).toBe(404);
    expect((await packages(HOSTILE, 'published')).status).toBe(404);
  });

  it('speak of a territory that is chosen, hidden like the row of one, and list what was published there', async () => {
    const page = await group.browser.get(`/working-group?${PERIOD}`);
    expect(page.text).toContain('<option value="BE332">');
    const there = await group.browser.get(`/working-group?${PERIOD}&territory=BE332`);
    expect(there.text).toContain('<option value="BE332" selected>');
    expect(there.text).toContain('territory=BE332');
    const list = /href="(\/working-group\/packages\?[^"]*territory=BE332[^"]*)"/.exec(there.text)![1]!;
    const listed = await group.browser.get(list.replaceAll('&amp;', '&'));
    expect([listed.status, listed.text.match(/<th scope="row"/g)?.length]).toEqual([200, 15]);
    const elsewhere = await group.browser.get(`/working-group/packages?${PERIOD}&territory=BE21`);
    expect(elsewhere.status).toBe(404);
    const file = await group.browser.get(`/working-group/exports/figures.csv?${PERIOD}&territory=BE332`);
    const rowsOf = file.text.trim().split('\r\n').slice(1);
    expect(rowsOf).toHaveLength(11);
    expect(rowsOf.every((row) => /;Arr[^;]*;/.test(row))).toBe(true);
  });

  it('are told to programs, of a territory too, and of what is none with a sentence', async () => {
    const ask = (query: string) =>
      group.browser.get(`/api/v1/uptake?from=2026-01-01&until=2027-01-01${query}`);
    const { body } = await ask('&territory=BE332');
    expect(body.territory).toBe('BE332');
    expect(
      body.headlines.map(({ key, numerator }: { key: string; numerator: number }) => [key, numerator]),
    ).toEqual([
      ['published', 15],
      ['placeable', 0],
      ['eligible', 0],
      ['awarded', 0],
      ['hours', 0],
      ['winners', 0],
    ]);
    for (const wrong of ['&territory=Li%C3%A8ge', '&known=2026-02-30']) {
      const refused = await ask(wrong);
      expect(refused.status).toBe(422);
      expect(refused.body.errors[0].detail).toMatch(/^“.+” is (not a date|neither)/);
    }
  });

  it('come as a workbook with its dictionary, which the reader of tenders reads', async () => {
    const { grids } = readWorkbook(openArchive((await get('by-contractor.xlsx')).body as Buffer));
    const [values, dictionary] = grids.map((grid) => grid.rows.map((row) => row.cells));
    expect(values![2]!.slice(3, 5)).toEqual([HOSTILE, 3]);
    expect(dictionary!.slice(1).map((row) => row[1])).toEqual(values![0]);
    expect(dictionary!.flat().every((cell) => typeof cell === 'string' && cell !== '')).toBe(true);
    expect(dictionary!.flat().join(' ')).not.toMatch(/figures?\.[a-z]/);
  });

  it.each(['figures', 'by-contractor', 'by-trade', 'by-kind', 'by-origin', 'clauses'])(
    'explain each column of %s, in the language of the reader',
    async (name) => {
      const table = textOf(await get(`${name}.csv`)).split('\r\n');
      const dictionary = textOf(await get(`${name}-columns.csv`)).split('\r\n');
      expect(dictionary[0]).toBe('\uFEFFCode;Column;Definition;Unit;Source');
      expect(dictionary).toHaveLength(table[0]!.split(';').length + 2);
    },
  );

  it.each([
    'figures.pdf',
    'figures.svg',
    'releases.csv',
    'map.json',
    'rows.csv',
    'figures-columns.xlsx',
    '..%2Ffigures.csv',
  ])('know no %s', async (file) => {
    expect((await get(file)).status).toBe(404);
  });

  it('leave a trace, which names nobody', async () => {
    await get('figures.xlsx');
    const kept = await service.database.transaction(SYSTEM, (tx) =>
      rows<{ details: unknown; subject: string | null }>(
        tx,
        `SELECT details, subject_id AS subject FROM platform.audit_entry
         WHERE organisation_id = $1 AND action = 'figures.exported' ORDER BY seq DESC LIMIT 1`,
        [group.actor.organisationId],
      ),
    );
    expect(kept).toEqual([
      {
        details: {
          file: 'figures.xlsx',
          from: '2026-01-01',
          to: '2026-12-31',
          known: '2026-11-24',
          territory: null,
          snapshot: expect.stringMatching(/^M[0-9a-f]{16}$/),
        },
        subject: null,
      },
    ]);
  });

  it('wait while much is being counted; pages and programs are told what is left out', async () => {
    const { actor } = await service.signIn({ role: 'contractor' });
    // A few that are marked are counted as one asks: that none is said to wait does not tell that none does.
    const allCounted = async (published: number) => {
      const marked = await service.database.transaction(SYSTEM, (tx) =>
        rows(tx, 'SELECT FROM monitoring.marked_package LIMIT 1'),
      );
      const { body } = await group.browser.get('/api/v1/uptake?from=2026-01-01&until=2027-01-01');
      return marked.length === 0 && body.figures[0].numerator === published ? true : null;
    };
    await eventually(() => allCounted(15));
    const stateOf = async (known: string): Promise<unknown> =>
      (await group.browser.get(`/api/v1/uptake?from=2026-01-01&until=2027-01-01&known=${known}`)).body
        .snapshot;
    const before = [await stateOf('2026-11-24'), await stateOf('2026-11-20')];
    // What the worker takes before it counts: it waits until this is over.
    await service.database.transaction(SYSTEM, async (held) => {
      await rows(held, `SELECT pg_advisory_xact_lock(hashtext('monitoring.package_stage'))`);
      await service.database.transaction(SYSTEM, (tx) =>
        aPublishedTender(tx, {
          organisationId: actor.organisationId!,
          deadline: new Date('2026-12-15T11:00:00Z'),
          packages: Array.from({ length: 201 }, (_, index) => `Lot ${index + 1}`),
        }),
      );
      for (const path of ['', '/losses'])
        expect((await group.browser.get(`/working-group${path}?${PERIOD}`)).text).toContain(
          '201 packages are still to be counted',
        );
      const { body } = await group.browser.get('/api/v1/uptake?from=2026-01-01&until=2027-01-01');
      expect([body.counting, body.figures[0].numerator]).toEqual([201, 15]);
      const file = await group.browser.get(`/working-group/exports/figures.csv?${PERIOD}`);
      expect([file.status, file.headers['retry-after']]).toEqual([503, '60']);
    });
    await eventually(() => allCounted(216));
    // What is known today changed; what was known then did not.
    expect(await stateOf('2026-11-24')).not.toBe(before[0]);
    expect(await stateOf('2026-11-20')).toBe(before[1]);
    expect((await group.browser.get(`/working-group/exports/figures.csv?${PERIOD}`)).status).toBe(200);
  });
});

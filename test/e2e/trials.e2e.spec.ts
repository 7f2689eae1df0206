import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import type { Response } from 'supertest';
import type TestAgent from 'supertest/lib/agent.js';
import { TrialPipeline } from '../../src/pipeline/index.js';
import { RetentionService } from '../../src/pipeline/retention.service.js';
import { maybeRow, rows } from '../../src/platform/db/index.js';
import { newId } from '../../src/platform/ids.js';
import { fromRoot } from '../../src/platform/project-root.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';

const MIB = 1024 * 1024;
const HOUR_MS = 3_600_000;
const fixture = (name: string): Buffer => readFileSync(fromRoot('test/fixtures/tenders', name));
const BILL = '01-maisons-ouvrieres-25-lignes.xlsx';
/** Painting alone, in a document that says nothing of where: told apart by its salt. */
const csv = (salt: string): Buffer =>
  Buffer.from(`N°;Désignation;Unité;Quantité\n1;Peinture des murs ${salt};m2;100\n`);

/** A key that no password opens. */
const ENCRYPTED = Buffer.from(
  [
    '%PDF-1.4',
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj',
    `4 0 obj<</Filter/Standard/V 1/R 2/O<${'0'.repeat(64)}>/U<${'0'.repeat(64)}>/P -4>>endobj`,
    'trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>',
    '%%EOF',
  ].join('\n'),
);

/** Somebody without an account, behind an address of their own. */
class Stranger {
  readonly browser: TestAgent;
  constructor(
    service: TestApp,
    readonly network: string,
  ) {
    this.browser = service.visitor();
    this.browser.set({ 'sec-fetch-site': 'same-origin', 'x-forwarded-for': network });
  }

  async token(path = '/try'): Promise<string> {
    const page = await this.browser.get(path);
    return /name="_token" value="([^"]+)"/.exec(page.text)![1]!;
  }

  async post(path: string, fields: object, form?: string): Promise<Response> {
    // The cookie that belongs to the token has to be there before the request is made.
    const token = await this.token(form);
    return this.browser
      .post(path)
      .type('form')
      .send({ ...fields, _token: token });
  }

  async bring(name: string, bytes: Buffer): Promise<Response> {
    const token = await this.token();
    return this.browser.post('/try').field('_token', token).attach('file', bytes, name);
  }

  /** @returns the address of the trial, once it is read */
  async tried(name: string, bytes: Buffer): Promise<string> {
    const answer = await this.bring(name, bytes);
    if (answer.status !== 303) throw new Error(`${answer.status} ${answer.text}`);
    const path = answer.headers['location'] as string;
    await this.read(path);
    return path;
  }

  read(path: string): Promise<string> {
    return eventually(async () => {
      const { text } = await this.browser.get(path);
      return text.includes('Lecture en cours') ? null : text.replace(/\s+/g, ' ');
    });
  }
}

describe('a file that is tried without an account', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let rival: SignedInBrowser;
  let strangers = 0;
  const stranger = (): Stranger => new Stranger(service, `192.0.2.${(strangers += 1)}`);
  const ask = <Row extends object>(sql: string, params: readonly unknown[] = []): Promise<Row[]> =>
    service.database.transaction(SYSTEM, (tx) => rows<Row>(tx, sql, params));

  beforeAll(async () => {
    service = await startTestApp({ trustProxy: true });
    contractor = await service.signIn({ role: 'contractor' });
    rival = await service.signIn({ role: 'contractor' });
    const owners: string[] = [];
    for (let i = 0; i < 6; i += 1)
      owners.push((await service.signIn({ role: 'enterprise' })).actor.organisationId!);
    await service.database.transaction(SYSTEM, async (tx) => {
      for (const [i, organisationId] of owners.entries()) {
        // Six paint, and two of them demolish as well.
        const trades = i < 2 ? ['45442100', '45111300'] : ['45442100'];
        const { id: _, ...crew } = anEnterprise({
          name: `Atelier ${i} du Val Mosan`,
          activities: [anActivity({ trades })],
        });
        await service.app.get(RegistryService).register(tx, SYSTEM, crew, { organisationId });
      }
    });
    await eventually(async () => {
      const [found] = await ask<{ count: number }>(
        'SELECT count(DISTINCT enterprise_id)::int AS count FROM matching.posting',
      );
      return found!.count === 6 ? true : null;
    });
  });
  afterAll(() => service.stop());

  describe('shows what is understood, the packages and who could do them', () => {
    let visitor: Stranger;
    let path: string;
    let packages: string;
    beforeAll(async () => {
      visitor = stranger();
      path = await visitor.tried(BILL, fixture(BILL));
      packages = (await visitor.browser.get(`${path}/packages`)).text.replace(/\s+/g, ' ');
    });

    it('as a contractor would read it, with the places', async () => {
      const read = await visitor.read(path);
      for (const words of ['Ce que nous avons compris', BILL, '25 lignes', 'Antivirus'])
        expect(read).toContain(words);
      expect(packages).toMatch(/<q[^>]*>[^<]*peinture/i);
      expect(packages).toMatch(/Feuille « [^»]+ », ligne \d+/);
      expect(packages).toMatch(/Pour un constructeur privé.{0,80}Engagement social volontaire/);
    });

    it('with the packages that a draft of the same file has', async () => {
      const { body } = await rival.browser
        .post('/api/v1/readings')
        .set('x-form-token', rival.formToken)
        .attach('file', fixture(BILL), BILL);
      const drafted = await rival.browser.post(`/api/v1/readings/${body.id}/draft`);
      const tender = await rival.browser.get(`/api/v1/tenders/${drafted.body.tenderId}`);
      const titles = (tender.body.packages as { title: string }[]).map(({ title }) => title);
      const shown = [...packages.matchAll(/<th scope="row"[^>]*><a [^>]*>([^<]+)<\/a>/g)].map((found) =>
        found[1]!.replaceAll('&#39;', "'"),
      );
      expect(titles.length).toBeGreaterThan(3);
      expect(shown).toEqual(titles);
    });

    it('counts enterprises from five on, and names none', () => {
      const row = /<tr(?:(?!<\/tr>).)*einture(?:(?!<\/tr>).)*<\/tr>/i.exec(packages)![0];
      expect(row).toMatch(/6 seules|6 en partie/);
      expect(packages).toMatch(/une à quatre (seules|en partie|presque)/);
      expect(packages).not.toMatch(/Val Mosan|[^\d][1-4] (seules?|en partie|presque)/);
    });

    it('stays out of search engines and caches', async () => {
      for (const address of [path, `${path}/packages`]) {
        const { headers } = await visitor.browser.get(address);
        expect([headers['x-robots-tag'], headers['cache-control']]).toEqual([
          'noindex, nofollow',
          'no-store',
        ]);
      }
    });

    it('refreshes without a script while it waits', async () => {
      const id = newId(service.clock.now());
      const token = service.app.get(TrialPipeline).tokenOf(id);
      await ask(
        `INSERT INTO tenders.trial (id, token_hash, browser_hash, network_hash, sha256, name, size_bytes, content, scanned, state, made_at)
         VALUES ($1, $2, '', '', '', 'attend.csv', 0, '', false, 'received', $3)`,
        [id, createHash('sha256').update(token).digest('hex'), service.clock.now()],
      );
      const { text } = await visitor.browser.get(`/try/${token}`);
      expect(text).toContain('<noscript><meta http-equiv="refresh"');
      await ask('DELETE FROM tenders.trial WHERE id = $1', [id]);
    });
  });

  it('the sample, without a file of one’s own', async () => {
    const visitor = stranger();
    const answer = await visitor.post('/try', { example: 'yes' });
    expect(answer.status).toBe(303);
    expect(await visitor.read(answer.headers['location'] as string)).toContain('390 lignes');
  });

  it('is told to nobody, published nowhere, and in no figure', async () => {
    const group = await service.signIn({ role: 'working-group' });
    const [{ figures, before }, visitor] = [{ figures: '/api/v1/uptake', before: await world() }, stranger()];
    const counted = (await group.browser.get(figures)).body;
    await visitor.tried('nulle-part.csv', csv('nulle part'));
    expect(await world()).toEqual(before);
    expect((await group.browser.get(figures)).body).toEqual(counted);
  });
  const world = async (): Promise<unknown> => {
    const tables = [
      'tenders.tender',
      'tenders.import',
      'tenders.source_file',
      'matching.match',
      'matching.demand',
    ];
    const others = [
      'platform.event',
      'platform.outbox_mail',
      'notifications.notification',
      'platform.audit_entry',
    ];
    return Promise.all(
      [...tables, ...others].map(async (table) =>
        ask(`SELECT '${table}' AS "table", count(*)::int FROM ${table}`),
      ),
    );
  };

  it.each([
    ['nothing in it', Buffer.alloc(0), 422, 'Le fichier est vide'],
    ['40 MB', Buffer.alloc(40 * MIB, 'a'), 413, 'trop grand'],
  ])('refuses a file with %s at once', async (_, bytes, status, words) => {
    const answer = await stranger().bring('a.csv', bytes);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
  });

  it('asks for a file where none was chosen', async () => {
    const visitor = stranger();
    const answer = await visitor.post('/try', {});
    expect([answer.status, answer.text.includes('Choisissez un fichier')]).toEqual([422, true]);
  });

  it.each([
    ['an encrypted PDF', 'cle.pdf', ENCRYPTED, /protégé par un mot de passe/],
    [
      'a DOCTYPE',
      'piege.xml',
      Buffer.from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
      /DOCTYPE/,
    ],
    [
      'a wrong type',
      'photo.png',
      Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
      /pas un document que nous savons lire/,
    ],
  ])('says of %s why it cannot be read, and that nothing was taken', async (_, name, bytes, words) => {
    const visitor = stranger();
    const path = await visitor.tried(name, bytes);
    const read = await visitor.read(path);
    expect(read).toMatch(words);
    expect(read).toContain('n’a pas pu être lu');
    expect((await visitor.browser.get(`${path}/packages`)).headers['location']).toBe(path);
    expect((await contractor.post(`${path}/keep`)).status).toBe(409);
  });

  it('sent twice by one browser is one trial; another browser has its own', async () => {
    const [one, other] = [stranger(), stranger()];
    const token = await one.token();
    const send = () =>
      one.browser.post('/try').field('_token', token).attach('file', csv('deux fois'), 'a.csv');
    const [first, second] = await Promise.all([send(), send()]);
    expect(first.headers['location']).toBe(second.headers['location']);
    expect((await other.bring('a.csv', csv('deux fois'))).headers['location']).not.toBe(
      first.headers['location'],
    );
  });

  it('is there for whoever has the address alone: any other is answered alike', async () => {
    const visitor = stranger();
    const path = await visitor.tried('mien.csv', csv('mien'));
    const id = (
      await ask<{ id: string }>('SELECT id FROM tenders.trial ORDER BY made_at DESC, id DESC LIMIT 1')
    )[0]!;
    const last = path.at(-1) === 'A' ? 'B' : 'A';
    for (const guess of [`${path.slice(0, -1)}${last}`, `/try/${id.id}`, '/try/x']) {
      const { status, text } = await stranger().browser.get(guess);
      expect([status, text.includes('n’est plus là'), text.includes('mien.csv')]).toEqual([404, true, false]);
      expect((await stranger().browser.get(`${guess}/packages`)).status).toBe(404);
      expect((await contractor.post(`${guess}/keep`)).headers['location']).toBe(guess);
      const door = await stranger().browser.get(`/register?trial=${guess.split('/')[2]}`);
      expect([door.status, door.headers['location']]).toEqual([303, guess]);
    }
    expect(JSON.stringify(await ask('SELECT * FROM tenders.trial'))).not.toContain(path.split('/')[2]);
  });

  describe('kept by a contractor', () => {
    let path: string;
    let tenderPath: string;
    beforeAll(async () => {
      path = await stranger().tried('garde.csv', csv('garde'));
    });

    it('asks a stranger to sign in, and comes back to it', async () => {
      const visitor = stranger();
      const page = (await visitor.browser.get(path)).text;
      expect(page).toContain(`/sign-in?next=${encodeURIComponent(path)}`);
      const { status, headers } = await visitor.browser
        .post(`${path}/keep`)
        .set('referer', `http://127.0.0.1${path}`)
        .type('form')
        .send({ _token: await visitor.token() });
      expect([status, headers['location']]).toEqual([303, expect.stringContaining('/sign-in?next=')]);
    });

    it('is refused to an enterprise', async () => {
      const enterprise = await service.signIn({ role: 'enterprise' });
      expect((await enterprise.post(`${path}/keep`)).status).toBe(403);
      expect((await enterprise.browser.get(path)).text).toContain('dans le compte d’une entreprise générale');
    });

    it('becomes a draft of that organisation, once, however often it is sent', async () => {
      expect((await contractor.browser.get(path)).text).toContain('Le garder comme brouillon');
      const answers = await Promise.all([contractor.post(`${path}/keep`), contractor.post(`${path}/keep`)]);
      expect(answers.map(({ status }) => status)).toEqual([303, 303]);
      const [first, second] = answers.map(({ headers }) => headers['location'] as string);
      expect(first).toMatch(/^\/contractor\/tenders\/[0-9a-f-]{36}$/);
      expect(second).toBe(first);
      tenderPath = first!;
      const drafts = await ask(
        `SELECT t.status, t.organisation_id AS "of", f.content, f.received_by AS "by" FROM tenders.source_file f
           JOIN tenders.import i ON i.source_file_id = f.id JOIN tenders.tender t ON t.import_id = i.id WHERE f.name = 'garde.csv'`,
      );
      const { organisationId, personId } = contractor.actor;
      expect(drafts).toEqual([{ status: 'draft', of: organisationId, content: csv('garde'), by: personId }]);
      expect((await contractor.browser.get(tenderPath)).status).toBe(200);
    });

    it('leaves nothing behind, leads back to the draft, and is gone for everybody else', async () => {
      const [left] = await ask<{ state: string }>(
        `SELECT state, content, parsed, proposal FROM tenders.trial WHERE name = 'garde.csv'`,
      );
      expect(left).toEqual({ state: 'kept', content: null, parsed: null, proposal: null });
      expect((await contractor.browser.get(path)).headers['location']).toBe(tenderPath);
      expect((await rival.browser.get(path)).status).toBe(404);
      expect((await rival.post(`${path}/keep`)).headers['location']).toBe(path);
      expect((await stranger().browser.get(path)).status).toBe(404);
      expect(await ask(`SELECT FROM tenders.source_file WHERE name = 'garde.csv'`)).toHaveLength(1);
    });

    it('is what was brought before, when the organisation has it already', async () => {
      const again = await stranger().tried('encore.csv', csv('garde'));
      const { headers } = await contractor.post(`${again}/keep`);
      expect(headers['location']).toBe(tenderPath);
    });

    it('is first read as a person says, where it can be read in two ways', async () => {
      const two = 'Code;Désignation;Unité;Quantité\n1;Tuyaux;m;1,234\n2;Peinture;m2;1,500\n';
      const trial = await stranger().tried('deux-facons.csv', Buffer.from(two));
      const { headers } = await contractor.post(`${trial}/keep`);
      expect(headers['location']).toMatch(/^\/contractor\/readings\//);
      expect((await contractor.browser.get(headers['location'] as string)).text).toContain('Dites-nous');
    });

    it('survives what breaks between the reading and the draft: sent again, it is whole', async () => {
      const trial = await stranger().tried('coupe.csv', csv('coupé'));
      const owner = new Client({ connectionString: service.databaseUrl });
      await owner.connect();
      await owner.query(`CREATE FUNCTION public.cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'cut'; END $$;
        CREATE TRIGGER cut BEFORE INSERT ON tenders.tender EXECUTE FUNCTION public.cut()`);
      expect((await contractor.post(`${trial}/keep`)).status).toBe(500);
      await owner.query('DROP TRIGGER cut ON tenders.tender; DROP FUNCTION public.cut()');
      await owner.end();
      expect((await contractor.browser.get('/contractor/tenders')).text).toContain('coupe.csv');
      const { headers } = await contractor.post(`${trial}/keep`);
      expect(headers['location']).toMatch(/^\/contractor\/tenders\/[0-9a-f-]{36}$/);
    });
  });

  it('is kept by a new contractor, whichever browser confirms', async () => {
    const visitor = stranger();
    const path = await visitor.tried('nouveau.csv', csv('nouveau'));
    const [, , trial] = path.split('/');
    const form = await visitor.browser.get(`/register?trial=${trial}`);
    expect(form.text).toContain('Créer le compte de mon entreprise');
    const door = `/register?trial=${trial}`;
    const about = {
      enterpriseNumber: 'BE 0403.170.701',
      organisationName: 'Constructions Meuse',
      name: 'Nora Petit',
      email: 'nora@constructions.example',
    };
    // In another language the page still knows what was tried.
    const wrong = await visitor.post(door, { ...about, email: 'nora' }, door);
    expect(wrong.text).toContain(`href="${door}&amp;lang=de"`);
    const asked = await visitor.post(door, about, door);
    expect(asked.text).toContain('dans n’importe quel navigateur');
    const { body } = await eventually(() =>
      service.database.transaction(SYSTEM, (tx) =>
        maybeRow<{ body: string }>(
          tx,
          `SELECT body FROM platform.outbox_mail WHERE recipient LIKE '%nora@constructions.example%'`,
        ),
      ),
    );
    const link = /http:\/\/localhost(\/register\/[\w-]+)/.exec(body)![1]!;
    const elsewhere = stranger();
    const confirmed = await elsewhere.post(link, { password: 'trois péniches sur la Meuse' }, link);
    expect([confirmed.status, confirmed.headers['location']]).toEqual([303, path]);
    const kept = await elsewhere.post(`${path}/keep`, {}, path);
    expect(kept.headers['location']).toMatch(/^\/contractor\/tenders\/[0-9a-f-]{36}$/);
    const [draft] = await ask(
      `SELECT o.name, o.role FROM tenders.tender t JOIN accounts.organisation o ON o.id = t.organisation_id
        WHERE t.id = $1`,
      [(kept.headers['location'] as string).split('/').at(-1)],
    );
    expect(draft).toEqual({ name: 'Constructions Meuse', role: 'contractor' });
  });

  describe('within limits', () => {
    it('lets exactly twenty files an hour in from one network, however many come at once', async () => {
      const network = '198.51.100.7';
      const answers = await Promise.all(
        Array.from({ length: 23 }, (_, index) =>
          new Stranger(service, network).bring('a.csv', csv(`limite ${index}`)),
        ),
      );
      const statuses = answers.map(({ status }) => status).toSorted();
      expect(statuses).toEqual([...Array<number>(20).fill(303), ...Array<number>(3).fill(429)]);
      const refused = answers.find(({ status }) => status === 429)!;
      expect(Number(refused.headers['retry-after'])).toBe(3600);
      expect(refused.text).toContain('dans 60 minutes');
      expect((await stranger().bring('b.csv', csv('ailleurs'))).status).toBe(303);
      service.clock.advanceMs(HOUR_MS);
      expect((await new Stranger(service, network).bring('c.csv', csv('plus tard'))).status).toBe(303);
    }, 120_000);

    it('keeps of one network so much that others have room, and lets nobody in again by another address of theirs', async () => {
      await ask('DELETE FROM tenders.trial');
      const network = '2001:db8:7:7';
      await new Stranger(service, `${network}::1`).tried('a.csv', csv('un réseau'));
      await ask(`UPDATE tenders.trial SET size_bytes = $1`, [100 * MIB]);
      const refused = await new Stranger(service, `${network}:1::2`).bring('b.csv', csv('le même'));
      expect([refused.status, refused.headers['retry-after']]).toEqual([429, `${24 * 3600}`]);
      expect((await new Stranger(service, '2001:db8:7:8::1').bring('b.csv', csv('le même'))).status).toBe(
        303,
      );
    });

    it.each([
      ['as many files wait as may', 'received', 40, 0],
      ['as many bytes are kept as may be', 'refused', 1, 400 * MIB],
    ])('takes nothing more when %s, and says when to come back', async (_, state, count, size) => {
      await ask('DELETE FROM tenders.trial');
      await ask(
        `INSERT INTO tenders.trial (id, token_hash, browser_hash, network_hash, sha256, name, size_bytes, content, scanned, state, made_at)
         SELECT gen_random_uuid(), n, '', '', '', 'plein', $2, '', false, $3, $4 FROM generate_series(1, $1::int) n`,
        [count, size, state, service.clock.now()],
      );
      const refused = await stranger().bring('d.csv', csv('plein'));
      expect([refused.status, refused.headers['retry-after']]).toEqual([503, '300']);
      expect(refused.text).toContain('Trop de fichiers sont à l’essai');
      await ask(`DELETE FROM tenders.trial WHERE name = 'plein'`);
      expect((await stranger().bring('d.csv', csv('plein'))).status).toBe(303);
    });

    it('is gone after a day: first its address, then every byte of it', async () => {
      const visitor = stranger();
      const path = await visitor.tried('hier.csv', csv('hier'));
      service.clock.advanceMs(24 * HOUR_MS - 1);
      expect((await visitor.browser.get(path)).status).toBe(200);
      service.clock.advanceMs(1);
      const late = await visitor.browser.get(path);
      expect([late.status, late.text.includes('Apporter un autre fichier')]).toEqual([404, true]);
      // The session of the day before is over, too.
      const { organisationId } = contractor.actor;
      const today = await service.signIn({ role: 'contractor', organisationId: organisationId! });
      expect((await today.post(`${path}/keep`)).headers['location']).toBe(path);
      service.clock.advanceMs(1);
      await service.app.get(RetentionService).forget();
      expect(await ask('SELECT FROM tenders.trial')).toEqual([]);
    });
  });
});

import request from 'supertest';
import { disablePerson, OPENED_AN_HOUR } from '../../src/accounts/index.js';
import { OffersService } from '../../src/matching/index.js';
import { rows, type Tx } from '../../src/platform/db/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { readCalendar, type DateRead } from '../calendar-reader.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anApproval, anEnterprise } from '../factories/enterprise.factory.js';
import { draftTender } from './publish.js';

const PAINTING = '45442100';
const NAME = 'Nadia Personne';

interface Addresses {
  readonly news: string;
  readonly calendar: string;
}

describe('a feed and a calendar beside the mails', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let painter: SignedInBrowser;
  let other: SignedInBrowser;
  let tenderId: string;
  let packageId: string;
  let feeds: Addresses;

  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    service.database.transaction(SYSTEM, work);
  /** As a program asks: no cookie, nothing of ours. */
  const fetched = (address: string, headers: Record<string, string> = {}) =>
    request(service.url).get(new URL(address).pathname).set(headers).buffer(true);
  const make = async (person: SignedInBrowser): Promise<Addresses> => {
    const { text } = await person.post('/account/mails/feeds').expect(200);
    const [news, calendar] = [...text.matchAll(/<code[^>]*>([^<]+)<\/code>/g)].map(([, address]) => address!);
    return { news: news!, calendar: calendar! };
  };
  const datesAt = async (address: string): Promise<DateRead[]> => {
    const { text } = await fetched(address).expect(200);
    return [...readCalendar(Buffer.from(text)).events];
  };
  const dateOf = async (address: string, kind: string): Promise<DateRead | undefined> =>
    (await datesAt(address)).find(({ UID }) => UID!.value.startsWith(`${kind}-`));
  const said = (xml: string, name: string): string[] =>
    [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text]) => text!);

  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor', name: NAME });
    painter = await service.signIn({ role: 'enterprise', name: NAME, language: 'nl' });
    other = await service.signIn({ role: 'enterprise', name: NAME });
    for (const person of [contractor, painter, other]) person.browser.set('x-form-token', person.formToken);
    await inSystem(async (tx) => {
      for (const { actor } of [painter, other]) {
        const { id: _, ...crew } = anEnterprise({ activities: [anActivity({ trades: [PAINTING] })] });
        const organisationId = actor.organisationId!;
        const id = await service.app.get(RegistryService).register(tx, SYSTEM, crew, { organisationId });
        await service.app.get(OffersService).refresh(tx, [id], service.clock.today());
      }
    });
    tenderId = await draftTender(contractor, [PAINTING]);
    // Noon in winter, on a day of summer.
    await contractor.browser
      .patch(`/api/v1/tenders/${tenderId}`)
      .send({ deadline: '2027-07-01T11:30:00Z' })
      .expect(204);
    await contractor.browser.post(`/api/v1/tenders/${tenderId}/publication`).expect(204);
    packageId = await eventually(async () => {
      const { body } = await painter.browser.get('/api/v1/opportunities');
      return (body.items[0]?.packageId as string | undefined) ?? null;
    });
    feeds = await make(painter);
  }, 120_000);
  afterAll(() => service.stop());

  it('has addresses that are shown once, of which only a hash is kept', async () => {
    expect(new URL(feeds.news).pathname).toMatch(/^\/feeds\/[\w-]{43}\/news\.atom$/);
    const page = await painter.browser.get('/account/mails').expect(200);
    expect(page.text).not.toContain('/news.atom');
    const secret = feeds.news.split('/').at(-2)!;
    const kept = await inSystem((tx) => rows(tx, `SELECT l::text AS all FROM accounts.feed_link l`));
    expect(JSON.stringify(kept)).not.toContain(secret);
  });

  it('tells an enterprise of what fits it, in its language, without a session and without setting one', async () => {
    const { text, headers } = await fetched(feeds.news).expect(200);
    expect(headers).toMatchObject({
      'content-type': 'application/atom+xml; charset=utf-8',
      'cache-control': 'private, no-cache',
    });
    expect(headers['set-cookie']).toBeUndefined();
    expect(said(text, 'id')).toEqual([
      `tag:localhost,2026:news/${painter.actor.personId}`,
      `tag:localhost,2026:opportunity/${packageId}`,
    ]);
    expect(said(text, 'title')[0]).toBe('Maillon: werken die bij u passen');
    expect(text).toContain(`/enterprise/opportunities/${packageId}"`);
    expect(text).toContain('1 juli 2027 om 13:30');
    expect(text).not.toContain(NAME);
    // Nothing of whoever is signed in on the same machine.
    const beside = await contractor.browser.get(new URL(feeds.news).pathname).buffer(true);
    expect(beside.text).toBe(text);
  });

  it('shows the term on the clock of Brussels, and as a later version when it was moved', async () => {
    const before = await dateOf(feeds.calendar, 'answer');
    expect(before).toMatchObject({
      UID: { value: `answer-${packageId}@localhost` },
      SEQUENCE: { value: '0' },
      DTSTART: { value: '20270701T133000', params: { TZID: 'Europe/Brussels' } },
    });
    const news = await fetched(feeds.news);
    service.clock.advanceMs(60_000);
    await contractor.browser
      .post(`/api/v1/tenders/${tenderId}/extension`)
      .send({ deadline: '2027-10-31T01:15:00Z', reason: 'Plus de temps.' })
      .expect(204);
    // In the hour that the clock shows twice.
    expect(await dateOf(feeds.calendar, 'answer')).toMatchObject({
      UID: before!['UID'],
      SEQUENCE: { value: '1' },
      DTSTART: { value: '20271031T011500Z', params: {} },
    });
    const moved = await fetched(feeds.news).expect(200);
    expect(said(moved.text, 'id')).toEqual(said(news.text, 'id'));
    expect(said(moved.text, 'updated')[1]! > said(news.text, 'updated')[1]!).toBe(true);
  });

  it.each(['news', 'calendar'] as const)('sends the %s again only when it changed', async (which) => {
    const whole = await fetched(feeds[which]).expect(200);
    const etag = whole.headers['etag'] as string;
    service.clock.advanceMs(1000);
    for (const known of [etag, `W/${etag}`, `"another", ${etag}`]) {
      const again = await fetched(feeds[which], { 'if-none-match': known }).expect(304);
      expect([again.text, again.headers['etag'], again.headers['cache-control']]).toEqual([
        '',
        etag,
        'private, no-cache',
      ]);
    }
    await fetched(feeds[which], { 'if-none-match': '"another"' }).expect(200);
  });

  it('shows what an enterprise answered with no as nothing to answer', async () => {
    const its = await make(other);
    expect(await dateOf(its.calendar, 'answer')).toBeDefined();
    await other.browser
      .put(`/api/v1/opportunities/${packageId}/answer`)
      .send({ kind: 'no', reason: 'other' })
      .expect(200);
    expect(await dateOf(its.calendar, 'answer')).toBeUndefined();
    expect((await fetched(its.news)).text).not.toContain(packageId);
  });

  it('leads from an answer to the award and to the days of the works, on both sides', async () => {
    const own = await make(contractor);
    expect(await dateOf(own.calendar, 'answer')).toMatchObject({
      UID: { value: `answer-${tenderId}@localhost` },
    });
    await painter.browser
      .put(`/api/v1/opportunities/${packageId}/answer`)
      .send({ kind: 'full', startsOn: '2027-11-02', endsOn: '2027-12-17' })
      .expect(200);
    expect(await dateOf(feeds.calendar, 'reconfirm')).toBeUndefined();
    await inSystem(async (tx) => {
      await rows(tx, 'UPDATE tenders.work_package SET version = version + 1 WHERE id = $1 RETURNING id', [
        packageId,
      ]);
      await rows(
        tx,
        `INSERT INTO tenders.package_amendment (id, organisation_id, tender_id, package_id, differences, reconfirm_by, amended_at)
         VALUES (gen_random_uuid(), $1, $2, $3, '[]', $4::timestamptz + interval '7 days', $4)`,
        [contractor.actor.organisationId, tenderId, packageId, service.clock.now()],
      );
    });
    expect(await dateOf(feeds.calendar, 'reconfirm')).toMatchObject({
      UID: { value: `reconfirm-${packageId}@localhost` },
      URL: { value: `http://localhost/enterprise/opportunities/${packageId}` },
    });
    expect(await dateOf(own.calendar, 'reconfirm')).toBeUndefined();
    await painter.browser
      .put(`/api/v1/opportunities/${packageId}/answer`)
      .send({ kind: 'full', startsOn: '2027-11-02', endsOn: '2027-12-17' })
      .expect(200);
    expect(await dateOf(feeds.calendar, 'reconfirm')).toBeUndefined();
    await painter.browser
      .post(`/api/v1/opportunities/${packageId}/questions`)
      .send({ text: 'Avec <quelle> peinture & combien ?' });
    const news = (await fetched(own.news).expect(200)).text;
    expect(said(news, 'title').slice(1)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Organisation enterprise a répondu\s: /),
        expect.stringMatching(/^Organisation enterprise demande\s: /),
      ]),
    );
    expect(news).toContain('Avec &lt;quelle&gt; peinture &amp; combien ?');
    expect(news).not.toContain(NAME);
    const { body } = await contractor.browser.get(`/api/v1/tenders/${tenderId}/answers`);
    const answerId = body.items.find(({ kind }: { kind: string }) => kind === 'full').id;
    await contractor.browser
      .put(`/api/v1/tenders/${tenderId}/answers/${answerId}/decision`)
      .send({ act: 'award' })
      .expect(204);
    const toConfirm = [await dateOf(feeds.calendar, 'confirm'), await dateOf(own.calendar, 'confirm')];
    expect(toConfirm[0]!['UID']).toEqual(toConfirm[1]!['UID']);
    expect([toConfirm[0]!['URL']!.value, toConfirm[1]!['URL']!.value]).toEqual([
      `http://localhost/enterprise/opportunities/${packageId}/award`,
      `http://localhost/contractor/tenders/${tenderId}/board`,
    ]);
    await painter.browser
      .put(`/api/v1/opportunities/${packageId}/award`)
      .send({ act: 'confirm' })
      .expect(204);
    for (const address of [feeds.calendar, own.calendar]) {
      expect(await dateOf(address, 'confirm')).toBeUndefined();
      expect(await dateOf(address, 'start')).toMatchObject({
        UID: { value: `start-${answerId}@localhost` },
        DTSTART: { value: '20271102', params: { VALUE: 'DATE' } },
      });
      expect(await dateOf(address, 'end')).toMatchObject({ DTSTART: { value: '20271217' } });
    }
    const uids = (await datesAt(feeds.calendar)).map(({ UID }) => UID!.value);
    expect(new Set(uids).size).toBe(uids.length);
    const theirs = await make(other);
    expect(
      (await datesAt(theirs.calendar)).filter(({ UID }) => /^(start|end|confirm)-/.test(UID!.value)),
    ).toEqual([]);
  });

  it('shows the last day of an approval that nothing follows', async () => {
    const theirs = await make(other);
    const ends = async (): Promise<(string | undefined)[][]> =>
      (await datesAt(theirs.calendar))
        .filter(({ UID }) => UID!.value.startsWith('approval-'))
        .map(({ DTSTART, SUMMARY }) => [DTSTART!.value, SUMMARY!.value]);
    expect(await ends()).toEqual([['20281231', expect.stringContaining('Dernier jour de l’agrément')]]);
    await inSystem(async (tx) => {
      const [own] = await rows<{ id: string }>(
        tx,
        'SELECT id FROM registry.enterprise WHERE organisation_id = $1',
        [other.actor.organisationId],
      );
      const renewed = anApproval({ validFrom: '2029-01-01', validUntil: '2031-06-30' });
      await service.app.get(RegistryService).recordApproval(tx, own!.id, renewed);
    });
    expect((await ends()).map(([day]) => day)).toEqual(['20310630']);
  });

  describe('ends', () => {
    let person: SignedInBrowser;
    let its: Addresses;
    beforeEach(async () => {
      person = await service.signIn({ role: 'enterprise', organisationId: painter.actor.organisationId! });
      its = await make(person);
      await fetched(its.news).expect(200);
    });
    const statuses = async (): Promise<number[]> =>
      Promise.all(Object.values(its).map(async (address) => (await fetched(address)).status));
    const OVER = [404, 404];

    it('when the person says so', async () => {
      await person.post('/account/mails/feeds/end').expect(303);
      expect(await statuses()).toEqual(OVER);
    });

    it('when the person makes another, and not when a colleague does', async () => {
      await make(painter);
      await fetched(its.news).expect(200);
      const next = await make(person);
      expect(await statuses()).toEqual(OVER);
      await fetched(next.news).expect(200);
    });

    it('when the person leaves', async () => {
      await inSystem((tx) => disablePerson(tx, person.actor.personId!, service.clock.now()));
      expect(await statuses()).toEqual(OVER);
    });

    it('when the person belongs to another organisation', async () => {
      await inSystem((tx) =>
        rows(tx, 'UPDATE accounts.person SET organisation_id = $2 WHERE id = $1', [
          person.actor.personId,
          other.actor.organisationId,
        ]),
      );
      expect(await statuses()).toEqual(OVER);
    });

    it('when the organisation has another role', async () => {
      const lone = await service.signIn({ role: 'enterprise' });
      its = await make(lone);
      await inSystem((tx) =>
        rows(tx, `UPDATE accounts.organisation SET role = 'working-group' WHERE id = $1`, [
          lone.actor.organisationId,
        ]),
      );
      expect(await statuses()).toEqual(OVER);
    });
  });

  it('is opened so often an hour, however many ask at once', async () => {
    const person = await service.signIn({ role: 'contractor' });
    const its = await make(person);
    await inSystem((tx) =>
      rows(tx, 'UPDATE accounts.feed_link SET hour = $2, opened = $3 WHERE person_id = $1', [
        person.actor.personId,
        new Date(Math.floor(service.clock.now().getTime() / 3_600_000) * 3_600_000),
        OPENED_AN_HOUR - 3,
      ]),
    );
    const answers = await Promise.all(Array.from({ length: 8 }, () => fetched(its.calendar)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    const refused = answers.find(({ status }) => status === 429)!;
    const wait = Number(refused.headers['retry-after']);
    expect(wait).toBeGreaterThan(0);
    service.clock.advanceMs(wait * 1000);
    await fetched(its.calendar).expect(200);
  });

  it('is for those who answer and are answered', async () => {
    const group = await service.signIn({ role: 'working-group' });
    expect((await group.post('/account/mails/feeds')).status).toBe(403);
    expect((await fetched('http://x/feeds/unknown/news.atom')).status).toBe(404);
  });
});

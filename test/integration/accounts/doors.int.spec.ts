import {
  createOrganisation,
  createPerson,
  hashPassword,
  MemberService,
} from '../../../src/accounts/index.js';
import type { Role } from '../../../src/kernel/index.js';
import { maybeRow, rows } from '../../../src/platform/db/index.js';
import { startTestApp, type TestApp } from '../../app.js';
import { SYSTEM } from '../../database.js';
import { eventually } from '../../eventually.js';

const OLD = 'une phrase assez longue';
const NEW = 'une autre phrase, plus longue';

describe('the doors of an account', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startTestApp();
  });
  afterAll(() => service.stop());

  let counter = 0;
  const aPerson = async (role: Role = 'contractor') => {
    const email = `person-${(counter += 1)}@doors.example`;
    const passwordHash = await hashPassword(OLD);
    const personId = await service.database.transaction(SYSTEM, async (tx) => {
      const now = service.clock.now();
      const organisationId = await createOrganisation(
        tx,
        { role, name: `Portes ${counter}`, language: 'nl' },
        now,
      );
      return createPerson(
        tx,
        { organisationId, email, name: 'Ann Peeters', language: 'nl', passwordHash },
        now,
      );
    });
    return { email, personId };
  };
  const signIn = (email: string, password: string) =>
    service.visitor().post('/api/v1/sessions').send({ email, password });
  const mailTo = (address: string) =>
    service.database.transaction(SYSTEM, (tx) =>
      maybeRow<{ subject: string; body: string; html: string; headers: Record<string, string> }>(
        tx,
        `SELECT subject, body, html, headers FROM platform.outbox_mail WHERE recipient = $1 ORDER BY sent_at DESC LIMIT 1`,
        [address],
      ),
    );
  const form = async (path: string) => {
    const browser = service.visitor();
    browser.set({ 'sec-fetch-site': 'same-origin' });
    const page = await browser.get(path);
    const token = /name="_token" value="([^"]+)"/.exec(page.text)?.[1];
    return {
      page,
      browser,
      send: (fields: Record<string, string>) =>
        browser
          .post(path)
          .type('form')
          .send({ ...fields, _token: token }),
    };
  };
  const linkIn = (body: string): string =>
    /http:\/\/localhost(\/(?:password|invitation)\/[\w-]+)/.exec(body)![1]!;

  describe('a forgotten password', () => {
    it('is chosen anew over the link of a mail in the language of the person, once; other sessions end', async () => {
      const { email } = await aPerson();
      const before = service.visitor();
      await before.post('/api/v1/sessions').send({ email, password: OLD }).expect(201);
      const asked = await (await form('/password')).send({ email: ` ${email.toUpperCase()} ` });
      expect(asked.status).toBe(200);
      const mail = await eventually(() => mailTo(email));
      expect(mail.subject).toBe('Een nieuw wachtwoord kiezen');
      expect(mail.headers).not.toHaveProperty('List-Unsubscribe');
      const path = linkIn(mail.body);
      const first = await form(path);
      expect(first.page.text).toContain(email);
      expect((await first.send({ password: 'kort' })).status).toBe(422);
      expect((await first.send({ password: NEW })).status).toBe(303);
      await first.browser.get('/api/v1/me').expect(200);
      await before.get('/api/v1/me').expect(401);
      expect((await form(path)).page.status).toBe(404);
      await signIn(email, OLD).expect(401);
      await signIn(email, NEW).expect(201);
    });

    it('answers alike for an address nobody has, and sends nothing', async () => {
      const { email } = await aPerson();
      const known = await (await form('/password')).send({ email });
      const unknown = await (await form('/password')).send({ email: 'nobody@doors.example' });
      const neutral = (text: string, address: string): string =>
        text.replaceAll(address, 'ADDRESS').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id');
      expect(unknown.status).toBe(known.status);
      expect(neutral(unknown.text, 'nobody@doors.example')).toBe(neutral(known.text, email));
      await eventually(() => mailTo(email));
      expect(await mailTo('nobody@doors.example')).toBeNull();
    });

    it('opens by the latest link only, for an hour', async () => {
      const { email } = await aPerson();
      await (await form('/password')).send({ email });
      const first = linkIn((await eventually(() => mailTo(email))).body);
      service.clock.advanceMs(60_000);
      await (await form('/password')).send({ email });
      const second = await eventually(async () => {
        const link = linkIn((await mailTo(email))!.body);
        return link === first ? null : link;
      });
      expect((await form(first)).page.status).toBe(404);
      service.clock.advanceMs(59 * 60_000);
      expect((await form(second)).page.status).toBe(200);
      service.clock.advanceMs(60_000);
      expect((await form(second)).page.status).toBe(404);
    });

    it('slows down who asks again and again', async () => {
      const { email } = await aPerson();
      const { send } = await form('/password');
      const statuses: number[] = [];
      for (let i = 0; i < 7; i += 1) statuses.push((await send({ email })).status);
      expect(statuses.slice(0, 5)).toEqual([200, 200, 200, 200, 200]);
      expect(statuses.at(-1)).toBe(429);
    });
  });

  describe('a known password', () => {
    it('is changed by who knows it; the other sessions end, this one stays', async () => {
      const { email } = await aPerson();
      const other = service.visitor();
      await other.post('/api/v1/sessions').send({ email, password: OLD }).expect(201);
      const browser = service.visitor();
      browser.set({ 'sec-fetch-site': 'same-origin' });
      const session = await browser.post('/api/v1/sessions').send({ email, password: OLD }).expect(201);
      const change = (present: string, password: string) =>
        browser
          .post('/account/password')
          .type('form')
          .send({ _token: session.body.formToken as string, present, password });
      expect((await change('not that one at all', NEW)).status).toBe(422);
      expect((await change(OLD, 'Ann Peeters Portes')).status).toBe(422);
      expect((await change(OLD, NEW)).status).toBe(303);
      await browser.get('/api/v1/me').expect(200);
      await other.get('/api/v1/me').expect(401);
      await signIn(email, NEW).expect(201);
    });
  });

  describe('the people of an organisation', () => {
    it('are invited by a manager, by mail, and come in with the role that was given', async () => {
      const manager = await service.signIn({ role: 'enterprise', name: 'Gérante' });
      const email = `new-${(counter += 1)}@doors.example`;
      const invited = await manager.post('/account/members', {
        name: 'Luc Petit',
        email,
        language: 'fr',
        organisationRole: 'member',
      });
      expect(invited.status).toBe(303);
      const mail = await eventually(() => mailTo(email));
      expect(mail.body).toContain('Organisation enterprise');
      const accepted = await form(linkIn(mail.body));
      expect((await accepted.send({ password: OLD })).status).toBe(303);
      const page = await accepted.browser.get('/account/members').expect(200);
      expect(page.text).toContain('Luc Petit');
      expect(page.text).not.toContain('action="/account/members"');
      const token = /name="_token" value="([^"]+)"/.exec(page.text)![1]!;
      const tried = await accepted.browser.post('/account/members').type('form').send({
        _token: token,
        name: 'X',
        email: 'x@doors.example',
        language: 'fr',
        organisationRole: 'manager',
      });
      expect(tried.status).toBe(403);
    });

    it('leave at once, and their tokens with them; the last manager stays', async () => {
      const manager = await service.signIn({ role: 'contractor' });
      const organisationId = manager.actor.organisationId!;
      const other = await service.signIn({ role: 'contractor', organisationId });
      const made = await other.post('/account/tokens', { name: 'ERP', scopes: 'tenders:read', days: '30' });
      const token = /maillon_[\w-]{43}/.exec(made.text)![0];
      const call = () => service.visitor().get('/api/v1/tenders').set('authorization', `Bearer ${token}`);
      await call().expect(200);
      const removed = await manager.post(`/account/members/${other.actor.personId}/removal`);
      expect(removed.status).toBe(303);
      await other.browser.get('/api/v1/me').expect(401);
      await call().expect(401);
      const last = await manager.post(`/account/members/${manager.actor.personId}/role`, { role: 'member' });
      expect(last.status).toBe(409);
    });

    it('keep a manager, however many step down at once', async () => {
      const members = service.app.get(MemberService);
      const people = [await service.signIn({ role: 'contractor' })];
      const organisationId = people[0]!.actor.organisationId!;
      for (let i = 0; i < 7; i += 1)
        people.push(await service.signIn({ role: 'contractor', organisationId }));
      await Promise.allSettled(people.map(({ actor }) => members.setRole(actor, actor.personId!, 'member')));
      const [left] = await service.database.transaction(SYSTEM, (tx) =>
        rows<{ managers: number }>(
          tx,
          `SELECT count(*)::int AS managers FROM accounts.person WHERE organisation_id = $1 AND organisation_role = 'manager'`,
          [organisationId],
        ),
      );
      expect(left!.managers).toBe(1);
    });

    it('are nobody else’s: a manager of another organisation finds none of them', async () => {
      const [ours, theirs] = [
        await service.signIn({ role: 'contractor' }),
        await service.signIn({ role: 'contractor' }),
      ];
      const path = `/account/members/${theirs.actor.personId}`;
      expect((await ours.post(`${path}/removal`)).status).toBe(404);
      expect((await ours.post(`${path}/role`, { role: 'member' })).status).toBe(404);
      await theirs.browser.get('/api/v1/me').expect(200);
    });
  });

  describe('a token of a program', () => {
    const create = async (role: Role, fields: Record<string, string>) => {
      const owner = await service.signIn({ role });
      const page = await owner.post('/account/tokens', { name: 'Programme', days: '30', ...fields });
      return { owner, page, token: /maillon_[\w-]{43}/.exec(page.text)?.[0] ?? '' };
    };
    const call = (method: 'get' | 'post' | 'patch', path: string, token: string) =>
      service.visitor()[method](path).set('authorization', `Bearer ${token}`);

    it('does what it allows and nothing else, and is shown once', async () => {
      const { owner, token } = await create('contractor', { scopes: 'tenders:read' });
      await call('get', '/api/v1/tenders', token).expect(200);
      const refused = await call('post', '/api/v1/readings', token).expect(403);
      expect(refused.body).toMatchObject({ code: 'scope-needed' });
      await call('get', '/api/v1/uptake', token).expect(403);
      expect((await call('get', '/contractor/tenders', token)).status).toBe(403);
      expect((await owner.browser.get('/account/tokens')).text).not.toContain(token);
      const [kept] = await service.database.transaction(SYSTEM, (tx) =>
        rows<{ found: number }>(
          tx,
          `SELECT count(*)::int AS found FROM platform.idempotency k WHERE k::text LIKE '%' || $1 || '%'`,
          [token],
        ),
      );
      expect(kept!.found).toBe(0);
    });

    it('is over when revoked, and when its time has come', async () => {
      const { owner, token } = await create('contractor', { scopes: 'tenders:read' });
      const page = await owner.browser.get('/account/tokens');
      const path = /action="(\/account\/tokens\/[^"]+\/revocation)"/.exec(page.text)![1]!;
      await owner.post(path).expect(303);
      await call('get', '/api/v1/tenders', token).expect(401);
      const late = await create('contractor', { scopes: 'tenders:read' });
      service.clock.advanceMs(30 * 86_400_000 - 1);
      await call('get', '/api/v1/tenders', late.token).expect(200);
      service.clock.advanceMs(1);
      const over = await call('get', '/api/v1/tenders', late.token).expect(401);
      expect(over.body).toMatchObject({ code: 'token-refused' });
    });

    it.each([
      ['what its owner may not do', { scopes: 'uptake:read' }],
      ['nothing', {}],
      ['forever', { scopes: 'tenders:read', days: '4000' }],
    ])('cannot allow %s', async (_, fields) => {
      const { page, token } = await create('contractor', fields);
      expect([page.status, token]).toEqual([422, '']);
    });
  });
});

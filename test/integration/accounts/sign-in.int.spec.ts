import { createHook } from 'node:async_hooks';
import {
  createOrganisation,
  createPerson,
  disablePerson,
  hashPassword,
} from '../../../src/accounts/index.js';
import { verifyAudit } from '../../../src/platform/audit/index.js';
import { rows } from '../../../src/platform/db/index.js';
import { startTestApp, type TestApp } from '../../app.js';
import { SYSTEM } from '../../database.js';

const PASSWORD = 'une phrase assez longue';
const EMAIL = 'claire@ougree.example';
const HERE = { 'sec-fetch-site': 'same-origin' };

const cookieOf = (answer: { headers: Record<string, unknown> }, name = 'maillon') =>
  ((answer.headers['set-cookie'] as string[] | undefined) ?? []).find((cookie) =>
    cookie.startsWith(`${name}=`),
  ) ?? null;

describe('signing in', () => {
  let service: TestApp;
  let passwordHash: string;
  let made = 0;
  beforeAll(async () => {
    service = await startTestApp();
    passwordHash = await hashPassword(PASSWORD);
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    // Each test is a new day: tries of the one before are forgotten.
    service.clock.advanceMs(25 * 3_600_000);
  });

  const aPerson = async (role: 'contractor' | 'administrator' = 'contractor') => {
    made += 1;
    const email = `${made}-${EMAIL}`;
    const now = service.clock.now();
    const personId = await service.database.transaction(SYSTEM, async (tx) => {
      const organisationId = await createOrganisation(
        tx,
        { role, name: 'Constructions Ougrée', language: 'fr' },
        now,
      );
      return createPerson(
        tx,
        { organisationId, email, name: 'Claire Dumont', language: 'nl', passwordHash },
        now,
      );
    });
    return { email, personId };
  };
  const call = (email: string, password = PASSWORD) =>
    service.visitor().post('/api/v1/sessions').set('accept-language', 'en').send({ email, password });
  /** How often a try puts a password through the hash, which is nearly all of the time that it takes. */
  const hashesFor = async (address: string): Promise<number> => {
    service.clock.advanceMs(3_600_000);
    let count = 0;
    const seen = createHook({
      init: (_, type) => {
        if (type === 'ARGON2REQUEST') count += 1;
      },
    }).enable();
    await call(address, 'wrong').expect(401);
    seen.disable();
    return count;
  };
  const withForm = async () => {
    const browser = service.visitor();
    browser.set(HERE);
    const page = await browser.get('/sign-in?next=/account');
    const token = /name="_token" value="([^"]+)"/.exec(page.text)![1]!;
    return { browser, token, page };
  };

  it('by call: a cookie for browsers, hashed at rest', async () => {
    const { email } = await aPerson();
    const answer = await call(` ${email.toUpperCase()} `.trim());
    service.contract.expectMatchesOpenApi(answer);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ role: 'contractor', language: 'nl' });
    const cookie = cookieOf(answer)!;
    expect(cookie).toMatch(/^maillon=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const stored = await service.database.transaction(SYSTEM, (tx) =>
      rows(tx, 'SELECT * FROM accounts.session'),
    );
    expect(JSON.stringify(stored)).not.toContain(cookie.slice(8, 51));
    const me = await service.visitor().get('/api/v1/me').set('cookie', cookie);
    service.contract.expectMatchesOpenApi(me);
    expect(me.body).toMatchObject({ email, language: 'nl', organisation: { role: 'contractor' } });
  });

  it('by form: keeps the way, turns the session, and goes on where one was going', async () => {
    const { email } = await aPerson();
    const { browser, token, page } = await withForm();
    expect(page.text).toContain('name="next" value="/account"');
    const first = await browser
      .post('/sign-in')
      .type('form')
      .send({ _token: token, email, password: PASSWORD, next: '/account' });
    expect([first.status, first.headers['location']]).toEqual([303, '/account']);
    const account = await browser.get('/account').expect(200);
    expect(account.text).toContain('Claire Dumont');
    const again = await call(email).set('cookie', cookieOf(first)!.split(';')[0]!).set(HERE);
    expect(again.status).toBe(201);
    expect(cookieOf(again)).not.toBe(cookieOf(first));
    await browser.get('/api/v1/me').expect(401);
  });

  it('leads nowhere else', async () => {
    const { email } = await aPerson();
    const { browser, token } = await withForm();
    const answer = await browser
      .post('/sign-in')
      .type('form')
      .send({ _token: token, email, password: PASSWORD, next: '//evil.example/' });
    expect(answer.headers['location']).toBe('/contractor/tenders');
  });

  it('keeps the address when the password is wrong, never the password', async () => {
    const { email } = await aPerson();
    const { browser, token } = await withForm();
    const answer = await browser
      .post('/sign-in')
      .type('form')
      .send({ _token: token, email, password: 'wrong and secret' });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain(`value="${email}"`);
    expect(answer.text).not.toContain('wrong and secret');
  });

  it('needs the token of its form, and its own pages', async () => {
    const { email } = await aPerson();
    const { browser, token } = await withForm();
    const send = (fields: object, headers: Record<string, string> = HERE) =>
      browser
        .post('/sign-in')
        .set(headers)
        .type('form')
        .send({ email, password: PASSWORD, ...fields });
    await send({}).expect(403);
    await send({ _token: `${token.slice(1)}A` }).expect(403);
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }])
      await send({ _token: token }, headers).expect(403);
    const old = service.visitor();
    const page = await old.get('/sign-in');
    const oldToken = /name="_token" value="([^"]+)"/.exec(page.text)![1]!;
    const from = (origin: string) =>
      old
        .post('/sign-in')
        .set('origin', origin)
        .type('form')
        .send({ _token: oldToken, email, password: PASSWORD });
    await from('https://evil.example').expect(403);
    await from('null').expect(403);
    expect((await from('http://localhost')).status).toBe(303);
  });

  it('says and does the same whether there is such an account or not', async () => {
    const { email, personId } = await aPerson();
    const disabled = await aPerson();
    await service.database.transaction(SYSTEM, (tx) =>
      disablePerson(tx, disabled.personId, service.clock.now()),
    );
    const answers = await Promise.all([
      call(email, 'wrong'),
      call('nobody@ougree.example', 'wrong'),
      call(disabled.email),
    ]);
    const shown = answers.map(({ status, body, headers }) => {
      service.contract.expectMatchesOpenApi(answers[0]!);
      const { requestId: _, ...rest } = body as { requestId: string };
      return [status, rest, Object.keys(headers).sort()];
    });
    expect(shown[0]).toEqual([401, expect.objectContaining({ code: 'sign-in-failed' }), expect.anything()]);
    expect(shown[1]).toEqual(shown[0]);
    expect(shown[2]).toEqual(shown[0]);
    expect(personId).toBeDefined();
  });

  it('does the same work for an account as for none', async () => {
    const { email } = await aPerson();
    // Counted, not timed: nobody's hash has the cost of today's, and a machine at other work says anything.
    expect([await hashesFor(email), await hashesFor('nobody@ougree.example')]).toEqual([1, 1]);
  });

  it('slows down after wrong passwords, and is never locked', async () => {
    const { email } = await aPerson();
    for (let attempt = 0; attempt < 5; attempt += 1) await call(email, 'wrong').expect(401);
    const slowed = await call(email);
    service.contract.expectMatchesOpenApi(slowed);
    expect([slowed.status, slowed.headers['retry-after'], slowed.body.code]).toEqual([
      429,
      '1',
      'too-many-attempts',
    ]);
    expect(slowed.body.detail).toBe('Too many tries in a row. Try again in 1 second.');
    service.clock.advanceMs(1000);
    await call(email, 'wrong').expect(401);
    expect((await call(email)).headers['retry-after']).toBe('2');
    for (let attempt = 0; attempt < 20; attempt += 1) {
      service.clock.advanceMs(60_000);
      await call(email, 'wrong').expect(401);
    }
    expect(Number((await call(email)).headers['retry-after'])).toBeLessThanOrEqual(60);
    service.clock.advanceMs(60_000);
    await call(email).expect(201);
    await call(email).expect(201);
  });

  it('slows down alike for an address nobody has', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await call('ghost@ougree.example', 'wrong').expect(401);
    const slowed = await call('ghost@ougree.example', 'wrong');
    expect([slowed.status, slowed.headers['retry-after']]).toEqual([429, '1']);
  });

  it('counts exactly when tries come at once', async () => {
    const { email } = await aPerson();
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(email, 'wrong')));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
  });

  it('slows a network down that tries many addresses', async () => {
    const answers = [];
    for (let attempt = 0; attempt < 31; attempt += 1)
      answers.push((await call(`n${attempt}@ougree.example`, 'wrong')).status);
    expect(answers.filter((status) => status === 401)).toHaveLength(30);
    expect(answers.at(-1)).toBe(429);
  });

  it('keeps no address of those who failed', async () => {
    await call('typed-by-mistake@ougree.example', 'wrong');
    const kept = await service.database.transaction(SYSTEM, async (tx) => [
      await rows(tx, 'SELECT * FROM accounts.sign_in_try'),
      await rows(tx, 'SELECT * FROM platform.audit_entry'),
      await rows(tx, 'SELECT * FROM platform.audit_personal'),
    ]);
    expect(JSON.stringify(kept)).not.toContain('typed-by-mistake');
  });

  it('leaves an audit that verifies', async () => {
    const { email } = await aPerson();
    await call(email, 'wrong').expect(401);
    await call(email).expect(201);
    const { verdict, actions } = await service.database.transaction(SYSTEM, async (tx) => ({
      verdict: await verifyAudit(tx),
      actions: await rows<{ action: string }>(tx, 'SELECT DISTINCT action FROM platform.audit_entry'),
    }));
    expect(verdict.firstBreak).toBeNull();
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['session.started', 'sign-in.refused']),
    );
  });
});

describe('a session', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startTestApp();
  });
  afterAll(() => service.stop());
  const MINUTE = 60_000;

  it.each([
    ['contractor', 30, 12],
    ['enterprise', 30, 12],
    ['working-group', 30, 12],
    ['administrator', 15, 8],
  ] as const)('of a %s ends after %d minutes unused and after %d hours at all', async (role, idle, hours) => {
    const { browser } = await service.signIn({ role });
    const ask = async () => (await browser.get('/api/v1/me')).status;
    service.clock.advanceMs(idle * MINUTE - 1);
    expect(await ask()).toBe(200);
    for (let used = idle; used + 10 < hours * 60; used += 10) {
      service.clock.advanceMs(10 * MINUTE);
      expect(await ask()).toBe(200);
    }
    service.clock.advanceMs(10 * MINUTE + 1);
    const ended = await browser.get('/api/v1/me');
    expect([ended.status, ended.body.code]).toEqual([401, 'session-ended']);
    const left = await service.signIn({ role });
    service.clock.advanceMs(idle * MINUTE);
    expect((await left.browser.get('/api/v1/me')).status).toBe(401);
  });

  it('is seen and ended by its person, at once, and by nobody else', async () => {
    const [one, stranger] = [
      await service.signIn({ role: 'contractor' }),
      await service.signIn({ role: 'enterprise' }),
    ];
    const list = await one.browser.get('/api/v1/sessions');
    service.contract.expectMatchesOpenApi(list);
    expect(list.body.items).toEqual([
      expect.objectContaining({ id: one.sessionId, isCurrent: true, device: 'Firefox, Linux' }),
    ]);
    const foreign = await stranger.browser.delete(`/api/v1/sessions/${one.sessionId}`);
    service.contract.expectMatchesOpenApi(foreign);
    expect(foreign.status).toBe(404);
    await stranger.post(`/account/sessions/${one.sessionId}/end`).expect(404);
    await one.browser.get('/api/v1/me').expect(200);
    await one.post(`/account/sessions/${one.sessionId}/end`).expect(303);
    await one.browser.get('/api/v1/me').expect(401);
  });

  it('ends by signing out, by form and by call', async () => {
    const [one, two] = [
      await service.signIn({ role: 'contractor' }),
      await service.signIn({ role: 'contractor' }),
    ];
    await one.post('/sign-out').expect(303).expect('location', '/sign-in');
    const answer = await two.browser.delete('/api/v1/sessions/current');
    service.contract.expectMatchesOpenApi(answer);
    expect(answer.status).toBe(204);
    const anonymous = [await one.browser.get('/account'), await two.browser.get('/account')];
    expect(anonymous.map(({ status, headers }) => [status, headers['location']])).toEqual([
      [303, '/sign-in?next=%2Faccount'],
      [303, '/sign-in?next=%2Faccount'],
    ]);
  });

  it('ends with the person who is disabled, even where their sessions were left', async () => {
    const [one, other] = [
      await service.signIn({ role: 'contractor' }),
      await service.signIn({ role: 'contractor' }),
    ];
    await service.database.transaction(SYSTEM, async (tx) => {
      await disablePerson(tx, one.actor.personId!, service.clock.now());
      await rows(tx, 'UPDATE accounts.person SET disabled_at = $2 WHERE id = $1', [
        other.actor.personId,
        service.clock.now(),
      ]);
    });
    const asked = [await one.browser.get('/api/v1/me'), await other.browser.get('/api/v1/me')];
    expect(asked.map(({ status }) => status)).toEqual([401, 401]);
  });

  it('obeys no other site, nor a program that does not know its token', async () => {
    const one = await service.signIn({ role: 'contractor' });
    const end = (headers: Record<string, string>) =>
      service
        .visitor()
        .delete('/api/v1/sessions/current')
        .set(
          'cookie',
          one.browser.jar
            .getCookies({ path: '/', domain: '127.0.0.1', secure: false, script: false })
            .toValueString(),
        )
        .set(headers);
    for (const headers of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { 'x-form-token': 'x'.repeat(43) },
    ]) {
      const answer = await end(headers);
      service.contract.expectMatchesOpenApi(answer);
      expect([headers, answer.status]).toEqual([headers, 403]);
    }
    await end({ 'x-form-token': one.formToken }).expect(204);
  });

  it('goes on in the language of the link that was followed', async () => {
    const browser = service.visitor();
    expect((await browser.get('/sign-in').set('accept-language', 'en')).text).toContain('lang="en"');
    expect((await browser.get('/sign-in?lang=nl').set('accept-language', 'en')).text).toContain('lang="nl"');
    expect((await browser.get('/sign-in?lang=xx').set('accept-language', 'en')).text).toContain('lang="nl"');
  });

  it('speaks the language its person chooses, and keeps the place', async () => {
    const one = await service.signIn({ role: 'contractor', language: 'fr' });
    const answer = await one.post('/language', { language: 'de', next: '/account' });
    expect(answer.headers['location']).toBe('/account');
    expect((await one.browser.get('/account')).text).toContain('lang="de"');
    expect((await one.browser.get('/api/v1/me')).body.language).toBe('de');
    const [person] = await service.database.transaction(SYSTEM, (tx) =>
      rows<{ language: string }>(tx, 'SELECT language FROM accounts.person WHERE id = $1', [
        one.actor.personId,
      ]),
    );
    expect(person?.language).toBe('de');
  });
});

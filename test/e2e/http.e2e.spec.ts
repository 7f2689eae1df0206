import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { POLICY } from '../../src/accounts/index.js';
import type { RoutePolicy } from '../../src/platform/http/index.js';
import { fromRoot } from '../../src/platform/project-root.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';

describe('the service over HTTP', () => {
  let service: TestApp;
  let someone: SignedInBrowser;
  beforeAll(async () => {
    service = await startTestApp();
    someone = await service.signIn({ role: 'contractor' });
  });
  afterAll(() => service.stop());

  it('is live and ready, and no cache keeps that', async () => {
    await service.visitor().get('/health/live').expect(200, { status: 'live' });
    const ready = await service.visitor().get('/health/ready');
    expect([ready.status, ready.body]).toEqual([200, { ready: true, checks: { schema: 'ok' } }]);
    expect(ready.headers['cache-control']).toBe('no-store');
  });

  it('knows no route that the policy does not name', async () => {
    const policy = POLICY as Record<string, RoutePolicy>;
    const row = policy['GET /help']!;
    expect((await service.visitor().get('/help')).status).toBe(200);
    delete policy['GET /help'];
    try {
      expect((await service.visitor().get('/help')).status).toBe(404);
    } finally {
      policy['GET /help'] = row;
    }
  });

  it.each([
    ['fr', 'Introuvable'],
    ['nl-BE,nl;q=0.9', 'Niet gevonden'],
    ['de', 'Nicht gefunden'],
    ['en-GB', 'Not found'],
    ['it', 'Introuvable'],
  ])('answers a program with a problem, in %s', async (language, title) => {
    const { body, status, headers } = await service
      .visitor()
      .get('/api/v1/nowhere?x=1')
      .set('accept-language', language);
    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
    expect(body).toEqual({
      type: 'urn:maillon:problem:not-found',
      title,
      status: 404,
      detail: expect.any(String),
      instance: '/api/v1/nowhere',
      code: 'not-found',
      requestId: headers['x-request-id'],
    });
  });

  it('answers people with a page in their language, which keeps its words safe', async () => {
    const page = await service.visitor().get('/nowhere%3Cscript%3E?lang=en');
    expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(page.text).toContain('lang="en"');
    expect(page.text).toContain(page.headers['x-request-id']);
    expect(page.text).not.toContain('<script>');
  });

  it('names every wrong field by its pointer, in words', async () => {
    const { body, status } = await service
      .visitor()
      .post('/api/v1/sessions')
      .set('accept-language', 'en')
      .send({ email: 'x', extra: 1 });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { pointer: '/extra', code: 'http.field.whitelistValidation', detail: 'This field is not known' },
      { pointer: '/email', code: 'signIn.email.invalid', detail: expect.stringContaining('full e-mail') },
      { pointer: '/password', code: 'signIn.password.missing', detail: 'Enter your password' },
    ]);
  });

  it.each([
    [
      'JSON that is none',
      400,
      (to: TestApp) => to.visitor().post('/api/v1/sessions').type('json').send('{"a":'),
    ],
    ['an empty body', 422, (to: TestApp) => to.visitor().post('/api/v1/sessions').type('json').send('{}')],
    [
      'a form at the API',
      415,
      (to: TestApp) => to.visitor().post('/api/v1/sessions').type('form').send('email=a'),
    ],
    [
      'another type',
      415,
      (to: TestApp) => to.visitor().post('/api/v1/sessions').type('text/csv').send('a;b'),
    ],
    [
      'U+0000',
      400,
      (to: TestApp) => to.visitor().post('/api/v1/sessions').send({ email: 'a\u0000b', password: 'c' }),
    ],
    [
      'half a character',
      400,
      (to: TestApp) => to.visitor().post('/api/v1/sessions').type('json').send('{"email":"\\ud800"}'),
    ],
    [
      'a prototype',
      400,
      (to: TestApp) => to.visitor().post('/api/v1/sessions').type('json').send('{"__proto__":{"a":1}}'),
    ],
    ['U+0000 in an address', 400, (to: TestApp) => to.visitor().get('/sign-in?next=%00')],
    ['an address that is none', 400, (to: TestApp) => to.visitor().get('/%E0%A4')],
    [
      '3 MiB of JSON',
      413,
      (to: TestApp) =>
        to
          .visitor()
          .post('/api/v1/sessions')
          .send({ email: 'a'.repeat(3 << 20) }),
    ],
    ['a method of no route', 404, (to: TestApp) => to.visitor().put('/sign-in')],
  ])('refuses %s without a fault', async (_, status, request) => {
    const answer = await request(service);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });

  const asset = readdirSync(fromRoot('dist', 'assets')).find((name) => name.endsWith('.css'))!;
  const everywhere: readonly (readonly [string, () => Promise<{ headers: Record<string, string> }>])[] = [
    ['a page', async () => service.visitor().get('/sign-in')],
    ['a redirect', async () => service.visitor().get('/account')],
    ['a problem', async () => service.visitor().get('/api/v1/me')],
    ['an error page', async () => service.visitor().get('/nowhere')],
    ['a form that expired', async () => service.visitor().post('/sign-in').type('form').send({ email: 'a' })],
    ['a file', async () => service.visitor().get(`/assets/${asset}`)],
    ['a file that is not', async () => service.visitor().get('/assets/nothing.css')],
    ['health', async () => service.visitor().get('/health/live')],
    ['an answer of the API', async () => someone.browser.get('/api/v1/me')],
    ['a HEAD', async () => service.visitor().head('/sign-in')],
    ['a malformed address', async () => service.visitor().get('/%E0%A4')],
  ];
  it.each(everywhere)('sets its headers on %s', async (_, ask) => {
    const { headers } = await ask();
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|data:/);
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('answers programs with a problem where the address is malformed', async () => {
    const { body, status } = await service.visitor().get('/api/v1/%E0%A4');
    expect([status, body.code]).toEqual([400, 'request-unreadable']);
  });

  it('sets them even where the request cannot be read at all', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
      let text = '';
      socket.on('data', (data) => (text += data.toString()));
      socket.on('close', () => resolve(text));
      socket.end('GET / HTTP/9.9 nonsense\r\n\r\n');
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.toLowerCase()).toContain("content-security-policy: default-src 'none'");
  });

  it('serves files that never change, to be kept for ever', async () => {
    const file = await service.visitor().get(`/assets/${asset}`);
    expect(file.status).toBe(200);
    expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(file.headers['set-cookie']).toBeUndefined();
    await service.visitor().get('/assets/..%2f..%2fpackage.json').expect(404);
  });

  it('takes no request id from outside', async () => {
    const { headers } = await service
      .visitor()
      .get('/health/live')
      .set('x-request-id', 'chosen-by-a-stranger');
    expect(headers['x-request-id']).not.toBe('chosen-by-a-stranger');
  });

  it('keeps what a person sees out of caches', async () => {
    const { headers } = await someone.browser.get('/account');
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('behind a proxy of ours, over HTTPS', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startTestApp({ publicUrl: 'https://maillon.example.org', trustProxy: true });
  });
  afterAll(() => service.stop());

  it('binds browsers to HTTPS, and cookies to this host', async () => {
    const page = await service.visitor().get('/sign-in');
    expect(page.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    const [cookie] = page.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^__Host-maillon-form=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  const ask = (id: string) => service.visitor().get('/health/live').set('x-request-id', id);

  it('takes the request id of the proxy when it has the shape of one', async () => {
    expect((await ask('edge-0123456789')).headers['x-request-id']).toBe('edge-0123456789');
    expect((await ask('a b<c>')).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

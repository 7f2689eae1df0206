import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { tcpProxy, type TcpProxy } from '../tcp-proxy.js';

describe('a database that goes away', () => {
  let service: TestApp;
  let someone: SignedInBrowser;
  let proxy: TcpProxy;
  beforeAll(async () => {
    const { hostname: host, port } = new URL(process.env['MAILLON_TEST_SERVER']!);
    proxy = await tcpProxy({ host, port: Number(port) });
    service = await startTestApp({ databasePort: proxy.port });
    someone = await service.signIn({ role: 'contractor', language: 'en' });
  });
  afterAll(async () => {
    await service.stop();
    await proxy.stop();
  });

  const shows = async () => {
    const [live, ready, page, call, open] = await Promise.all([
      service.visitor().get('/health/live'),
      service.visitor().get('/health/ready'),
      someone.browser.get('/account').set('accept-language', 'en'),
      someone.browser.get('/api/v1/me'),
      service.visitor().get('/sign-in'),
    ]);
    return { live, ready, page, call, open };
  };

  it('is said, and is over when it is over, without a restart', async () => {
    await proxy.cut();
    const down = await shows();
    expect([down.live.status, down.ready.status, down.page.status, down.call.status]).toEqual([
      200, 503, 503, 503,
    ]);
    // A page that needs nothing of it stays open.
    expect(down.open.status).toBe(200);
    expect(down.ready.body).toEqual({ ready: false, checks: { schema: 'failed' } });
    expect([down.page.headers['retry-after'], down.call.headers['retry-after']]).toEqual(['5', '5']);
    expect(down.call.body).toMatchObject({ code: 'database-unavailable', status: 503 });
    expect(down.page.text).toContain('lang="en"');
    expect(down.page.text).not.toMatch(/ECONN|postgres|at .*\.js/);

    await proxy.restore();
    const up = await shows();
    expect([up.live.status, up.ready.status, up.page.status, up.call.status]).toEqual([200, 200, 200, 200]);
  });

  it('keeps a wrong sign-in from being counted as one', async () => {
    await proxy.cut();
    const answer = await service
      .visitor()
      .post('/api/v1/sessions')
      .send({ email: 'a@example.org', password: 'b' });
    expect(answer.status).toBe(503);
    await proxy.restore();
  });
});

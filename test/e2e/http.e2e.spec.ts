import { startTestApp, type TestApp } from '../app.js';

describe('the service over HTTP', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startTestApp();
  });
  afterAll(() => service.stop());

  it('is live and ready', async () => {
    await service.visitor().get('/health/live').expect(200, { status: 'live' });
    const ready = await service.visitor().get('/health/ready');
    expect([ready.status, ready.body]).toEqual([200, { ready: true, checks: { schema: 'ok' } }]);
    expect(ready.headers['cache-control']).toBe('no-store');
  });

  it('answers 404 as a problem to programs and as a page to people', async () => {
    const problem = await service.visitor().get('/api/v1/nowhere').set('accept-language', 'nl');
    expect(problem.status).toBe(404);
    expect(problem.headers['content-type']).toContain('application/problem+json');
    const page = await service.visitor().get('/nowhere');
    expect(page.status).toBe(404);
    expect(page.headers['content-type']).toContain('text/html');
  });
});

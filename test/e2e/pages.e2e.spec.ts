import { startTestApp, type TestApp } from '../app.js';

describe('pages before there is anything in them', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startTestApp();
  });
  afterAll(() => service.stop());

  it.each(['/', '/help', '/accessibility', '/ranking', '/privacy', '/status', '/sign-in'])(
    '%s opens for anybody',
    async (path) => {
      const page = await service.visitor().get(path).set('accept-language', 'de');
      expect([page.status, page.text.includes('<html lang="de"')]).toEqual([200, true]);
    },
  );

  it.each([
    ['contractor', '/contractor/tenders'],
    ['contractor', '/news'],
    ['enterprise', '/enterprise/opportunities'],
    ['working-group', '/working-group'],
    ['administrator', '/administrator/outbox'],
  ] as const)('a %s finds %s', async (role, path) => {
    const someone = await service.signIn({ role });
    const page = await someone.browser.get(path);
    expect(page.status).toBe(200);
    expect(page.text).toContain('m-empty');
    const home = await someone.browser.get('/');
    expect(home.status).toBe(303);
  });

  it.each(['/contractor/tenders/x', `/contractor/tenders/${'0'.repeat(8)}-0000-7000-8000-000000000000`])(
    'says alike of %s that it does not exist',
    async (path) => {
      const someone = await service.signIn({ role: 'contractor' });
      expect((await someone.browser.get(path)).status).toBe(404);
    },
  );

  it('leads nowhere that is not there', async () => {
    for (const role of ['contractor', 'enterprise', 'working-group', 'administrator'] as const) {
      const someone = await service.signIn({ role });
      const seen = new Set<string>();
      const queue = ['/'];
      while (queue.length > 0) {
        const path = queue.pop()!;
        if (seen.has(path)) continue;
        seen.add(path);
        const page = await someone.browser.get(path).redirects(2);
        expect([path, page.status]).toEqual([path, 200]);
        const links = [...page.text.matchAll(/href="(\/[^"#]*)"/g)].map((match) =>
          match[1]!.replaceAll('&amp;', '&'),
        );
        queue.push(...links.filter((link) => !link.startsWith('/assets/') && !/[?&]lang=/.test(link)));
      }
      expect(seen.size).toBeGreaterThan(4);
    }
  });
});

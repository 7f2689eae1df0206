import { rows } from '../../src/platform/db/index.js';
import { NO_ORGANISATION } from '../../src/platform/audit/index.js';
import { newId } from '../../src/platform/ids.js';
import { startTestApp, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';

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

  it('records with whose mail it is that an administrator read it, and that the list was', async () => {
    const owner = await service.signIn({ role: 'enterprise' });
    const desk = await service.signIn({ role: 'administrator' });
    const id = newId(service.clock.now());
    const system = <Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
      service.database.transaction(SYSTEM, (tx) => rows<Row>(tx, sql, [...values]));
    await system(
      `INSERT INTO platform.outbox_mail (id, organisation_id, message_id, recipient, subject, headers, html, body, source, request_id, sent_at)
       VALUES ($1, $2, 'one@test', 'a@b.example', 'Vu', '{}', '<p>x</p>', 'x', 'x', 'test', $3)`,
      [id, owner.actor.organisationId, service.clock.now()],
    );
    for (const path of ['', `/${id}`, `/${id}/html`, `/${newId(service.clock.now())}`])
      await desk.browser.get(`/administrator/outbox${path}`);
    await owner.browser.get(`/administrator/outbox/${id}`).expect(403);
    const read = await system(
      `SELECT organisation_id AS organisation, action, subject_id AS subject FROM platform.audit_entry
        WHERE action LIKE '%.read' AND actor = (SELECT pseudonym FROM platform.actor_pseudonym WHERE person_id = $1)
        ORDER BY action, seq`,
      [desk.actor.personId],
    );
    const mail = { organisation: owner.actor.organisationId, action: 'mail.read', subject: id };
    const list = { organisation: NO_ORGANISATION, action: 'outbox.read', subject: null };
    expect(read).toEqual([mail, mail, list]);
    await system(`DELETE FROM platform.outbox_mail`);
  });

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

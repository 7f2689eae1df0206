import { rows } from '../../src/platform/db/index.js';
import { LegalBasisService } from '../../src/legal-basis/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { startClamd, type Clamd } from '../clamd.js';
import { SYSTEM } from '../database.js';
import { anEnterprise } from '../factories/enterprise.factory.js';

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(200_000, 'a')]);
const INFECTED = Buffer.from('%PDF-1.7 a bad signature');

describe('the document that shows an approval', () => {
  let clamd: Clamd;
  let service: TestApp;
  let holder: SignedInBrowser;
  beforeAll(async () => {
    clamd = await startClamd('bad signature');
    service = await startTestApp({ clamdAddress: clamd.address });
    await service.database.transaction(SYSTEM, (tx) =>
      service.app.get(LegalBasisService).load(tx, service.clock.now()),
    );
    holder = await service.signIn({ role: 'enterprise' });
    await service.database.transaction(SYSTEM, (tx) =>
      service.app.get(RegistryService).register(tx, SYSTEM, anEnterprise({ approvals: [] }), {
        organisationId: holder.actor.organisationId!,
      }),
    );
    service.clock.advanceMs(1000);
  });
  afterAll(async () => {
    await service.stop();
    await clamd.stop();
  });

  const state = (bytes: Buffer, name: string, validFrom: string) =>
    holder.browser
      .post('/enterprise/profile/approvals/new')
      .field({ _token: holder.formToken, kind: 'WAL_EI', validFrom, validUntil: '', reference: name })
      .attach('document', bytes, name);
  const stored = () =>
    service.database.transaction(SYSTEM, (tx) =>
      rows<{ name: string }>(tx, 'SELECT name FROM registry.approval_document ORDER BY received_at'),
    );
  const approvals = () =>
    service.database.transaction(SYSTEM, (tx) => rows(tx, 'SELECT id FROM registry.approval'));
  const linkIn = (html: string, prefix: string): string =>
    new RegExp(`href="(${prefix}/documents/[^"]+)"`).exec(html)![1]!;

  it.each([
    [
      'is nothing that shows one, whatever it is called',
      Buffer.from('<script>1</script>'),
      'Choisissez un PDF',
    ],
    ['is too large', Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)]), 'dépasse la taille'],
    ['holds malware', INFECTED, 'programme malveillant'],
  ])('is refused at its field when it %s, and nothing is kept', async (_, bytes, said) => {
    const answer = await state(bytes, 'décision.pdf', '2026-01-01');
    expect([answer.status, answer.text.includes(said), answer.text.includes('value="décision.pdf"')]).toEqual(
      [422, true, true],
    );
    expect([await stored(), await approvals()]).toEqual([[], []]);
  });

  it('is seen by the scanner, kept, and handed out as it came to its holder and to who checks it, to nobody else', async () => {
    expect((await state(PDF, "décision d'agrément (7).pdf", '2026-01-01')).status).toBe(303);
    expect(clamd.seen.at(-1)!.equals(PDF)).toBe(true);
    service.clock.advanceMs(1000);
    const own = linkIn((await holder.browser.get('/enterprise/profile')).text, '/enterprise/profile');
    const got = await holder.browser.get(own).buffer(true).expect(200);
    expect((got.body as Buffer).equals(PDF)).toBe(true);
    expect(got.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename="d_cision d_agr_ment _7_.pdf"; filename*=UTF-8''d%C3%A9cision%20d%27agr%C3%A9ment%20%287%29.pdf`,
    });

    const desk = await service.signIn({ role: 'administrator' });
    const listed = await desk.browser.get('/administrator/approvals');
    const checked = linkIn(listed.text, '/administrator/approvals');
    expect(((await desk.browser.get(checked).buffer(true)).body as Buffer).equals(PDF)).toBe(true);
    const seen = (await holder.browser.get('/enterprise/profile')).text;
    expect(seen).toMatch(/Ouvert par l’administration de Maillon le 24 novembre 2026/);
    await desk.browser.get(checked).expect(200);
    expect((await holder.browser.get('/enterprise/profile')).text).toContain('Ouvert 2 fois');
    const read = await service.database.transaction(SYSTEM, (tx) =>
      rows<{ organisation: string }>(
        tx,
        `SELECT organisation_id AS organisation FROM platform.audit_entry WHERE action = 'approval-document.read'`,
      ),
    );
    expect(read).toEqual([1, 2].map(() => ({ organisation: holder.actor.organisationId })));

    const other = await service.signIn({ role: 'enterprise' });
    const group = await service.signIn({ role: 'working-group' });
    expect((await other.browser.get(own)).status).toBe(404);
    expect((await group.browser.get(own)).status).toBe(403);
    expect((await group.browser.get(checked)).status).toBe(403);
  });

  it('waits, and nothing else is kept, while the scanner does not answer', async () => {
    const before = [await stored(), await approvals()];
    await clamd.stop();
    const answer = await state(PDF, 'plus-tard.pdf', '2020-01-01');
    expect([answer.status, answer.text.includes('ne répond pas')]).toEqual([422, true]);
    const fixture = Buffer.from('Poste;Description;Unité;Quantité\n1;Peinture;m2;20\n');
    const brought = await (
      await service.signIn({ role: 'contractor' })
    ).browser
      .post('/contractor/tenders/new')
      .attach('file', fixture, 'metre.csv');
    expect(brought.status).not.toBe(303);
    expect([await stored(), await approvals()]).toEqual(before);
  });
});

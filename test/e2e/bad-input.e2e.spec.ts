import { maybeRow, rows } from '../../src/platform/db/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { draftTender } from './publish.js';

/** Turns the direction of what follows. */
const RLO = '\u202e';

describe('what people enter otherwise than was thought', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let colleague: SignedInBrowser;
  let tenderId: string;
  let path: string;

  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    const organisationId = contractor.actor.organisationId!;
    colleague = await service.signIn({ role: 'contractor', organisationId, name: `Ana${RLO}fdp` });
    tenderId = await draftTender(contractor, ['45442100']);
    const { body } = await contractor.browser.get(`/api/v1/tenders/${tenderId}`);
    path = `/contractor/tenders/${tenderId}/packages/${body.packages[0].id}`;
  });
  afterAll(() => service.stop());

  const versionOn = (page: string): string => /name="version" value="(\d+)"/.exec(page)![1]!;
  const stored = () =>
    service.database.transaction(SYSTEM, (tx) =>
      maybeRow<{ value: string; starts: string; version: number }>(
        tx,
        'SELECT value::text, starts_on::text AS starts, version FROM tenders.work_package WHERE id = $1',
        [path.split('/').at(-1)],
      ),
    );

  it('is read as it was meant when it was pasted: spaces, dots, marks nobody sees', async () => {
    const version = versionOn((await contractor.browser.get(path)).text);
    const given = { version, placeable: 'yes', trades: '45442100', offer: 'yes' };
    const pasted = {
      value: '\ufeff 42.000,50\u00a0€ ',
      startsOn: '\u200b1 / 2 / 2027 ',
      endsOn: '12.3.2027',
    };
    expect((await contractor.post(path, { ...given, ...pasted })).status).toBe(303);
    expect(await stored()).toMatchObject({ value: '42000.50', starts: '2027-02-01' });
  });

  it('by two people at once: the second sees both versions, and sends theirs over the first when they mean it', async () => {
    const seen = versionOn((await contractor.browser.get(path)).text);
    const form = { version: seen, placeable: 'yes', trades: '45442100', offer: 'yes' };
    expect((await colleague.post(path, { ...form, value: '51000' })).status).toBe(303);
    const mine = { ...form, placeable: 'part', value: '47 250,00', startsOn: '2027-02-15' };
    const second = await contractor.post(path, mine);
    expect(second.status).toBe(422);
    expect(second.text).toContain('Ce qui vaut maintenant');
    expect(second.text).toMatch(/51\s000/);
    for (const entered of ['47 250,00', '2027-02-15']) expect(second.text).toContain(`value="${entered}"`);
    expect((await stored())!.value).toBe('51000.00');
    const meant = await contractor.post(path, { ...mine, version: versionOn(second.text) });
    expect(meant.status).toBe(303);
    expect((await stored())!.value).toBe('47250.00');
  });

  it('from a page gone back to: what stands is not undone unseen', async () => {
    const before = await stored();
    const old = { version: '1', placeable: 'no', offer: 'no', value: '1' };
    const answer = await contractor.post(path, old);
    expect([answer.status, answer.text.includes('Ce qui vaut maintenant')]).toEqual([422, true]);
    expect(await stored()).toEqual(before);
  });

  it('twice, by a double click: once it is done, and both lead on', async () => {
    const page = (await contractor.browser.get(path)).text;
    const once = /name="_once" value="([^"]+)"/.exec(page)![1]!;
    const form = { version: versionOn(page), placeable: 'yes', trades: '45442100', offer: 'yes' };
    const both = await Promise.all(
      [0, 1].map(() => contractor.post(path, { ...form, value: '48000', _once: once })),
    );
    // The second either waits for the first, or gets its answer.
    for (const { status } of both) expect([303, 409]).toContain(status);
    expect((await stored())!.value).toBe('48000.00');
    const again = await contractor.post(path, { ...form, value: '48000', _once: once });
    expect(again.status).toBe(303);
  });

  it('keeps what people write, and lets no name turn the direction of a page', async () => {
    const title = `Rénovation 🏠👷🏽‍♀️ de l’école ${RLO}fdp.exe`;
    await contractor.browser.patch(`/api/v1/tenders/${tenderId}`).send({ title }).expect(204);
    const page = (await colleague.browser.get(`/contractor/tenders/${tenderId}`)).text;
    expect(page).toContain('🏠👷🏽‍♀️');
    expect(page).toContain('Anafdp');
    expect(page).not.toContain(RLO);
    const kept = await service.database.transaction(SYSTEM, (tx) =>
      rows<{ title: string }>(tx, 'SELECT title FROM tenders.tender WHERE id = $1', [tenderId]),
    );
    expect(kept).toEqual([{ title }]);
  });

  it('without a file: it is asked for, whatever stands instead', async () => {
    for (const calls of ['/api/v1/readings', `/api/v1/tenders/${tenderId}/corrections`]) {
      const bring = contractor.browser.post(calls).set('x-form-token', contractor.formToken);
      const { status, body } = await bring;
      expect([status, body.code]).toEqual([422, 'file-missing']);
    }
  });

  it('of a file: no name brings down what keeps it, nor reads otherwise where it is saved', async () => {
    const bring = (name: string) => {
      const part = `Content-Disposition: form-data; name="file"; filename*=UTF-8''${encodeURIComponent(name)}`;
      return contractor.browser
        .post('/api/v1/readings')
        .set('x-form-token', contractor.formToken)
        .type('multipart/form-data; boundary=b')
        .send(`--b\r\n${part}\r\nContent-Type: text/csv\r\n\r\nDésignation;Unité;Quantité\r\n--b--\r\n`);
    };
    const refused = await bring('a\u0000b.csv');
    expect([refused.status, refused.body.code]).toEqual([400, 'request-unreadable']);
    const files = `/contractor/tenders/${tenderId}/files`;
    const shared = await contractor.browser
      .post(files)
      .field('_token', contractor.formToken)
      .attach('files', Buffer.from('%PDF-1.7'), `plan${RLO}xcod.pdf`);
    expect(shared.status).toBe(303);
    const page = (await contractor.browser.get(files)).text;
    const href = new RegExp(`href="(${files}/[^"/]+)"`).exec(page)![1]!;
    const { headers } = await contractor.browser.get(href);
    expect(headers['content-disposition']).toBe(
      `attachment; filename="plan_xcod.pdf"; filename*=UTF-8''planxcod.pdf`,
    );
  });
});

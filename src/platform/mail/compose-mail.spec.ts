import { composeMail } from './compose-mail.js';
import type { Mail } from './mail.js';

const FROM = 'Maillon <maillon@example.org>';
const mail: Mail = {
  id: '019aa000-0000-7000-8000-000000000001',
  organisationId: '019aa000-0000-7000-8000-000000000002',
  requestId: 'req-1',
  messageId: '<019aa000@example.org>',
  date: new Date('2026-11-24T10:00:00Z'),
  to: { name: 'Zoé D’Hondt', address: 'zoe@example.org' },
  subject: 'Peinture à Seraing : répondre avant le 12 décembre 2026 à 12:00',
  html: '<p>Bonjour</p>',
  text: 'Bonjour',
  listId: 'offers.maillon.example.org',
  unsubscribeUrl: `https://a-rather-long-name-for-a-service.of-the-region.example.org/mail/stop/${'t'.repeat(44)}`,
};

describe('a composed mail', () => {
  it('is the same bytes each time: a second copy is a copy', async () => {
    const [first, second] = await Promise.all([composeMail(mail, FROM), composeMail(mail, FROM)]);
    expect(first).toEqual(second);
  });

  it('keeps List-Unsubscribe on one line, however long', async () => {
    const { source } = await composeMail(mail, FROM);
    expect(source).toContain(`\r\nList-Unsubscribe: <${mail.unsubscribeUrl}>\r\n`);
    expect(source).toContain('\r\nList-ID: <offers.maillon.example.org>\r\n');
  });

  it('lets no name turn the direction of what follows it', async () => {
    const turned = {
      to: { ...mail.to, name: 'Zoé\u202efdp.exe' },
      subject: 'Toits\u2067 🏠',
      text: 'a\u202eb',
    };
    const [plain, source] = await Promise.all(
      [
        { ...mail, to: { ...mail.to, name: 'Zoéfdp.exe' }, subject: 'Toits 🏠', text: 'ab' },
        { ...mail, ...turned },
      ].map(async (one) => (await composeMail(one, FROM)).source),
    );
    expect(source).toBe(plain);
  });

  it('goes from our sender to one recipient', async () => {
    expect((await composeMail(mail, FROM)).envelope).toEqual({
      from: 'maillon@example.org',
      to: 'zoe@example.org',
    });
  });

  it.each([
    { requestId: 'a\r\nBcc: x@example.org' },
    { unsubscribeUrl: 'https://x\n/' },
    { subject: 'a\r\nBcc: x@example.org' },
  ])('lets nobody write a header of their own: %j', async (change) => {
    const composed = await composeMail({ ...mail, ...change }, FROM).catch(() => null);
    expect(composed?.source ?? '').not.toMatch(/^Bcc:/m);
  });
});

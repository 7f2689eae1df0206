import { weeklyMailsWish } from '../../src/matching/index.js';
import { NotificationsService, type MailList } from '../../src/notifications/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';

describe('the mails somebody wants', () => {
  let service: TestApp;
  let enterprise: SignedInBrowser;
  beforeAll(async () => {
    service = await startTestApp();
    enterprise = await service.signIn({ role: 'enterprise' });
  });
  afterAll(() => service.stop());

  const send = (
    who: SignedInBrowser,
    lists: readonly string[],
    weekly: string,
  ): ReturnType<typeof who.browser.post> =>
    who.browser.post('/account/mails').type('form').send({ _token: who.formToken, lists, weekly });
  const kept = (who: SignedInBrowser): Promise<{ stopped: MailList[]; weekly: number | null }> =>
    service.database.transaction(SYSTEM, async (tx) => ({
      stopped: await service.app.get(NotificationsService).stoppedLists(tx, who.actor.personId!),
      weekly: await weeklyMailsWish(tx, who.actor.organisationId!),
    }));

  it('begin with all of them, ten offers a week', async () => {
    const { text } = await enterprise.browser.get('/account/mails').expect(200);
    expect(text.match(/type="checkbox"[^>]*checked/g)).toHaveLength(2);
    expect(text).toMatch(/name="weekly"[^>]*value="10"/);
  });

  it('are kept for the person, their number for the enterprise', async () => {
    await send(enterprise, ['answers'], ' 3 ').expect(303);
    expect(await kept(enterprise)).toEqual({ stopped: ['offers'], weekly: 3 });
    await send(enterprise, ['offers', 'answers'], '0').expect(303);
    expect(await kept(enterprise)).toEqual({ stopped: [], weekly: 0 });
  });

  it.each(['51', '-1', '2,5', '', 'dix'])(
    'refuse %j a week at the field, and keep nothing of the form',
    async (weekly) => {
      const before = await kept(enterprise);
      const { text } = await send(enterprise, [], weekly);
      expect(text).toContain('Entrez un nombre entier de 0 à 50.');
      expect(text).toContain(`value="${weekly}"`);
      expect(text.match(/type="checkbox"[^>]*checked/g)).toBeNull();
      expect(await kept(enterprise)).toEqual(before);
    },
  );

  it('of a contractor are no offers, and a list that is not theirs changes nothing', async () => {
    const contractor = await service.signIn({ role: 'contractor' });
    const { text } = await contractor.browser.get('/account/mails').expect(200);
    expect(text).not.toContain('name="weekly"');
    await send(contractor, ['offers', 'unknown'], '3').expect(303);
    expect(await kept(contractor)).toEqual({ stopped: ['answers'], weekly: null });
  });
});

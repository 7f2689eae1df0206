import { weeklyMailsWish } from '../../src/matching/index.js';
import {
  MailWishService,
  NotificationsService,
  type MailList,
  type MailWish,
} from '../../src/notifications/index.js';
import { rows } from '../../src/platform/db/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';

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
    expect(text).toMatch(/value="at-once"[^>]*checked/);
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

  it('of a contractor are one each morning, until it wants each by itself', async () => {
    const contractor = await service.signIn({ role: 'contractor' });
    const chosen = async (): Promise<string | undefined> => {
      const { text } = await contractor.browser.get('/account/mails').expect(200);
      expect(text).not.toContain('value="weekly"');
      return /value="(daily|at-once)"[^>]*checked/.exec(text)?.[1];
    };
    expect(await chosen()).toBe('daily');
    for (const [sent, stands] of [
      ['at-once', 'at-once'],
      ['weekly', 'daily'],
    ] as const) {
      await contractor.post('/account/mails', { lists: 'answers', rhythm: sent }).expect(303);
      expect(await chosen()).toBe(stands);
    }
  });

  describe('come when they are wanted', () => {
    const sendAll = (
      who: SignedInBrowser,
      form: Readonly<Record<string, unknown>>,
    ): ReturnType<typeof who.browser.post> =>
      who.browser
        .post('/account/mails')
        .type('form')
        .send({ _token: who.formToken, lists: ['offers', 'answers'], weekly: '10', ...form });
    const wishOf = (who: SignedInBrowser): Promise<MailWish> =>
      service.database.transaction(SYSTEM, (tx) =>
        service.app.get(MailWishService).of(tx, who.actor.personId!),
      );

    it.each([
      ['22:00', '06:30', { from: '22:00', until: '06:30' }],
      ['22h', '7.05', { from: '22:00', until: '07:05' }],
      ['', '', null],
    ])('from %j until %j quiet, as it was written', async (quietFrom, quietUntil, quiet) => {
      await sendAll(enterprise, { rhythm: 'weekly', quietFrom, quietUntil }).expect(303);
      expect(await wishOf(enterprise)).toEqual({ rhythm: 'weekly', quiet });
      const { text } = await enterprise.browser.get('/account/mails');
      expect(text).toMatch(/value="weekly"[^>]*checked/);
      expect(text.includes(`value="${quiet?.from}"`)).toBe(quiet !== null);
    });

    it.each([
      ['25:00', '07:00', 'Entrez une heure'],
      ['22:00', 'matin', 'Entrez une heure'],
      ['22:00', '', 'Entrez les deux heures'],
      ['', '07:00', 'Entrez les deux heures'],
      ['07:00', '7h00', 'Entrez une heure de fin'],
    ])('but not from %j until %j', async (quietFrom, quietUntil, problem) => {
      const before = await wishOf(enterprise);
      const { text } = await sendAll(enterprise, { rhythm: 'daily', quietFrom, quietUntil }).expect(422);
      expect(text).toContain(problem);
      expect(text).toMatch(/value="daily"[^>]*checked/);
      expect(await wishOf(enterprise)).toEqual(before);
    });

    it('to those whom a manager chose, and to no choice of others', async () => {
      const manager = await service.signIn({ role: 'enterprise' });
      const organisation = manager.actor.organisationId!;
      const colleague = await service.signIn({ role: 'enterprise', organisationId: organisation });
      await service.database.transaction(SYSTEM, (tx) =>
        rows(tx, `UPDATE accounts.person SET organisation_role = 'member' WHERE id = $1`, [
          colleague.actor.personId,
        ]),
      );
      const left = (): Promise<string[]> =>
        service.database.transaction(SYSTEM, (tx) =>
          service.app.get(MailWishService).notChosen(tx, organisation),
        );
      const { text } = await manager.browser.get('/account/mails');
      expect(text).toContain(`value="${colleague.actor.personId}"`);
      const shown = [manager.actor.personId, colleague.actor.personId];
      await sendAll(manager, { shown, chosen: [colleague.actor.personId] }).expect(303);
      expect(await left()).toEqual([manager.actor.personId]);
      // Their form does not ask it, and what they send besides changes nothing.
      expect((await colleague.browser.get('/account/mails')).text).not.toContain('name="shown"');
      await sendAll(colleague, { shown, chosen: [manager.actor.personId] }).expect(303);
      expect(await left()).toEqual([manager.actor.personId]);
      // Nobody at all is no choice: the number of a week says that.
      const refused = await sendAll(manager, { shown }).expect(422);
      expect(refused.text).toContain('Choisissez au moins une personne.');
      expect(await left()).toEqual([manager.actor.personId]);
      // Who came after the form was shown is in no hidden field of it.
      const newcomer = await service.signIn({ role: 'enterprise', organisationId: organisation });
      await sendAll(manager, { shown, chosen: [manager.actor.personId] }).expect(303);
      expect(await left()).toEqual([colleague.actor.personId]);
      await service.database.transaction(SYSTEM, (tx) =>
        rows(tx, `UPDATE accounts.person SET disabled_at = now() WHERE id = ANY($1)`, [
          [manager.actor.personId, newcomer.actor.personId],
        ]),
      );
      expect(await left()).toEqual([]);
    });

    it('show in a test mail what was chosen, at once and once in ten minutes', async () => {
      await sendAll(enterprise, { rhythm: 'daily', quietFrom: '00:00', quietUntil: '23:59' }).expect(303);
      const ask = (): ReturnType<typeof enterprise.browser.post> =>
        enterprise.browser.post('/account/mails/test').type('form').send({ _token: enterprise.formToken });
      await ask().expect(303);
      const mail = await eventually(async () => {
        const [found] = await service.database.transaction(SYSTEM, (tx) =>
          rows<{ body: string; subject: string }>(
            tx,
            `SELECT body, subject FROM platform.outbox_mail WHERE organisation_id = $1`,
            [enterprise.actor.organisationId],
          ),
        );
        return found ?? null;
      });
      expect(mail.subject).toBe('Essai\u00a0: les courriels de Maillon arrivent');
      for (const said of ['Chaque matin', '7:30', 'de 00:00 à 23:59']) expect(mail.body).toContain(said);
      await ask().expect(303);
      const { text } = await enterprise.browser.get('/account/mails');
      expect(text).toContain('il y a moins de dix minutes');
    });

    const ask = (who: SignedInBrowser): ReturnType<typeof who.browser.post> =>
      who.browser.post('/account/mails/test').type('form').send({ _token: who.formToken });
    const asked = (who: SignedInBrowser): Promise<Record<string, unknown>[]> =>
      service.database.transaction(SYSTEM, async (tx) => {
        const found = await rows<{ params: Record<string, unknown> }>(
          tx,
          `SELECT params FROM notifications.notification WHERE recipient_id = $1 AND template = 'mail-test'`,
          [who.actor.personId],
        );
        return found.map(({ params }) => params);
      });

    it('and no more often when it is asked three times at once', async () => {
      const impatient = await service.signIn({ role: 'contractor' });
      await Promise.all([1, 2, 3].map(() => ask(impatient).expect(303)));
      expect(await asked(impatient)).toHaveLength(1);
    });

    it('but not to an address that its server refused: that is said', async () => {
      const refused = await service.signIn({ role: 'contractor' });
      await service.database.transaction(SYSTEM, (tx) =>
        rows(
          tx,
          `INSERT INTO notifications.refused_address (id, organisation_id, email, detail, refused_at)
           SELECT gen_random_uuid(), organisation_id, lower(email), '550', now() FROM accounts.person WHERE id = $1`,
          [refused.actor.personId],
        ),
      );
      await ask(refused).expect(303);
      expect((await refused.browser.get('/account/mails')).text).toContain('Aucun essai n’est parti');
      expect(await asked(refused)).toEqual([]);
    });

    it('to no role that gets no such mails', async () => {
      for (const role of ['working-group', 'administrator'] as const) {
        const other = await service.signIn({ role });
        await ask(other).expect(403);
        expect(await asked(other)).toEqual([]);
      }
    });

    it('saying no next mail to who gets none', async () => {
      const stopped = await service.signIn({ role: 'enterprise' });
      await sendAll(stopped, { rhythm: 'weekly', lists: ['answers'] }).expect(303);
      const left = await service.signIn({
        role: 'enterprise',
        organisationId: stopped.actor.organisationId!,
      });
      await sendAll(left, { rhythm: 'weekly' }).expect(303);
      const shown = [stopped.actor.personId, left.actor.personId];
      await sendAll(stopped, { lists: ['answers'], shown, chosen: [stopped.actor.personId] }).expect(303);
      const none = await service.signIn({ role: 'enterprise' });
      await sendAll(none, { rhythm: 'daily', weekly: '0' }).expect(303);
      for (const [who, said] of [
        [stopped, 'vous avez arrêté ces courriels'],
        [left, 'votre entreprise a choisi d’autres personnes'],
        [none, 'par semaine, au plus : 0'],
      ] as const) {
        await ask(who).expect(303);
        const body = await eventually(async () => {
          const [found] = await service.database.transaction(SYSTEM, (tx) =>
            rows<{ body: string }>(
              tx,
              `SELECT m.body FROM platform.outbox_mail m JOIN accounts.person p ON m.recipient LIKE '%' || p.email || '%' WHERE p.id = $1`,
              [who.actor.personId],
            ),
          );
          return found?.body ?? null;
        });
        expect(body.replaceAll(/\s+/g, ' ')).toContain(said);
        expect(body).not.toContain('Prochain courriel');
      }
    });
  });
});

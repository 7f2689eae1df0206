import { RemindersPipeline } from '../../src/pipeline/reminders.pipeline.js';
import { DayTurn } from '../../src/pipeline/day-turn.js';
import { rows } from '../../src/platform/db/index.js';
import { RegistryService } from '../../src/registry/index.js';
import { startTestApp, TestClock, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anApproval, anEnterprise } from '../factories/enterprise.factory.js';
import { publishTender } from './publish.js';

const CPV = '45442100';
const DAY_MS = 86_400_000;

describe('reminders', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  beforeEach(async () => {
    service = await startTestApp({ clock: new TestClock(new Date('2026-11-24T10:00:00Z')) });
    contractor = await service.signIn({ role: 'contractor' });
  });
  afterEach(() => service.stop());

  const query = <Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> =>
    service.database.transaction(SYSTEM, (tx) => rows<Row>(tx, sql, params));
  const mails = (): Promise<{ recipient: string; subject: string; body: string }[]> =>
    query(`SELECT recipient, subject, body FROM platform.outbox_mail ORDER BY sent_at, recipient`);
  const mailsTo = async (
    who: SignedInBrowser,
    subject: RegExp,
  ): Promise<{ subject: string; body: string }[]> =>
    (await mails()).filter((mail) => mail.recipient.includes(who.email) && subject.test(mail.subject));
  /** Nothing is left to plan and nothing to send. */
  const settled = (): Promise<unknown> =>
    eventually(async () => {
      const [open] = await query<{ count: number }>(
        `SELECT (SELECT count(*) FROM queue.job WHERE state < 'completed')::int
              + (SELECT count(*) FROM notifications.notification WHERE state IN ('pending', 'claimed'))::int AS count`,
      );
      return open!.count === 0 ? true : null;
    });
  const remind = async (): Promise<void> => {
    await service.database.transaction(SYSTEM, (tx) =>
      service.app.get(RemindersPipeline).remind(tx, service.clock.today()),
    );
    await settled();
  };
  const painters = async (
    approvals: readonly Parameters<typeof anApproval>[0][] = [{}],
  ): Promise<SignedInBrowser> => {
    const who = await service.signIn({ role: 'enterprise' });
    const profile = anEnterprise({
      name: 'Peintres',
      contactEmail: who.email,
      activities: [anActivity({ trades: [CPV] })],
      approvals: approvals.map((one) => anApproval(one)),
    });
    await service.database.transaction(SYSTEM, (tx) =>
      service.app
        .get(RegistryService)
        .register(tx, SYSTEM, profile, { organisationId: who.actor.organisationId! }),
    );
    return who;
  };

  describe('of a deadline', () => {
    const published = async (): Promise<{ looked: SignedInBrowser; packageId: string; deadline: Date }> => {
      const looked = await painters();
      const tenderId = await publishTender(contractor, [CPV]);
      await settled();
      const [offered] = await query<{ id: string; deadline: Date }>(
        `SELECT p.id, t.deadline FROM tenders.work_package p JOIN tenders.tender t ON t.id = p.tender_id
          WHERE t.id = $1 AND p.offered`,
        [tenderId],
      );
      return { looked, packageId: offered!.id, deadline: offered!.deadline };
    };
    const comeNear = (deadline: Date, days = 3): void =>
      service.clock.moveTo(new Date(deadline.getTime() - days * DAY_MS));

    it('reach who opened the offer and did not answer, once', async () => {
      const { looked, packageId, deadline } = await published();
      await looked.browser.get(`/enterprise/opportunities/${packageId}`).expect(200);
      comeNear(deadline, 4);
      await remind();
      expect(await mailsTo(looked, /Rappel/)).toEqual([]);
      comeNear(deadline);
      await remind();
      const [mail, ...more] = await mailsTo(looked, /Rappel/);
      expect(more).toEqual([]);
      expect(mail!.body).toContain(`/enterprise/opportunities/${packageId}/answer?kind=no`);
      comeNear(deadline, 2);
      await remind();
      expect(await mailsTo(looked, /Rappel/)).toHaveLength(1);
      const news = await query(
        `SELECT 1 FROM notifications.notification
          WHERE template = 'offer-reminder' AND channel = 'in-app' AND recipient_id = $1 AND state = 'delivered'`,
        [looked.actor.personId],
      );
      expect(news).toHaveLength(1);
    });

    it('reach who began an answer and kept it, from a link in a mail say', async () => {
      const { looked, packageId, deadline } = await published();
      await looked
        .post(`/enterprise/opportunities/${packageId}/answer`, { action: 'save', message: 'Plus tard' })
        .expect(303);
      comeNear(deadline);
      await remind();
      expect(await mailsTo(looked, /Rappel/)).toHaveLength(1);
    });

    it('leave in peace who never looked', async () => {
      const { looked, deadline } = await published();
      comeNear(deadline);
      await remind();
      expect(await mailsTo(looked, /Rappel/)).toEqual([]);
    });

    it('leave in peace who answered', async () => {
      const { looked, packageId, deadline } = await published();
      await looked.browser.get(`/enterprise/opportunities/${packageId}`).expect(200);
      await looked
        .post(`/enterprise/opportunities/${packageId}/answer`, { kind: 'no', reason: 'dates' })
        .expect('location', `/enterprise/opportunities/${packageId}`);
      comeNear(deadline);
      await remind();
      expect(await mailsTo(looked, /Rappel/)).toEqual([]);
    });
  });

  describe('of the end of an approval', () => {
    const untilDays = (days: number): { validUntil: string } => ({
      validUntil: new Date(service.clock.now().getTime() + days * DAY_MS).toISOString().slice(0, 10),
    });

    it('come ninety, thirty and seven days before, each once, and say how to renew it', async () => {
      const holder = await painters([untilDays(91)]);
      const told: number[] = [];
      const lastDay = service.clock.now().getTime() + 91 * DAY_MS;
      for (const left of [91, 90, 89, 31, 30, 29, 8, 7, 6, 0]) {
        service.clock.moveTo(new Date(lastDay - left * DAY_MS));
        await remind();
        const { length } = await mailsTo(holder, /agrément se termine/);
        if (length > told.length) told.push(left);
      }
      expect(told).toEqual([90, 30, 7]);
      const [first] = await mailsTo(holder, /agrément se termine/);
      expect(first!.subject).toContain('dans 90 jours');
      expect(first!.body).toContain('/enterprise/profile/approvals/new');
    });

    it('come late rather than never, and not for what is renewed', async () => {
      const late = await painters([untilDays(12)]);
      const renewed = await painters([
        untilDays(12),
        { validFrom: untilDays(13).validUntil, validUntil: untilDays(400).validUntil, state: 'pending' },
      ]);
      await remind();
      expect(await mailsTo(late, /dans 12 jours/)).toHaveLength(1);
      expect(await mailsTo(renewed, /agrément se termine/)).toEqual([]);
    });
  });

  it('are planned by whoever takes the morning, not before it', async () => {
    // Ninety days before the end: on the day before, whose morning the service takes as it starts, be it after this
    // approval was entered, nothing is due. Later ones would be told late.
    const holder = await painters([{ validUntil: '2027-02-23' }]);
    service.clock.moveTo(new Date('2026-11-25T06:29:00Z'));
    await service.app.get(DayTurn).turn();
    await settled();
    expect(await mailsTo(holder, /agrément se termine/)).toEqual([]);
    service.clock.moveTo(new Date('2026-11-25T06:31:00Z'));
    await Promise.all([service.app.get(DayTurn).turn(), service.app.get(DayTurn).turn()]);
    await eventually(async () => ((await mailsTo(holder, /dans 90 jours/)).length === 1 ? true : null));
  });
});

import { keepWeeklyMailsWish, MATCHING_LIMITS, OffersService } from '../../src/matching/index.js';
import { InvitationForecasts } from '../../src/pipeline/index.js';
import { rows, type Tx } from '../../src/platform/db/index.js';
import { newId } from '../../src/platform/ids.js';
import { RegistryService } from '../../src/registry/index.js';
import { tenderById } from '../../src/tenders/index.js';
import { startTestApp, type SignedInBrowser, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';
import { eventually } from '../eventually.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { draftTender } from './publish.js';

const PAVING = '45233200';

describe('the plan of invitations', () => {
  let service: TestApp;
  let contractor: SignedInBrowser;
  let quiet: SignedInBrowser;
  let tenderId: string;
  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    service.database.transaction(SYSTEM, work);

  beforeAll(async () => {
    service = await startTestApp();
    contractor = await service.signIn({ role: 'contractor' });
    const enterprises: SignedInBrowser[] = [];
    for (let i = 0; i < 12; i += 1) enterprises.push(await service.signIn({ role: 'enterprise' }));
    quiet = enterprises[0]!;
    await inSystem(async (tx) => {
      for (const { actor } of enterprises) {
        const { id: _, ...paver } = anEnterprise({ activities: [anActivity({ trades: [PAVING] })] });
        await service.app
          .get(RegistryService)
          .register(tx, SYSTEM, paver, { organisationId: actor.organisationId! });
      }
      await keepWeeklyMailsWish(tx, quiet.actor.organisationId!, 0);
    });
    // The relay has made them findable.
    await eventually(async () => {
      const [found] = await inSystem((tx) =>
        rows<{ count: number }>(
          tx,
          'SELECT count(DISTINCT enterprise_id)::int AS count FROM matching.posting',
        ),
      );
      return found!.count === 12 ? true : null;
    });
    tenderId = await draftTender(contractor, [PAVING]);
  });
  afterAll(() => service.stop());

  it('is shown before publishing, with the deadline that leaves everybody time', async () => {
    const page = await contractor.browser.get(`/contractor/tenders/${tenderId}/publish`);
    expect(page.text).toContain('12 entreprises');
    expect(page.text).toContain('8 décembre 2026');
  });

  it('is kept as it was shown, and carried out batch by batch', async () => {
    const forecast = await inSystem(async (tx) => {
      const tender = (await tenderById(tx, tenderId))!;
      return service.app.get(InvitationForecasts).forecast(tx, tender, tender.deadline);
    });
    await contractor.browser
      .post(`/api/v1/tenders/${tenderId}/publication`)
      .set('x-form-token', contractor.formToken);
    const kept = await eventually(async () => {
      const found = await inSystem((tx) =>
        rows<{ batch: number; by: string; count: number }>(
          tx,
          `SELECT batch, by, count(*)::int AS count FROM matching.invitation WHERE tender_id = $1
           GROUP BY batch, by ORDER BY batch, by`,
          [tenderId],
        ),
      );
      return found.length > 0 ? found : null;
    });
    expect(kept.reduce((sum, { count }) => sum + count, 0)).toBe(12);
    expect(kept.filter(({ by }) => by === 'list')).toMatchObject([{ count: 1 }]);
    expect(kept.filter(({ by }) => by === 'mail').map(({ count }) => count)).toEqual(
      forecast!.batches.map(({ enterprises }) => enterprises),
    );
    const mailed = await eventually(async () => {
      const found = await inSystem((tx) =>
        rows<{ organisation: string }>(
          tx,
          `SELECT DISTINCT organisation_id AS organisation FROM notifications.notification
           WHERE channel = 'mail' AND template = 'tender-published' AND state = 'handed'`,
        ),
      );
      return found.length === 11 ? found : null;
    });
    expect(mailed.map(({ organisation }) => organisation)).not.toContain(quiet.actor.organisationId);
    const events = await inSystem((tx) =>
      rows(tx, `SELECT 1 FROM platform.event WHERE type = 'invitation.due' AND subject_id = $1`, [tenderId]),
    );
    expect(events).toHaveLength(1);
  });

  it('leaves the offer on the list for whom it writes no mail', async () => {
    const told = await eventually(async () => {
      const found = await inSystem((tx) =>
        rows<{ channel: string; state: string; reason: string | null }>(
          tx,
          `SELECT channel, state, reason FROM notifications.notification WHERE organisation_id = $1 ORDER BY channel`,
          [quiet.actor.organisationId],
        ),
      );
      return found.length === 2 && found[0]!.state === 'delivered' ? found : null;
    });
    expect(told).toMatchObject([
      { channel: 'in-app', state: 'delivered' },
      { channel: 'mail', state: 'suppressed', reason: 'week-full' },
    ]);
    const { body } = await quiet.browser.get('/api/v1/opportunities');
    expect(body.items).toHaveLength(1);
  });

  it('shows of more than fifty who fit the fifty that are told, also to somebody who looks for others', async () => {
    const { id: _, ...paver } = anEnterprise({ activities: [anActivity({ trades: [PAVING] })] });
    await inSystem(async (tx) => {
      const [registry, offers] = [service.app.get(RegistryService), service.app.get(OffersService)];
      const ids: string[] = [];
      for (let i = 0; i < 45; i += 1)
        ids.push(await registry.register(tx, SYSTEM, paver, { organisationId: newId(new Date()) }));
      await offers.refresh(tx, ids, service.clock.today());
    });
    const id = await draftTender(contractor, [PAVING]);
    const forecast = await inSystem(async (tx) => {
      const tender = (await tenderById(tx, id))!;
      const wanted = MATCHING_LIMITS.weighed;
      return service.app.get(InvitationForecasts).forecast(tx, tender, tender.deadline, { wanted });
    });
    expect(forecast?.candidates).toHaveLength(57);
    expect(forecast?.enterprises).toBe(50);
    const page = await contractor.browser.get('/ranking?lang=fr');
    expect(page.text).toContain('les 50 entreprises les mieux classées');
  });
});

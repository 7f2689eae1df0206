import { emit } from '../../../src/platform/events/index.js';
import { newId } from '../../../src/platform/ids.js';
import { rows } from '../../../src/platform/db/index.js';
import { keepMailWish } from '../../../src/notifications/mail-wish.repository.js';
import { quarantineAll } from '../../../src/notifications/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { anAnswer } from '../../factories/published-tender.factory.js';
import { Bench } from './bench.js';
import { match, NOW, publishedTender, type World } from './world.js';

const PLANNED = `SELECT template, channel, count(*)::int AS count FROM notifications.notification
                  GROUP BY template, channel ORDER BY template, channel`;

describe('planning from an event', () => {
  let db: TestDatabase;
  let bench: Bench;
  beforeEach(async () => {
    db = await cloneDatabase();
    bench = new Bench(db);
  });
  afterEach(() => db.drop());

  const happens = (world: World, type: string, payload = {}, subjectId = world.tenderId): Promise<string> =>
    db.database.transaction(SYSTEM, (tx) =>
      emit(tx, { type, organisationId: world.contractor.id, subjectId, payload, at: bench.now }),
    );

  it('of a publication tells each person of each matched enterprise once, with all its packages', async () => {
    const world = await publishedTender(db, { enterprises: 3, peopleEach: 2, packages: 2 });
    expect(await bench.plan(world.publishedEventId)).toBe(2 * (3 * 2 + 1));
    expect(await bench.query(PLANNED)).toEqual([
      { template: 'tender-published', channel: 'in-app', count: 6 },
      { template: 'tender-published', channel: 'mail', count: 6 },
      { template: 'tender-receipt', channel: 'in-app', count: 1 },
      { template: 'tender-receipt', channel: 'mail', count: 1 },
    ]);
    const [row] = await bench.query<{ packages: string[]; requestId: string }>(
      `SELECT package_ids AS packages, request_id AS "requestId" FROM notifications.notification WHERE template = 'tender-published' LIMIT 1`,
    );
    expect(row).toEqual({ packages: world.packageIds, requestId: 'req-publish' });
  });

  it('a second time, or by two workers at once, plans none', async () => {
    const world = await publishedTender(db, { enterprises: 4, peopleEach: 2 });
    const both = await Promise.all([bench.plan(world.publishedEventId), bench.plan(world.publishedEventId)]);
    expect(both.reduce((a, b) => a + b, 0)).toBe(18);
    expect(await bench.plan(world.publishedEventId)).toBe(0);
  });

  it('of two events about one tender, planned at once, tells nobody twice', async () => {
    const world = await publishedTender(db, { enterprises: 2 });
    const second = await happens(world, 'invitation.due');
    const overlapping = await db.database.transaction(SYSTEM, async (tx) => {
      await bench.service.planFor(tx, world.publishedEventId);
      const waiting = bench.plan(second);
      // Long enough for the second to see what is not committed yet, if nothing holds it.
      await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 300))]);
      return { waiting };
    });
    expect(await overlapping.waiting).toBe(0);
  });

  it('of a new match tells only what was not told before', async () => {
    const world = await publishedTender(db, { enterprises: 1, packages: 2 });
    await bench.plan(world.publishedEventId);
    const late = await publishedTender(db, { enterprises: 1, packages: 0 });
    await db.database.transaction(SYSTEM, (tx) =>
      match(tx, {
        contractor: world.contractor,
        enterprise: late.enterprises[0]!,
        tenderId: world.tenderId,
        packageId: world.packageIds[0]!,
      }),
    );
    const eventId = await happens(world, 'match.new');
    expect(await bench.plan(eventId)).toBe(2);
    const news = await bench.query(
      `SELECT DISTINCT recipient_id AS "recipientId", package_ids AS packages FROM notifications.notification WHERE template = 'match-new'`,
    );
    expect(news).toEqual([
      { recipientId: late.enterprises[0]!.personIds[0], packages: [world.packageIds[0]] },
    ]);
  });

  it('tells nobody of what it answered already, from the list that all see', async () => {
    const world = await publishedTender(db, { enterprises: 2, packages: 2 });
    const [answered, other] = world.enterprises;
    const about = { contractorId: world.contractor.id, tenderId: world.tenderId, at: NOW };
    await db.database.transaction(SYSTEM, (tx) =>
      anAnswer(tx, { ...about, organisationId: answered!.id, packageId: world.packageIds[0]!, kind: 'no' }),
    );
    await bench.plan(await happens(world, 'invitation.due'));
    const told = await bench.query<{ id: string; packages: string[] }>(
      `SELECT DISTINCT organisation_id AS id, package_ids AS packages FROM notifications.notification WHERE template = 'tender-published'`,
    );
    const packagesOf = (id: string): string[] | undefined => told.find((one) => one.id === id)?.packages;
    expect(packagesOf(answered!.id)).toEqual([world.packageIds[1]]);
    expect(packagesOf(other!.id)).toEqual(world.packageIds);
  });

  it('of a withdrawal overtakes what waits, and tells those who had heard', async () => {
    const world = await publishedTender(db, { enterprises: 2 });
    await bench.plan(world.publishedEventId);
    const [heard] = (await bench.claim(1)).filter((claim) => claim.template === 'tender-published');
    await bench.query(
      `UPDATE notifications.notification SET state = 'pending', lease_until = NULL WHERE id <> $1 AND state = 'claimed'`,
      [heard!.id],
    );
    await bench.deliver(heard!);
    await bench.query(
      `UPDATE tenders.tender SET status = 'withdrawn', withdrawn_at = $1, withdrawal_reason = 'budget' WHERE id = $2`,
      [NOW, world.tenderId],
    );
    await bench.plan(await happens(world, 'tender.withdrawn'));
    const told = await bench.query(
      `SELECT DISTINCT recipient_id AS id FROM notifications.notification WHERE template = 'tender-withdrawn'`,
    );
    expect(told).toEqual([{ id: heard!.recipientId }]);
    const waiting = await bench.query(
      `SELECT 1 FROM notifications.notification WHERE template <> 'tender-withdrawn' AND state = 'pending'`,
    );
    expect(waiting).toEqual([]);
  });

  it('of an answer tells the contractor, and gives the one who answered a receipt', async () => {
    const world = await publishedTender(db);
    const answerId = newId(NOW);
    const enterprise = world.enterprises[0]!;
    const person = { personId: world.contractor.personIds[0]!, organisationId: world.contractor.id };
    await db.database.transaction(SYSTEM, (tx) =>
      keepMailWish(tx, person, { rhythm: 'at-once', quiet: null }),
    );
    await db.database.transaction(SYSTEM, (tx) =>
      rows(
        tx,
        `INSERT INTO answers.answer (id, organisation_id, contractor_organisation_id, tender_id, package_id, enterprise_id, kind,
           package_version, answered_by, recorded)
         VALUES ($1, $2, $3, $4, $5, $2, 'full', 1, $6, tstzrange($7, NULL))`,
        [
          answerId,
          enterprise.id,
          world.contractor.id,
          world.tenderId,
          world.packageIds[0],
          enterprise.personIds[0],
          NOW,
        ],
      ),
    );
    expect(await bench.plan(await happens(world, 'answer.given', {}, answerId))).toBe(4);
    await bench.deliverDue();
    const mails = await bench.query<{ subject: string }>(
      `SELECT subject FROM platform.outbox_mail ORDER BY subject`,
    );
    expect(mails.map((mail) => mail.subject)).toEqual([
      'Entreprise sociale 1 a répondu\u00a0: Peinture des murs, niveau 1',
      'Réponse envoyée\u00a0: Peinture des murs, niveau 1',
    ]);
  });

  it('nobody is told of plans nothing', async () => {
    const world = await publishedTender(db);
    expect(await bench.plan(await happens(world, 'tender.drafted'))).toBe(0);
  });

  it('older than a restore waits for the operator', async () => {
    const world = await publishedTender(db);
    bench.now = new Date('2026-11-25T08:00:00Z');
    await db.database.transaction(SYSTEM, (tx) => quarantineAll(tx, bench.now));
    await bench.plan(world.publishedEventId);
    expect(new Set(await bench.states())).toEqual(new Set(['quarantined']));
    bench.now = new Date('2026-11-25T09:00:00Z');
    const later = await publishedTender(db);
    const eventId = await happens(later, 'tender.published');
    await bench.plan(eventId);
    const fresh = await bench.query(
      `SELECT DISTINCT state FROM notifications.notification WHERE event_id = $1`,
      [eventId],
    );
    expect(fresh).toEqual([{ state: 'pending' }]);
  });
});

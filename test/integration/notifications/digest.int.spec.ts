import { keepWeeklyMailsWish } from '../../../src/matching/index.js';
import {
  chooseColleagues,
  keepMailWish,
  type MailWish,
} from '../../../src/notifications/mail-wish.repository.js';
import { quarantineAll, release, replay, stopList } from '../../../src/notifications/outbox.repository.js';
import { emit } from '../../../src/platform/events/index.js';
import { newId } from '../../../src/platform/ids.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { Bench } from './bench.js';
import { match, NOW, publishedTender, type Organisation, type World } from './world.js';

const DAILY: MailWish = { rhythm: 'daily', quiet: null };
/** Half past seven in Brussels on the day after `NOW`. */
const MORNING = new Date('2026-11-25T06:30:00Z');

describe('offers that leave together', () => {
  let db: TestDatabase;
  let bench: Bench;
  beforeEach(async () => {
    db = await cloneDatabase();
    bench = new Bench(db);
  });
  afterEach(() => db.drop());

  const wish = (enterprise: Organisation, wanted: MailWish, person = 0): Promise<void> =>
    db.database.transaction(SYSTEM, (tx) =>
      keepMailWish(tx, { personId: enterprise.personIds[person]!, organisationId: enterprise.id }, wanted),
    );
  /** What a second tender offers is offered to the enterprise of the first. */
  const alsoOffered = async (world: World, packages = 1, score = 0.95): Promise<World> => {
    const other = await publishedTender(db, { enterprises: 0, packages });
    await db.database.transaction(SYSTEM, async (tx) => {
      for (const packageId of other.packageIds)
        await match(
          tx,
          {
            contractor: other.contractor,
            enterprise: world.enterprises[0]!,
            tenderId: other.tenderId,
            packageId,
          },
          score,
        );
    });
    return other;
  };
  const mails = (): Promise<
    { recipient: string; subject: string; body: string; headers: Record<string, string> }[]
  > =>
    bench.query(`SELECT recipient, subject, body, headers FROM platform.outbox_mail
                  WHERE subject NOT LIKE 'Publié%' ORDER BY sent_at, recipient`);
  const offers = (): Promise<{ state: string; reason: string | null; at: Date }[]> =>
    bench.query(`SELECT state, reason, next_attempt_at AS at FROM notifications.notification
                  WHERE channel = 'mail' AND template = 'tender-published' ORDER BY created_at, next_attempt_at DESC, id`);

  /** As the person itself, with what it may read. */
  const keep = ({ enterprises: [enterprise] }: World, rhythm: MailWish['rhythm']): Promise<void> => {
    const who = { personId: enterprise!.personIds[0]!, organisationId: enterprise!.id };
    const actor = { ...who, role: 'enterprise' as const, requestId: 'test' };
    return db.database.transaction(actor, (tx) => bench.wishes.keep(tx, who, { rhythm, quiet: null }));
  };

  const heldForTwoTenders = async (): Promise<{ world: World; other: World }> => {
    const world = await publishedTender(db);
    await wish(world.enterprises[0]!, DAILY);
    const other = await alsoOffered(world);
    await bench.plan(world.publishedEventId);
    await bench.plan(other.publishedEventId);
    await bench.deliverDue();
    return { world, other };
  };

  it('wait for the morning, while the news in the application does not', async () => {
    const { world } = await heldForTwoTenders();
    expect(await offers()).toEqual([
      { state: 'held', reason: null, at: MORNING },
      { state: 'held', reason: null, at: MORNING },
    ]);
    const news = await bench.query(
      `SELECT 1 FROM notifications.notification WHERE channel = 'in-app' AND state = 'delivered' AND recipient_id = $1`,
      [world.enterprises[0]!.personIds[0]],
    );
    expect(news).toHaveLength(2);
    bench.now = new Date(MORNING.getTime() - 1);
    expect(await bench.collect()).toBe(0);
  });

  it('are one mail with each of them, why it fits and a stop in one click, and end as it does', async () => {
    const { world, other } = await heldForTwoTenders();
    bench.now = MORNING;
    expect(await bench.collect()).toBe(1);
    expect((await offers()).map(({ state }) => state)).toEqual(['held', 'held']);
    await bench.deliverDue();
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail!.subject).toContain('2 travaux pour vous');
    for (const { packageIds } of [world, other])
      expect(mail!.body).toContain(`/enterprise/opportunities/${packageIds[0]}/answer?kind=full`);
    const places = [other, world].map(({ packageIds }) => mail!.body.indexOf(packageIds[0]!));
    expect(places[0]).toBeLessThan(places[1]!);
    expect(mail!.body.match(/Pourquoi vous/g)).toHaveLength(2);
    expect(mail!.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect((await offers()).map(({ state }) => state)).toEqual(['handed', 'handed']);
  });

  it('are ten at most in full: what closes before the next mail is among them, and its deadline is the one told', async () => {
    const world = await publishedTender(db, { packages: 12 });
    await wish(world.enterprises[0]!, DAILY);
    const soon = await alsoOffered(world, 1, 0.1);
    await bench.query(`UPDATE tenders.tender SET deadline = '2026-11-26T11:00:00Z' WHERE id = $1`, [
      soon.tenderId,
    ]);
    await bench.plan(world.publishedEventId);
    await bench.plan(soon.publishedEventId);
    bench.now = MORNING;
    await bench.collect();
    await bench.deliverDue();
    const [mail] = await mails();
    expect(mail!.subject).toBe(
      '13 travaux pour vous\u00a0: le premier à répondre avant le 26 novembre 2026 à 12:00',
    );
    expect(mail!.body.match(/Pourquoi vous/g)).toHaveLength(10);
    expect(mail!.body).toContain(`/enterprise/opportunities/${soon.packageIds[0]}/answer`);
    expect(mail!.body).toContain('3 autres travaux');
  });

  it('leave once, whoever collects and however often, and whoever dies at it', async () => {
    const { world } = await heldForTwoTenders();
    bench.now = MORNING;
    const organisationId = world.enterprises[0]!.id;
    const died = db.database.transaction(SYSTEM, async (tx) => {
      await bench.digests.collect(tx, organisationId);
      throw new Error('killed');
    });
    await expect(died).rejects.toThrow('killed');
    const both = await Promise.all(
      [1, 2, 3].map(() => db.database.transaction(SYSTEM, (tx) => bench.digests.collect(tx, organisationId))),
    );
    expect(both.toSorted()).toEqual([0, 0, 1]);
    const [first] = (await bench.claim()).filter(({ template }) => template === 'offers-digest');
    // Its worker died with it before anything left: another takes it up.
    await bench.endLeases();
    await bench.sweep();
    await bench.deliverDue();
    await bench.deliver(first!);
    expect(await mails()).toHaveLength(1);
    expect(await bench.collect()).toBe(0);
  });

  const replayAll = async (state: string): Promise<number> => {
    const ended = await bench.query<{ id: string }>(
      `SELECT id FROM notifications.notification WHERE state = $1 AND channel = 'mail'`,
      [state],
    );
    const ids = ended.map(({ id }) => id);
    return db.database.transaction(SYSTEM, (tx) => replay(tx, ids, { evenHanded: false, now: bench.now }));
  };

  it('are one mail again when everything that failed is sent again', async () => {
    const { world, other } = await heldForTwoTenders();
    bench.now = MORNING;
    await bench.collect();
    await bench.query(
      `UPDATE notifications.notification SET state = 'failed', reason = 'given-up', finished_at = $1
        WHERE template = 'offers-digest' OR digest_id IS NOT NULL`,
      [MORNING],
    );
    expect(await replayAll('failed')).toBe(1);
    await bench.deliverDue();
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    for (const { packageIds } of [world, other]) expect(mail!.body).toContain(packageIds[0]);
    expect((await offers()).map(({ state }) => state)).toEqual(['handed', 'handed']);
  });

  it.each([
    [
      'cancelled',
      `UPDATE accounts.person SET disabled_at = $2 WHERE id = $1`,
      `UPDATE accounts.person SET disabled_at = NULL WHERE id = $1`,
    ],
    [
      'suppressed',
      `INSERT INTO notifications.stopped_list (organisation_id, person_id, list, stopped_at) SELECT organisation_id, id, 'offers', $2 FROM accounts.person WHERE id = $1`,
      `DELETE FROM notifications.stopped_list WHERE person_id = $1`,
    ],
  ])('that were %s with their mail leave with it when it is sent again', async (ended, before, after) => {
    const { world } = await heldForTwoTenders();
    const personId = world.enterprises[0]!.personIds[0];
    bench.now = MORNING;
    await bench.collect();
    await bench.query(before, [personId, NOW]);
    await bench.deliverDue();
    expect((await offers()).map(({ state }) => state)).toEqual([ended, ended]);
    await bench.query(after, [personId]);
    expect(await replayAll(ended)).toBe(1);
    await bench.deliverDue();
    expect(await mails()).toHaveLength(1);
    expect((await offers()).map(({ state }) => state)).toEqual(['handed', 'handed']);
  });

  describe('that waited when a backup was made', () => {
    const released = async (at: Date): Promise<void> => {
      await db.database.transaction(SYSTEM, (tx) => quarantineAll(tx, NOW));
      bench.now = at;
      await db.database.transaction(SYSTEM, (tx) => release(tx, null, at));
      await bench.deliverDue();
      expect(await mails()).toEqual([]);
    };

    it.each([
      ['before their morning', NOW],
      ['after it', new Date('2026-11-25T09:00:00Z')],
    ])('are one mail still when they are released %s', async (_when, at) => {
      const { world, other } = await heldForTwoTenders();
      await released(at);
      expect(await bench.collect()).toBe(at < MORNING ? 0 : 1);
      if (at < MORNING) bench.now = MORNING;
      await bench.collect();
      await bench.deliverDue();
      const [mail, ...more] = await mails();
      expect(more).toEqual([]);
      for (const { packageIds } of [world, other]) expect(mail!.body).toContain(packageIds[0]);
    });

    it('or are planned from what was there before, wait as they would have', async () => {
      const world = await publishedTender(db);
      await wish(world.enterprises[0]!, DAILY);
      await db.database.transaction(SYSTEM, (tx) => quarantineAll(tx, NOW));
      await bench.plan(world.publishedEventId);
      expect(await offers()).toMatchObject([{ state: 'quarantined' }]);
      await db.database.transaction(SYSTEM, (tx) => release(tx, null, NOW));
      expect(await offers()).toEqual([{ state: 'held', reason: null, at: MORNING }]);
    });

    it('take none of the mails their reader wants in a week while they are kept back', async () => {
      const { world } = await heldForTwoTenders();
      await db.database.transaction(SYSTEM, (tx) => keepWeeklyMailsWish(tx, world.enterprises[0]!.id, 1));
      await db.database.transaction(SYSTEM, (tx) => quarantineAll(tx, NOW));
      const [one] = await bench.query<{ id: string }>(
        `SELECT id FROM notifications.notification WHERE state = 'quarantined' LIMIT 1`,
      );
      await db.database.transaction(SYSTEM, (tx) => release(tx, [one!.id], NOW));
      bench.now = MORNING;
      expect(await bench.collect()).toBe(1);
    });

    it('wait on where the week of their reader is full', async () => {
      const { world } = await heldForTwoTenders();
      await db.database.transaction(SYSTEM, (tx) => keepWeeklyMailsWish(tx, world.enterprises[0]!.id, 0));
      await released(new Date('2026-11-25T09:00:00Z'));
      expect(await bench.collect()).toBe(0);
      expect((await offers()).map(({ state }) => state)).toEqual(['held', 'held']);
    });
  });

  it('say nothing of what was answered, closed or no longer fits when they leave', async () => {
    const world = await publishedTender(db, { packages: 3 });
    const enterprise = world.enterprises[0]!;
    await wish(enterprise, DAILY);
    const late = await alsoOffered(world);
    for (const { publishedEventId } of [world, late]) await bench.plan(publishedEventId);
    bench.now = MORNING;
    await bench.collect();
    const [answered, unfit, stands] = world.packageIds;
    await bench.query(
      `INSERT INTO answers.answer (id, organisation_id, contractor_organisation_id, tender_id, package_id, enterprise_id, kind,
         package_version, answered_by, recorded)
       VALUES ($1, $2, $3, $4, $5, $2, 'full', 1, $6, tstzrange($7, NULL))`,
      [
        newId(NOW),
        enterprise.id,
        world.contractor.id,
        world.tenderId,
        answered,
        enterprise.personIds[0],
        NOW,
      ],
    );
    await bench.query(
      `UPDATE matching.match SET recorded = tstzrange(lower(recorded), $2::timestamptz), closed_reason = 'no-longer-fits' WHERE package_id = $1`,
      [unfit, MORNING],
    );
    await bench.query(`UPDATE tenders.tender SET deadline = $2 WHERE id = $1`, [late.tenderId, MORNING]);
    await bench.deliverDue();
    const [mail] = (await mails()).filter(({ recipient }) => recipient.startsWith(enterprise.personIds[0]!));
    expect(mail!.body).toContain(stands);
    for (const gone of [answered, unfit, late.packageIds[0]]) expect(mail!.body).not.toContain(gone);
    expect((await offers()).map(({ state, reason }) => [state, reason]).toSorted()).toEqual([
      ['cancelled', 'nothing-to-offer'],
      ['handed', null],
    ]);
  });

  it('are no mail when nothing of them stands', async () => {
    const { world, other } = await heldForTwoTenders();
    bench.now = MORNING;
    await bench.collect();
    await bench.query(`UPDATE tenders.tender SET deadline = $2 WHERE id = ANY($1)`, [
      [world.tenderId, other.tenderId],
      NOW,
    ]);
    await bench.deliverDue();
    expect(await mails()).toEqual([]);
    expect(new Set((await offers()).map(({ state }) => state))).toEqual(new Set(['cancelled']));
  });

  const withdrawn = async (world: World): Promise<unknown[]> => {
    await bench.query(
      `UPDATE tenders.tender SET status = 'withdrawn', withdrawn_at = $1, withdrawal_reason = 'budget' WHERE id = $2`,
      [NOW, world.tenderId],
    );
    const eventId = await db.database.transaction(SYSTEM, (tx) =>
      emit(tx, {
        type: 'tender.withdrawn',
        organisationId: world.contractor.id,
        subjectId: world.tenderId,
        payload: {},
        at: NOW,
      }),
    );
    await bench.plan(eventId);
    return bench.query(
      `SELECT channel, state, reason FROM notifications.notification WHERE event_id = $1 ORDER BY channel`,
      [eventId],
    );
  };
  const NOT_WRITTEN = [
    { channel: 'in-app', state: 'pending', reason: null },
    { channel: 'mail', state: 'suppressed', reason: 'not-mailed' },
  ];

  it('of a tender that is withdrawn before the morning are never written about, its withdrawal neither', async () => {
    const { world } = await heldForTwoTenders();
    expect(await withdrawn(world)).toEqual(NOT_WRITTEN);
    bench.now = MORNING;
    await bench.collect();
    await bench.deliverDue();
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail!.subject).toContain('Un travail pour vous');
  });

  it('of a tender that is withdrawn when their mail was formed, before it left, neither', async () => {
    const { world } = await heldForTwoTenders();
    bench.now = MORNING;
    await bench.collect();
    expect(await withdrawn(world)).toEqual(NOT_WRITTEN);
    await bench.deliverDue();
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail!.subject).toContain('Un travail pour vous');
  });

  it('of a tender that is withdrawn when their mail is leaving: the withdrawal is written, too', async () => {
    const { world } = await heldForTwoTenders();
    bench.now = MORNING;
    await bench.collect();
    await bench.claim();
    expect(await withdrawn(world)).toEqual([
      { channel: 'in-app', state: 'pending', reason: null },
      { channel: 'mail', state: 'pending', reason: null },
    ]);
  });

  it('do not go to who stopped them meanwhile, nor to whom the enterprise did not choose', async () => {
    const world = await publishedTender(db, { peopleEach: 3 });
    const [enterprise] = world.enterprises;
    const [stopped, left, hears] = enterprise!.personIds;
    for (const person of [0, 1, 2]) await wish(enterprise!, DAILY, person);
    await bench.plan(world.publishedEventId);
    await db.database.transaction(SYSTEM, async (tx) => {
      await stopList(tx, stopped!, 'offers', NOW);
      await chooseColleagues(tx, enterprise!.id, {
        shown: enterprise!.personIds,
        chosen: [stopped!, hears!],
      });
    });
    bench.now = MORNING;
    await bench.collect();
    await bench.deliverDue();
    const digests = await bench.query<{ person: string; state: string; reason: string | null }>(
      `SELECT recipient_id AS person, state, reason FROM notifications.notification WHERE template = 'offers-digest'`,
    );
    const byPerson = new Map(digests.map(({ person, ...rest }) => [person, rest]));
    expect(byPerson.get(stopped!)).toEqual({ state: 'suppressed', reason: 'stopped' });
    expect(byPerson.get(left!)).toEqual({ state: 'suppressed', reason: 'not-chosen' });
    expect(byPerson.get(hears!)).toEqual({ state: 'handed', reason: null });
    expect((await offers()).map(({ state }) => state).toSorted()).toEqual([
      'handed',
      'suppressed',
      'suppressed',
    ]);
    const later = await alsoOffered(world);
    await bench.plan(later.publishedEventId);
    const planned = await bench.query(
      `SELECT reason FROM notifications.notification WHERE event_id = $1 AND recipient_id = $2 AND channel = 'mail'`,
      [later.publishedEventId, left],
    );
    expect(planned).toEqual([{ reason: 'not-chosen' }]);
  });

  describe('to whom an enterprise of several people wants them', () => {
    let world: World;
    let people: readonly string[];
    beforeEach(async () => {
      world = await publishedTender(db, { peopleEach: 3 });
      people = world.enterprises[0]!.personIds;
    });
    const choose = (chosen: readonly string[], shown = people): Promise<void> =>
      db.database.transaction(SYSTEM, (tx) =>
        chooseColleagues(tx, world.enterprises[0]!.id, { shown, chosen }),
      );
    const why = async (eventId: string): Promise<(string | null)[]> => {
      await bench.plan(eventId);
      const planned = await bench.query<{ person: string; reason: string | null }>(
        `SELECT recipient_id AS person, reason FROM notifications.notification WHERE event_id = $1 AND channel = 'mail'`,
        [eventId],
      );
      return people.map((id) => planned.find(({ person }) => person === id)!.reason);
    };

    it('are left away only from those who stood in the form', async () => {
      await choose([people[0]!], people.slice(0, 2));
      expect(await why(world.publishedEventId)).toEqual([null, 'not-chosen', null]);
    });

    it('go to all while nobody who was chosen works there', async () => {
      await choose([people[0]!]);
      await bench.query(`UPDATE accounts.person SET disabled_at = $2 WHERE id = $1`, [people[0], NOW]);
      await bench.plan(world.publishedEventId);
      await bench.deliverDue();
      expect((await offers()).map(({ state }) => state)).toEqual(['handed', 'handed']);
      await bench.query(`UPDATE accounts.person SET disabled_at = NULL WHERE id = $1`, [people[0]]);
      const later = await alsoOffered(world);
      expect(await why(later.publishedEventId)).toEqual([null, 'not-chosen', 'not-chosen']);
    });

    it('are not what must be confirmed again: who answered hears of it', async () => {
      const [answered, , hears] = people;
      await choose([hears!]);
      await bench.query(
        `INSERT INTO answers.answer (id, organisation_id, contractor_organisation_id, tender_id, package_id, enterprise_id, kind,
           package_version, answered_by, recorded)
         VALUES ($1, $2, $3, $4, $5, $2, 'full', 1, $6, tstzrange($7, NULL))`,
        [
          newId(NOW),
          world.enterprises[0]!.id,
          world.contractor.id,
          world.tenderId,
          world.packageIds[0],
          answered,
          NOW,
        ],
      );
      const amended = (reconfirmBy: string): Promise<string> =>
        db.database.transaction(SYSTEM, (tx) =>
          emit(tx, {
            type: 'tender.amended',
            organisationId: world.contractor.id,
            subjectId: world.tenderId,
            payload: { changed: world.packageIds, reconfirmBy },
            at: NOW,
          }),
        );
      expect(await why(await amended('2026-12-01'))).toEqual([null, 'not-chosen', null]);
      await bench.deliverDue();
      const told = await bench.query<{ person: string }>(
        `SELECT recipient_id AS person FROM notifications.notification
          WHERE template = 'tender-amended' AND channel = 'mail' AND state = 'handed'`,
      );
      expect(told.map(({ person }) => person).toSorted()).toEqual([answered, hears].toSorted());
      expect(await why(await amended(''))).toEqual(['not-chosen', 'not-chosen', null]);
    });
  });

  it('wait for another morning where the week is full, or stay on the list where that is too late', async () => {
    const { world, other } = await heldForTwoTenders();
    const earlier = await alsoOffered(world);
    await bench.query(
      `INSERT INTO notifications.notification (id, organisation_id, recipient_id, event_id, event_organisation_id, channel, template,
         params, tender_id, language, state, next_attempt_at, message_id, request_id, created_at, finished_at)
       VALUES ($1, $2, $3, $4, $5, 'mail', 'tender-published', '{}', $6, 'fr', 'handed', $7, 'earlier', 'test', $7, $7)`,
      [
        newId(NOW),
        world.enterprises[0]!.id,
        world.enterprises[0]!.personIds[0],
        earlier.publishedEventId,
        earlier.contractor.id,
        earlier.tenderId,
        NOW,
      ],
    );
    await db.database.transaction(SYSTEM, (tx) => keepWeeklyMailsWish(tx, world.enterprises[0]!.id, 1));
    await bench.query(`UPDATE tenders.tender SET deadline = '2026-11-26T12:00:00Z' WHERE id = $1`, [
      other.tenderId,
    ]);
    bench.now = MORNING;
    expect(await bench.collect()).toBe(0);
    const next = new Date('2026-11-26T06:30:00Z');
    expect((await offers()).filter(({ state }) => state !== 'handed')).toEqual([
      { state: 'held', reason: null, at: next },
      { state: 'suppressed', reason: 'week-full', at: MORNING },
    ]);
    // A week after the mail that filled it.
    bench.now = new Date(NOW.getTime() + 7 * 86_400_000);
    expect(await bench.collect()).toBe(1);
  });

  it('close before the next morning: they leave at once', async () => {
    const world = await publishedTender(db);
    await wish(world.enterprises[0]!, { rhythm: 'weekly', quiet: null });
    await bench.query(`UPDATE tenders.tender SET deadline = '2026-11-30T20:00:00Z' WHERE id = $1`, [
      world.tenderId,
    ]);
    await bench.plan(world.publishedEventId);
    await bench.deliverDue();
    expect(await mails()).toHaveLength(1);
  });

  it('follow a change of mind: what waits leaves by the new wish', async () => {
    const { world } = await heldForTwoTenders();
    await keep(world, 'weekly');
    expect((await offers())[0]!.at).toEqual(new Date('2026-11-30T06:30:00Z'));
    await keep(world, 'at-once');
    expect(await bench.collect()).toBe(1);
  });

  it('do not follow it past the time to answer: what closes before the new moment leaves now', async () => {
    const { world, other } = await heldForTwoTenders();
    await bench.query(`UPDATE tenders.tender SET deadline = '2026-11-28T11:00:00Z' WHERE id = $1`, [
      other.tenderId,
    ]);
    await keep(world, 'weekly');
    expect(await offers()).toEqual([
      { state: 'held', reason: null, at: new Date('2026-11-30T06:30:00Z') },
      { state: 'held', reason: null, at: NOW },
    ]);
    expect(await bench.collect()).toBe(1);
    await bench.deliverDue();
    const [mail] = await mails();
    expect(mail!.body).toContain(other.packageIds[0]);
    expect(mail!.body).not.toContain(world.packageIds[0]);
  });
});

describe('quiet hours', () => {
  let db: TestDatabase;
  let bench: Bench;
  beforeEach(async () => {
    db = await cloneDatabase();
    bench = new Bench(db);
  });
  afterEach(() => db.drop());

  const NIGHT = new Date('2026-11-24T22:15:00Z');
  const NIGHTLY: MailWish = { rhythm: 'at-once', quiet: { from: '22:00', until: '06:45' } };
  const publishedAtNight = async (): Promise<World> => {
    const world = await publishedTender(db);
    const enterprise = world.enterprises[0]!;
    await db.database.transaction(SYSTEM, (tx) =>
      keepMailWish(tx, { personId: enterprise.personIds[0]!, organisationId: enterprise.id }, NIGHTLY),
    );
    bench.now = NIGHT;
    return world;
  };
  const ofEnterprise = (world: World): Promise<{ channel: string; state: string; at: Date }[]> =>
    bench.query(
      `SELECT channel, state, next_attempt_at AS at FROM notifications.notification WHERE organisation_id = $1 ORDER BY channel`,
      [world.enterprises[0]!.id],
    );

  it('hold mails back until they end, and nothing else', async () => {
    const world = await publishedAtNight();
    await bench.plan(world.publishedEventId);
    await bench.deliverDue();
    const morning = new Date('2026-11-25T05:45:00Z');
    expect(await ofEnterprise(world)).toEqual([
      { channel: 'in-app', state: 'delivered', at: NIGHT },
      { channel: 'mail', state: 'pending', at: morning },
    ]);
    bench.now = morning;
    await bench.deliverDue();
    expect((await ofEnterprise(world))[1]!.state).toBe('handed');
  });

  it('do not hold back what must be answered before they end', async () => {
    const world = await publishedAtNight();
    await bench.query(`UPDATE tenders.tender SET deadline = '2026-11-25T05:00:00Z' WHERE id = $1`, [
      world.tenderId,
    ]);
    await bench.plan(world.publishedEventId);
    await bench.deliverDue();
    expect((await ofEnterprise(world))[1]!.state).toBe('handed');
  });

  it.each(['2026-11-24T20:00:00Z', '2026-11-25T05:00:00Z'])(
    'hold back what is no offer, though its tender closes at %s',
    async (deadline) => {
      const world = await publishedAtNight();
      await bench.query(`UPDATE tenders.tender SET deadline = $2 WHERE id = $1`, [world.tenderId, deadline]);
      const enterprise = world.enterprises[0]!;
      const answerId = newId(NIGHT);
      await bench.query(
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
          NIGHT,
        ],
      );
      const eventId = await db.database.transaction(SYSTEM, (tx) =>
        emit(tx, {
          type: 'answer.given',
          organisationId: enterprise.id,
          subjectId: answerId,
          payload: {},
          at: NIGHT,
        }),
      );
      await bench.plan(eventId);
      await bench.deliverDue();
      expect(await ofEnterprise(world)).toEqual([
        { channel: 'in-app', state: 'delivered', at: NIGHT },
        { channel: 'mail', state: 'pending', at: new Date('2026-11-25T05:45:00Z') },
      ]);
    },
  );
});

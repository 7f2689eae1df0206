import pg from 'pg';
import { DigestLoop } from '../../../src/notifications/digest-loop.js';
import { keepMailWish } from '../../../src/notifications/mail-wish.repository.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { eventually } from '../../eventually.js';
import { Bench } from './bench.js';
import { publishedTender, type World } from './world.js';

describe('the worker that collects offers', () => {
  let db: TestDatabase;
  let bench: Bench;
  let world: World;
  let loop: DigestLoop;
  const warnings: string[] = [];
  beforeEach(async () => {
    db = await cloneDatabase();
    bench = new Bench(db);
    world = await publishedTender(db, { enterprises: 2 });
    await db.database.transaction(SYSTEM, async (tx) => {
      for (const { id, personIds } of world.enterprises)
        await keepMailWish(
          tx,
          { personId: personIds[0]!, organisationId: id },
          { rhythm: 'daily', quiet: null },
        );
    });
    await bench.plan(world.publishedEventId);
    bench.now = new Date('2026-11-25T06:30:00Z');
    warnings.length = 0;
    loop = new DigestLoop(db.database, bench.clock, bench.digests, (message) => warnings.push(message));
  });
  afterEach(async () => {
    await loop.stop();
    await db.drop();
  });

  const asOwner = async (sql: string): Promise<void> => {
    const owner = new pg.Client({ connectionString: db.url, options: '-c maillon.role=system' });
    await owner.connect();
    await owner.query(sql);
    await owner.end();
  };
  const digestsOf = (enterprise: number): Promise<{ state: string }[]> =>
    bench.query(
      `SELECT state FROM notifications.notification WHERE template = 'offers-digest' AND organisation_id = $1`,
      [world.enterprises[enterprise]!.id],
    );
  const collected = (enterprise: number): Promise<{ state: string }[]> =>
    eventually(async () => {
      const found = await digestsOf(enterprise);
      return found.length > 0 ? found : null;
    });

  it('collects for every organisation, once', async () => {
    loop.start();
    expect(await collected(0)).toHaveLength(1);
    expect(await collected(1)).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  it('goes on to the next organisation when it fails for one, says so once and does not turn without pause', async () => {
    const [broken] = world.enterprises;
    await asOwner(`
      CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$;
      CREATE TRIGGER fail BEFORE INSERT ON notifications.notification FOR EACH ROW
        WHEN (NEW.organisation_id = '${broken!.id}') EXECUTE FUNCTION public.fail()`);
    loop.start();
    expect(await collected(1)).toHaveLength(1);
    await loop.stop();
    expect(await digestsOf(0)).toEqual([]);
    expect(warnings).toEqual([`offers that wait were not collected for organisation ${broken!.id}`]);
  });

  it('takes what waits longest first', async () => {
    const ids = world.enterprises.map(({ id }) => id);
    for (const order of [ids, ids.toReversed()]) {
      await bench.query(
        `UPDATE notifications.notification SET next_attempt_at = $3::timestamptz - array_position($1::uuid[], organisation_id) * $2::interval
          WHERE organisation_id = ANY($1) AND state = 'held'`,
        [order.toReversed(), '1 hour', bench.now],
      );
      const due = await db.database.transaction(SYSTEM, (tx) => bench.digests.due(tx, bench.now));
      expect(due).toEqual(order);
    }
  });

  it('ends what waits for nobody any more', async () => {
    const [personId] = world.enterprises[0]!.personIds;
    await asOwner(
      `UPDATE notifications.notification SET recipient_id = gen_random_uuid() WHERE recipient_id = '${personId}'`,
    );
    loop.start();
    await collected(0);
    await bench.deliverDue();
    const waiting = await bench.query(
      `SELECT state FROM notifications.notification WHERE organisation_id = $1 AND channel = 'mail'`,
      [world.enterprises[0]!.id],
    );
    expect(waiting).toEqual([{ state: 'cancelled' }, { state: 'cancelled' }]);
  });
});

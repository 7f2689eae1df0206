import { keepMailWish } from '../../src/notifications/mail-wish.repository.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../database.js';
import { eventually } from '../eventually.js';
import { Bench } from '../integration/notifications/bench.js';
import { publishedTender } from '../integration/notifications/world.js';
import { WorkerProcess } from './fleet.js';

describe('a worker killed while it collects offers that wait', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await cloneDatabase();
  });
  afterAll(() => db.drop());

  it('leaves them to others, who write one mail to each person', async () => {
    const bench = new Bench(db);
    const { tenderId, publishedEventId, enterprises } = await publishedTender(db, {
      enterprises: 3,
      packages: 2,
    });
    await db.database.transaction(SYSTEM, async (tx) => {
      for (const { id, personIds } of enterprises)
        await keepMailWish(
          tx,
          { personId: personIds[0]!, organisationId: id },
          { rhythm: 'daily', quiet: null },
        );
    });
    await bench.plan(publishedEventId);
    // The workers live by the clock on the wall.
    await bench.query(`UPDATE tenders.tender SET deadline = now() + interval '20 days' WHERE id = $1`, [
      tenderId,
    ]);
    await bench.query(
      `UPDATE notifications.notification SET next_attempt_at = now() - interval '1 minute' WHERE state = 'held'`,
    );

    const environment = { databaseUrl: db.url, smtpUrl: null };
    // Its mail is recorded, and what waited is not tied to it yet.
    const killed = new WorkerProcess(environment, ['plan.midway=crash#1']);
    expect(await killed.ended).toBe('SIGKILL');
    expect(killed.failed).toHaveLength(1);

    const heirs = [1, 2].map(() => new WorkerProcess(environment, []));
    await eventually(async () => {
      const waiting = await bench.query(
        `SELECT FROM notifications.notification WHERE organisation_id = ANY($1) AND channel = 'mail' AND state <> 'handed'`,
        [enterprises.map(({ id }) => id)],
      );
      return waiting.length === 0 ? true : null;
    });
    for (const heir of heirs) await heir.stop();
    const mails = await bench.query<{ organisation: string }>(
      `SELECT organisation_id AS organisation FROM platform.outbox_mail WHERE organisation_id = ANY($1)`,
      [enterprises.map(({ id }) => id)],
    );
    expect(mails.map(({ organisation }) => organisation).toSorted()).toEqual(
      enterprises.map(({ id }) => id).toSorted(),
    );
  });
});

import { rows } from '../../../src/platform/db/index.js';
import { ClaimLost, Jobs } from '../../../src/platform/queue/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(condition: () => boolean | Promise<boolean>, ms = 50_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error('waited in vain');
    await wait(25);
  }
}

describe('jobs', () => {
  let db: TestDatabase;
  let jobs: Jobs;
  let warnings: string[];
  const newJobs = (works: boolean): Jobs =>
    new Jobs(db.database, {
      databaseUrl: db.url,
      works,
      warn: (message, cause) => warnings.push(`${message}: ${String(cause)}`),
    });
  const waiting = (name: string): Promise<{ state: string; data: unknown }[]> =>
    db.database.transaction(SYSTEM, (tx) =>
      rows(tx, `SELECT state, data FROM queue.job WHERE name = $1 ORDER BY created_on`, [name]),
    );

  beforeEach(async () => {
    warnings = [];
    db = await cloneDatabase();
    jobs = newJobs(true);
  });
  afterEach(async () => {
    await jobs.stop();
    await db.drop();
  });

  it('exist when and only when their transaction commits', async () => {
    const lost = db.database.transaction(SYSTEM, async (tx) => {
      await jobs.add(tx, 'step', { tender: 1 });
      throw new Error('undone');
    });
    await expect(lost).rejects.toThrow('undone');
    await db.database.transaction(SYSTEM, (tx) => jobs.add(tx, 'step', { tender: 2 }));
    expect(await waiting('step')).toEqual([
      { state: 'created', data: { requestId: 'test', payload: { tender: 2 } } },
    ]);
  });

  it('with the same key are one job, also after it was done', async () => {
    const seen: unknown[] = [];
    jobs.work('step', async (_tx, payload) => void seen.push(payload));
    const add = (): Promise<void> =>
      db.database.transaction(SYSTEM, (tx) => jobs.add(tx, 'step', { n: 1 }, { key: 'tender-1/v1' }));
    await add();
    await add();
    await jobs.start();
    await until(async () => (await waiting('step'))[0]?.state === 'completed');
    await add();
    await wait(800);
    expect(seen).toEqual([{ n: 1 }]);
  });

  it('commit their effect together with their completion, in the name of the request that asked', async () => {
    jobs.work<{ after: string }>('first', async (tx) => {
      await jobs.add(tx, 'second', {});
    });
    const requests: unknown[] = [];
    jobs.work('second', async (tx) => {
      requests.push(await rows(tx, `SELECT current_setting('maillon.request_id') AS id`));
    });
    await jobs.start();
    await db.database.transaction({ ...SYSTEM, requestId: 'req-7' }, (tx) => jobs.add(tx, 'first', {}));
    await until(() => requests.length === 1);
    expect(requests).toEqual([[{ id: 'req-7' }]]);
  });

  it('are tried again after a failure, and what the failed try wrote is undone', async () => {
    let tries = 0;
    jobs.work('step', async (tx) => {
      tries += 1;
      await jobs.add(tx, 'effect', { tries });
      if (tries === 1) throw new Error('the first try fails');
    });
    await jobs.start();
    await db.database.transaction(SYSTEM, (tx) => jobs.add(tx, 'step', {}));
    await until(async () => (await waiting('step'))[0]?.state === 'completed');
    expect((await waiting('effect')).map((job) => job.data)).toEqual([
      { requestId: 'test', payload: { tries: 2 } },
    ]);
    expect(warnings).toEqual([expect.stringContaining('the first try fails')]);
  });

  it('leave nothing behind when the claim passed to another worker in the meantime', async () => {
    jobs.work('step', async (tx) => {
      await jobs.add(tx, 'effect', {});
      await db.database.transaction(SYSTEM, (other) =>
        rows(other, `UPDATE queue.job SET retry_count = retry_count + 1 WHERE name = 'step'`),
      );
    });
    await jobs.start();
    await db.database.transaction(SYSTEM, (tx) => jobs.add(tx, 'step', {}));
    await until(() => warnings.length > 0);
    expect(warnings[0]).toContain(ClaimLost.name);
    expect(await waiting('effect')).toEqual([]);
  });

  it('done in several transactions end with the one that stores the result', async () => {
    jobs.workLong('read', async (job) => {
      await wait(20);
      await db.database.transaction(SYSTEM, async (tx) => {
        await jobs.add(tx, 'effect', job.payload);
        await job.finish(tx);
      });
    });
    await jobs.start();
    await db.database.transaction(SYSTEM, (tx) => jobs.add(tx, 'read', { file: 'a' }));
    await until(async () => (await waiting('read'))[0]?.state === 'completed');
    expect(await waiting('effect')).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  it('are added by a process that does none of them', async () => {
    const web = newJobs(false);
    await db.database.transaction(SYSTEM, (tx) => web.add(tx, 'step', {}));
    await web.stop();
    expect(await waiting('step')).toHaveLength(1);
  });

  it('running when the worker stops are let to end', async () => {
    let ended = false;
    const { promise: told, resolve: tell } = Promise.withResolvers<void>();
    jobs.work('slow', async () => {
      await told;
      await wait(300);
      ended = true;
    });
    await jobs.start();
    await db.database.transaction(SYSTEM, (tx) => jobs.add(tx, 'slow', {}));
    await until(async () => (await waiting('slow'))[0]?.state === 'active');
    tell();
    await jobs.stop();
    expect(ended).toBe(true);
    expect((await waiting('slow'))[0]?.state).toBe('completed');
  });
});

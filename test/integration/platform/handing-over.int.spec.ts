import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { inBatches, rows, type Tx } from '../../../src/platform/db/index.js';
import { writtenFirst } from '../../../src/platform/http/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';

const upTo = (last: number) => (tx: Tx) =>
  inBatches<{ n: number; role: string }>(
    tx,
    `SELECT n, current_setting('maillon.role') AS role FROM generate_series(1, $1::int) AS g (n)`,
    [last],
  );

describe('rows handed over while they are read', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await cloneDatabase();
  });
  afterAll(() => db.drop());

  /** Connections on which a transaction is open. */
  const open = async (): Promise<number> => {
    const owner = new Client({ connectionString: db.url });
    await owner.connect();
    const { rowCount } = await owner.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    await owner.end();
    return rowCount ?? 0;
  };

  it.each([0, 1, 1000, 2001])('come all of them, once and in order: %i', async (last) => {
    const found: number[] = [];
    for await (const batch of db.database.handingOver(SYSTEM, upTo(last))) {
      expect(batch.length).toBeLessThanOrEqual(1000);
      found.push(...batch.map(({ n }) => n));
    }
    expect(found).toEqual(Array.from({ length: last }, (_, i) => i + 1));
  });

  it('come in the name of who asks, and can change nothing', async () => {
    for await (const [row] of db.database.handingOver(SYSTEM, upTo(1))) expect(row?.role).toBe('system');
    const changing = db.database.handingOver(SYSTEM, async function* (tx) {
      yield await rows(tx, 'CREATE TABLE kept (n int)');
    });
    await expect(changing.next()).rejects.toThrow('read-only transaction');
  });

  it('leave no connection behind when whoever takes them stops, or the question fails', async () => {
    for await (const _ of db.database.handingOver(SYSTEM, upTo(5000))) {
      expect(await open()).toBe(1);
      break;
    }
    expect(await open()).toBe(0);
    const failing = db.database.handingOver(SYSTEM, (tx) =>
      inBatches(tx, 'SELECT 1 / (2 - n) FROM generate_series(1, 3) n'),
    );
    await expect(failing.next()).rejects.toThrow('division by zero');
    expect(await open()).toBe(0);
  });

  it('keep no connection while a client that reads slowly takes what was written first', async () => {
    const numbers = async function* (last: number): AsyncGenerator<string> {
      for await (const batch of db.database.handingOver(SYSTEM, upTo(last)))
        for (const { n } of batch) yield `${n}\n`;
    };
    const answers = await Promise.all(Array.from({ length: 3 }, () => writtenFirst(numbers(5000))));
    expect(await open()).toBe(0);
    const expected = Array.from({ length: 5000 }, (_, i) => `${i + 1}\n`).join('');
    for (const answer of answers) expect(await text(answer)).toBe(expected);
    const failing = async function* (): AsyncGenerator<string> {
      yield* numbers(1000);
      throw new Error('broken');
    };
    await expect(writtenFirst(failing())).rejects.toThrow('broken');
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('maillon-answer-'))).toEqual([]);
  });
});

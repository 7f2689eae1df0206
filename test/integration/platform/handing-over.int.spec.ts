import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { inBatches, rows, type Tx } from '../../../src/platform/db/index.js';
import { writtenAhead } from '../../../src/platform/http/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { eventually } from '../../eventually.js';

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

  const numbers = async function* (last: number): AsyncGenerator<string> {
    for await (const batch of db.database.handingOver(SYSTEM, upTo(last)))
      for (const { n } of batch) yield `${n}\n`;
  };
  const closed = (): Promise<true> => eventually(async () => (await open()) === 0 || null);
  const files = async (): Promise<string[]> =>
    (await readdir(tmpdir())).filter((name) => name.startsWith('maillon-answer-'));

  it('keep no connection while a client that reads slowly takes what was written ahead', async () => {
    const answers = await Promise.all(Array.from({ length: 3 }, () => writtenAhead(numbers(5000))));
    await closed();
    const expected = Array.from({ length: 5000 }, (_, i) => `${i + 1}\n`).join('');
    for (const answer of answers) expect(await text(answer)).toBe(expected);
    expect(await files()).toEqual([]);
  });

  it('are given before the last of them is read, and an answer that nobody takes ends its question', async () => {
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    let taken = 0;
    const waiting = async function* (): AsyncGenerator<string> {
      yield* numbers(1000);
      await left;
      for await (const number of numbers(5000)) {
        taken += 1;
        yield number;
      }
    };
    const answer = await writtenAhead(waiting());
    try {
      await once(answer, 'readable');
      expect(`${answer.read()}`).toMatch(/^1\n/);
    } finally {
      answer.destroy();
      leave();
    }
    await closed();
    expect(taken).toBeLessThan(5000);
  });

  it('fail as a whole before the first of them, and are broken off after it', async () => {
    const failing = async function* (first: number): AsyncGenerator<string> {
      yield* numbers(first);
      throw new Error('broken');
    };
    await expect(writtenAhead(failing(0))).rejects.toThrow('broken');
    await expect(text(await writtenAhead(failing(1000)))).rejects.toThrow('broken');
    expect(await open()).toBe(0);
    expect(await files()).toEqual([]);
  });
});

import { copied, rows, type Tx } from '../../../src/platform/db/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';

const NUMBERS = 'SELECT n FROM generate_series(1, 3) AS n';

describe('rows in the binary form of the server', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await cloneDatabase();
  });
  afterAll(() => db.drop());
  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transaction(SYSTEM, work);

  it('come one after the other, without what stands before the first and after the last', async () => {
    const found: number[] = [];
    await inSystem(async (tx) => {
      await copied(tx, NUMBERS, (row) => found.push(row.readInt32BE(6)));
      await copied(tx, 'SELECT 1 WHERE false', () => found.push(0));
    });
    expect(found).toEqual([1, 2, 3]);
  });

  it('say what went wrong, there and here, and leave the connection usable', async () => {
    await expect(inSystem((tx) => copied(tx, 'SELECT 1 / 0', () => undefined))).rejects.toThrow(
      'division by zero',
    );
    await inSystem(async (tx) => {
      const taken = copied(tx, NUMBERS, () => {
        throw new Error('no room');
      });
      await expect(taken).rejects.toThrow('no room');
      expect(await rows(tx, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
  });
});

import { matchesOfTender, type AfterMatch, type TenderMatch } from '../../../src/matching/index.js';
import { rows, type Tx } from '../../../src/platform/db/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { publishedTender, type World } from '../notifications/world.js';

describe('the verdicts on a tender, page by page', () => {
  let db: TestDatabase;
  let world: World;
  beforeAll(async () => {
    db = await cloneDatabase();
    world = await publishedTender(db, { enterprises: 5, packages: 2 });
  });
  afterAll(() => db.drop());
  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transaction(SYSTEM, work);
  const page = (after: AfterMatch | null, size: number): ReturnType<typeof matchesOfTender> =>
    inSystem((tx) => matchesOfTender(tx, world.tenderId, { after, size }));
  const nameOf = ({ packageId, enterpriseId }: AfterMatch): string => `${packageId} ${enterpriseId}`;

  it('are each on one page, whatever place they take meanwhile', async () => {
    const seen: TenderMatch[] = [];
    let after: AfterMatch | null = null;
    do {
      const { items, next } = await page(after, 3);
      expect(items.length).toBeLessThanOrEqual(3);
      seen.push(...items);
      after = next;
      // Everybody changes places.
      await inSystem((tx) => rows(tx, 'UPDATE matching.match SET rank = 1000 - rank'));
    } while (after);
    const all = world.packageIds.flatMap((packageId) =>
      world.enterprises.map(({ id: enterpriseId }) => nameOf({ packageId, enterpriseId })),
    );
    expect(seen.map(nameOf).toSorted()).toEqual(all.toSorted());
  });

  it('say that there is no more when the last of them ends a page', async () => {
    const { items, next } = await page(null, 10);
    expect([items.length, next]).toEqual([10, null]);
  });

  it('come best first within a package', async () => {
    await inSystem((tx) =>
      rows(
        tx,
        `UPDATE matching.match m SET rank = r.rank FROM (
           SELECT id, row_number() OVER (PARTITION BY package_id ORDER BY enterprise_id DESC) AS rank FROM matching.match) r
         WHERE r.id = m.id`,
      ),
    );
    const { items } = await page(null, 10);
    expect(items.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
  });
});

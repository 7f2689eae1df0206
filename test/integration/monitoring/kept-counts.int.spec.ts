import { countedOnce } from '../../../src/monitoring/kept-counts.js';
import { keepStages } from '../../../src/monitoring/index.js';
import { PACKAGE_COLUMNS } from '../../../src/monitoring/stages.query.js';
import type { Staged } from '../../../src/monitoring/staged.query.js';
import { rows, type Tx } from '../../../src/platform/db/index.js';
import { newId } from '../../../src/platform/ids.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { aPublishedTender } from '../../factories/published-tender.factory.js';

const staged = (isAllKept: boolean, from = '2026-01-01'): Staged => ({
  isAllKept,
  isPast: false,
  packages: '',
  kinds: '',
  params: [from, '2027-01-01', null, []],
});

describe('counts of the figures', () => {
  let db: TestDatabase;
  let counted = 0;
  beforeEach(async () => {
    db = await cloneDatabase();
    const deadline = new Date('2026-07-10T10:00:00Z');
    await inSystem(async (tx) => {
      await aPublishedTender(tx, {
        organisationId: newId(deadline),
        deadline,
        packages: ['Peintures', 'Cloisons'],
      });
      await keepStages(tx, 100);
    });
    counted = 0;
  });
  afterEach(() => db.drop());

  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transaction(SYSTEM, work);
  const ask = (asked: Staged): Promise<number> =>
    inSystem((tx) => countedOnce(tx, asked, () => Promise.resolve((counted += 1))));

  it('are counted once while the kept rows are the very same, for each period', async () => {
    expect([await ask(staged(true)), await ask(staged(true))]).toEqual([1, 1]);
    expect(await ask(staged(true, '2026-06-01'))).toBe(2);
    expect(await ask(staged(true))).toBe(1);
  });

  it('are counted anew when a row was written again, and when one is gone', async () => {
    await ask(staged(true));
    await inSystem(async (tx) => {
      await rows(tx, 'CREATE TEMP TABLE held ON COMMIT DROP AS SELECT * FROM monitoring.package_stage');
      await rows(tx, 'DELETE FROM monitoring.package_stage');
      await rows(
        tx,
        `INSERT INTO monitoring.package_stage (${PACKAGE_COLUMNS}) SELECT ${PACKAGE_COLUMNS} FROM held`,
      );
    });
    expect(await ask(staged(true))).toBe(2);
    await inSystem((tx) =>
      rows(
        tx,
        'DELETE FROM monitoring.package_stage WHERE package_id = (SELECT min(package_id::text)::uuid FROM monitoring.package_stage)',
      ),
    );
    expect(await ask(staged(true))).toBe(3);
  });

  it('are counted anew each time while a package is marked', async () => {
    expect([await ask(staged(false)), await ask(staged(false))]).toEqual([1, 2]);
  });

  it('are not remembered of what was rolled back, nor for who sees no rows', async () => {
    await ask(staged(true));
    await inSystem(async (tx) => {
      await rows(tx, 'DELETE FROM monitoring.package_stage');
      throw new Error('rolled back');
    }).catch(() => undefined);
    expect(await ask(staged(true))).toBe(1);
    const contractor = { ...SYSTEM, role: 'contractor' as const };
    const seen = await db.database.transaction(contractor, (tx) =>
      countedOnce(tx, staged(true), () => Promise.resolve((counted += 1))),
    );
    expect(seen).toBe(2);
  });
});

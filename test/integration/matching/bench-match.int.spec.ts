import { benchMatch } from '../../../src/matching/index.js';
import { benchEnterprise, benchPackage } from '../../../src/matching/bench-world.js';
import { SystemClock } from '../../../src/platform/clock.js';
import { cloneDatabase, type TestDatabase } from '../../database.js';

describe('the matching bench', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await cloneDatabase();
  });
  afterAll(() => db.drop());

  it('generates the same world from the same seed', () => {
    expect(benchEnterprise(1, 5)).toEqual(benchEnterprise(1, 5));
    expect(benchEnterprise(1, 5)).not.toEqual(benchEnterprise(2, 5));
    expect(benchPackage(1, 5)).toEqual(benchPackage(1, 5));
  });

  it('measures a small register', async () => {
    const [enterprises, packages] = [300, 50];
    const notes: string[] = [];
    const note = (text: string): void => {
      notes.push(text);
    };
    const report = await benchMatch({ enterprises, packages, seed: 1 }, db.database, {
      clock: new SystemClock(),
      note,
      thread: new URL('../../../dist/src/matching/bench-thread.js', import.meta.url),
    });
    expect(report.load.rows).toBeGreaterThan(enterprises);
    expect(report.newPackageSql.p50).toBeGreaterThan(0);
    expect(report.newPackageInMemory?.p50).toBeGreaterThan(0);
    expect(report.allPackages.packages).toBe(packages);
    expect(report.allPackages.inTwoThreadsSeconds).toBeGreaterThan(0);
    expect(report.allPackages.sqlSeconds).toBeGreaterThan(0);
    expect(report.tender.matches).toBeGreaterThan(0);
    expect(report.newPackageSql.p99).toBeGreaterThanOrEqual(report.newPackageSql.p50);
  }, 240_000);
});

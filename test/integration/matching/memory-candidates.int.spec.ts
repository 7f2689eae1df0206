import { SystemClock } from '../../../src/platform/clock.js';
import { rows, type Tx } from '../../../src/platform/db/index.js';
import { loadGeography } from '../../../src/registry/index.js';
import { rulesFromFiles } from '../../../src/legal-basis/index.js';
import { benchEnterprise, benchPackage } from '../../../src/matching/bench-world.js';
import {
  lawOfPackage,
  legalView,
  probeOf,
  questionOf,
  type PostingIndex,
  type Probe,
} from '../../../src/matching/domain/index.js';
import { candidateParams, findCandidates } from '../../../src/matching/find-candidates.query.js';
import {
  findSpreadCandidates,
  spreadCandidatesSql,
} from '../../../src/matching/find-candidates-spread.query.js';
import { loadInThread } from '../../../src/matching/load-in-thread.js';
import { MemoryCandidates } from '../../../src/matching/memory-candidates.js';
import { replacePostings } from '../../../src/matching/posting.repository.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';

const ON = '2026-11-24';
const geography = loadGeography();
const view = legalView(rulesFromFiles());
const probes: readonly Probe[] = Array.from({ length: 60 }, (_, i) => {
  const asked = benchPackage(7, i);
  return probeOf(questionOf(asked, lawOfPackage(view, null, asked.instrument, ON), geography, ON));
});

describe('candidates looked up in memory', () => {
  let db: TestDatabase;
  let source: MemoryCandidates;
  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transaction(SYSTEM, work);
  /** Both answers to every probe, ten of each. */
  const answers = (by: (tx: Tx, probe: Probe, limit: number) => Promise<unknown[]>): Promise<unknown[]> =>
    inSystem(async (tx) => {
      const found: unknown[] = [];
      for (const probe of probes) found.push(await by(tx, probe, 10));
      return found;
    });
  const inMemory = (): Promise<unknown[]> => answers((tx, probe, limit) => source.find(tx, probe, limit));
  const inSql = (): Promise<unknown[]> => answers(findCandidates);

  beforeAll(async () => {
    db = await cloneDatabase();
    await inSystem((tx) =>
      replacePostings(
        tx,
        [],
        Array.from({ length: 600 }, (_, i) => benchEnterprise(7, i)),
        geography,
      ),
    );
    const whole = (): Promise<PostingIndex> => loadInThread({ url: db.url, statementTimeoutMs: 20_000 });
    source = new MemoryCandidates(db.database, new SystemClock(), 1, whole);
    await source.load();
  });
  afterAll(() => db.drop());

  it('are those that PostgreSQL finds, in the same order, of the same bound', async () => {
    const found = await inMemory();
    expect(found).toEqual(await inSql());
    expect(found.flat().length).toBeGreaterThan(100);
  });

  it('are the same when one statement asks each range of trades by itself, as where postings are spread', async () => {
    expect(await answers(findSpreadCandidates)).toEqual(await inSql());
    const ranges = (probe: Probe): number => probe.nodes.length;
    const widest = probes.toSorted((a, b) => ranges(b) - ranges(a))[0]!;
    const plan = await inSystem(async (tx) => {
      await rows(tx, 'SET LOCAL enable_seqscan = off');
      const text = `EXPLAIN ${spreadCandidatesSql(widest.weights, ranges(widest))}`;
      return rows<{ 'QUERY PLAN': string }>(tx, text, [...candidateParams(widest, 50)]);
    });
    const conditions = plan.map((row) => row['QUERY PLAN']).filter((line) => line.includes('Index Cond'));
    expect(conditions).toHaveLength(ranges(widest));
    for (const line of conditions)
      expect(line).toMatch(/\(zone = ANY .*\) AND \(node >= \d+\) AND \(node <= \d+\)/);
  });

  it('take up what others have changed since', async () => {
    const moved = { ...benchEnterprise(7, 3), location: benchEnterprise(7, 9).location };
    const gone = benchEnterprise(7, 4);
    await inSystem((tx) =>
      replacePostings(tx, [moved.id, gone.id], [moved, { ...gone, active: false }], geography),
    );
    await inSystem((tx) => replacePostings(tx, [], [benchEnterprise(7, 601)], geography));
    expect(await inMemory()).toEqual(await inSql());
  });

  it('take up a change that commits after one that began later', async () => {
    let first: Promise<unknown> = Promise.resolve();
    const opened = new Promise<() => void>((ready) => {
      first = inSystem(async (tx) => {
        const changed = benchEnterprise(7, 20);
        await replacePostings(tx, [changed.id], [{ ...changed, active: false }], geography);
        await new Promise<void>((commit) => ready(commit));
      });
    });
    const commit = await opened;
    const second = benchEnterprise(7, 21);
    await inSystem((tx) => replacePostings(tx, [second.id], [{ ...second, active: false }], geography));
    expect(await inMemory()).toEqual(await inSql());
    commit();
    await first;
    expect(await inMemory()).toEqual(await inSql());
  });

  it('are asked of PostgreSQL by who has changed some, and nothing stays of what is rolled back', async () => {
    await expect(
      inSystem(async (tx) => {
        await rows(tx, 'SELECT 1');
        const ids = Array.from({ length: 300 }, (_, i) => benchEnterprise(7, i).id);
        await replacePostings(tx, ids, [], geography);
        for (const probe of probes)
          expect(await source.find(tx, probe, 10)).toEqual(await findCandidates(tx, probe, 10));
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await inMemory()).toEqual(await inSql());
  });
});

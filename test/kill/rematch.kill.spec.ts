import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { LegalBasisService } from '../../src/legal-basis/index.js';
import { DecideService, MatchingService, type MatchingOutcome } from '../../src/matching/index.js';
import { openPackages } from '../../src/pipeline/open-packages.js';
import { writeDemandOf } from '../../src/pipeline/open-demand.js';
import { SystemClock } from '../../src/platform/clock.js';
import { rows, type Tx } from '../../src/platform/db/index.js';
import { emit } from '../../src/platform/events/index.js';
import { newId } from '../../src/platform/ids.js';
import { RegistryService, type Enterprise } from '../../src/registry/index.js';
import { tenderById } from '../../src/tenders/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../database.js';
import { anActivity, anEnterprise } from '../factories/enterprise.factory.js';
import { aPublishedTender } from '../factories/published-tender.factory.js';
import { WorkerProcess } from './fleet.js';
import { AT_MOST_MS } from './run-campaign.js';

const PAVING = '45233200';
const PAINTING = '45442100';
const ENTERPRISES = 12;
const ROUNDS = 3;
const TENDERS = 3;
const WORKERS = 4;
const PATIENCE_MS = 240_000;

const clock = new SystemClock();
const registry = new RegistryService(clock);
const matching = new MatchingService(clock, new DecideService(clock, registry, new LegalBasisService()));

/** Every enterprise ends with a trade that its number fixes, whatever it had in between. */
const profileOf = (i: number, round: number): Enterprise =>
  anEnterprise({
    name: `Atelier ${i}`,
    activities: [anActivity({ trades: [(i + round) % 2 === 0 ? PAVING : PAINTING] })],
  });

describe('four workers, one database, and a burst of changes', () => {
  let db: TestDatabase;
  let owner: Client;
  const contractor = randomUUID();
  const tenderIds: string[] = [];
  let workers: WorkerProcess[];

  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transaction(SYSTEM, work);

  async function publish(): Promise<string> {
    return inSystem(async (tx) => {
      const deadline = new Date(clock.now().getTime() + 20 * 86_400_000);
      const { tenderId, packageIds } = await aPublishedTender(tx, {
        organisationId: contractor,
        deadline,
        packages: ['Pavage', 'Peinture'],
      });
      await rows(
        tx,
        `UPDATE tenders.tender SET clause = '{"instrument": "VOLUNTARY", "answer": {}}', buyer = '{"answers": {}}' WHERE id = $1`,
        [tenderId],
      );
      await rows(tx, `UPDATE tenders.work_package SET sites = '{nis:62096}' WHERE tender_id = $1`, [
        tenderId,
      ]);
      for (const [i, id] of packageIds.entries())
        await rows(
          tx,
          `INSERT INTO tagging.tag (id, organisation_id, package_id, kind, value, confidence, accepted, evidence, origin, state,
                                    recorded_at)
           VALUES ($1, $2, $3, 'trade', $4, 1, true, '[]', 'document', 'confirmed', now())`,
          [newId(clock.now()), contractor, id, i === 0 ? PAVING : PAINTING],
        );
      await writeDemandOf(tx, tenderId);
      return tenderId;
    });
  }

  const jobs = async (): Promise<{ done: number; open: number; failed: number }> => {
    const { rows: found } = await owner.query<{ done: number; open: number; failed: number }>(
      `SELECT count(*) FILTER (WHERE state = 'completed')::int AS done,
              count(*) FILTER (WHERE state IN ('created', 'retry', 'active'))::int AS open,
              count(*) FILTER (WHERE state NOT IN ('completed', 'created', 'retry', 'active'))::int AS failed
       FROM queue.job WHERE name LIKE 'rematch.%'`,
    );
    return found[0]!;
  };
  const unrelayed = async (): Promise<number> => {
    const { rows: found } = await owner.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM platform.event WHERE relayed_at IS NULL AND type <> 'match.new'`,
    );
    return found[0]!.count;
  };
  const until = async (isSo: () => Promise<boolean>): Promise<boolean> => {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(100))
      if (await isSo()) return true;
    return false;
  };

  beforeAll(async () => {
    db = await cloneDatabase();
    owner = new Client({ connectionString: db.url, options: '-c maillon.role=system' });
    await owner.connect();
    for (let i = 0; i < TENDERS; i += 1) tenderIds.push(await publish());
    const environment = { databaseUrl: db.url, smtpUrl: null };
    workers = Array.from(
      { length: WORKERS },
      () => new WorkerProcess(environment, [], 'matching-worker.mjs'),
    );
    await Promise.all(workers.map(({ ready }) => ready));
  }, AT_MOST_MS);
  afterAll(async () => {
    for (const worker of workers) worker.signal('SIGKILL');
    await owner.end();
    await db.drop();
  });

  it(
    'lose no re-match and do none twice, one of them killed in the middle',
    async () => {
      const ids: string[] = [];
      for (let i = 0; i < ENTERPRISES; i += 1)
        ids.push(
          await inSystem((tx) =>
            registry.register(tx, SYSTEM, profileOf(i, 0), { organisationId: randomUUID() }),
          ),
        );
      for (let round = 1; round <= ROUNDS; round += 1) {
        for (const [i, id] of ids.entries())
          await inSystem((tx) => registry.changeProfile(tx, SYSTEM, id, profileOf(i, round), clock.today()));
        for (const subjectId of tenderIds)
          await inSystem((tx) =>
            emit(tx, {
              type: 'tender.amended',
              organisationId: contractor,
              subjectId,
              payload: {},
              at: clock.now(),
            }),
          );
      }
      expect(await until(async () => (await jobs()).done >= 5)).toBe(true);
      workers[0]!.signal('SIGKILL');
      const isQuiet = async (): Promise<boolean> => (await unrelayed()) === 0 && (await jobs()).open === 0;
      expect(await until(isQuiet)).toBe(true);

      // One job for each change, done once: the engine keeps a row for each that was ever added.
      expect(await jobs()).toEqual({
        done: ENTERPRISES * (ROUNDS + 1) + TENDERS * ROUNDS,
        open: 0,
        failed: 0,
      });
      // What stands is what one process alone decides now.
      const outcomes: MatchingOutcome[] = [];
      for (const id of tenderIds)
        outcomes.push(
          await inSystem(async (tx) => {
            const tender = await tenderById(tx, id);
            return matching.matchPackages(tx, {
              packages: await openPackages(tx, tender!),
              on: clock.today(),
            });
          }),
        );
      const fits = ({ verdict }: { verdict: string }): boolean => verdict !== 'near-miss';
      expect(outcomes.flatMap(({ added }) => added.filter(fits))).toEqual([]);
      expect(outcomes.flatMap(({ withdrawn }) => withdrawn.filter(fits))).toEqual([]);
      expect(outcomes.flatMap(({ changed }) => changed.filter(({ after }) => fits(after)))).toEqual([]);
      const [standing] = await inSystem((tx) =>
        rows<{ fits: number }>(
          tx,
          `SELECT count(*)::int AS fits FROM matching.match WHERE upper_inf(recorded) AND verdict <> 'near-miss'`,
        ),
      );
      expect(standing!.fits).toBe(ENTERPRISES * TENDERS);
    },
    AT_MOST_MS,
  );
});

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Client } from 'pg';
import { LegalBasisService } from '../../../src/legal-basis/index.js';
import { benchEnterprise, benchPackage } from '../../../src/matching/bench-world.js';
import {
  announceWeights,
  DecideService,
  keepProjected,
  MatchingService,
  OffersService,
  type OpenPackage,
} from '../../../src/matching/index.js';
import { ReplayService } from '../../../src/matching/replay.service.js';
import { keepMerits } from '../../../src/matching/standings.repository.js';
import { Clock } from '../../../src/platform/clock.js';
import { rows, type Tx } from '../../../src/platform/db/index.js';
import { RegistryService, type Enterprise } from '../../../src/registry/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { anApproval } from '../../factories/enterprise.factory.js';

class Ticking extends Clock {
  /** After the law of the database was entered. */
  private at = Date.now() + 3_600_000;
  now(): Date {
    return new Date(this.at);
  }
  tick(): void {
    this.at += 60_000;
  }
}

const ON = '2026-11-24';
const CONTRACTOR = '018f0000-0000-7000-8000-0000000000aa';
const RECORD = { ended: 0, done: 0, invited: 0, answered: 0, invitedOn: [] };
const ENTERPRISES = 12;
const PACKAGES = 2;

describe('what was decided on a random register', () => {
  let db: TestDatabase;
  const clock = new Ticking();
  const registry = new RegistryService(clock);
  const law = new LegalBasisService();
  const decisions = new DecideService(clock, registry, law);
  const matching = new MatchingService(clock, decisions);
  const replays = new ReplayService(registry, decisions);
  const inSystem = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    clock.tick();
    return db.database.transaction(SYSTEM, work);
  };
  beforeAll(async () => {
    db = await cloneDatabase();
    await inSystem((tx) => law.load(tx, clock.now()));
  });
  afterAll(() => db.drop());

  /** Asks for a trade of an enterprise of the register, where that one is; another one's in the next version. */
  const open = (seed: number, i: number, version: number): OpenPackage => {
    const asked = benchPackage(seed, i);
    const { activities, location } = benchEnterprise(seed, i + version);
    const sites = [`geo:${location.lat},${location.lon}`];
    const work = {
      ...asked,
      hours: 200,
      trades: activities[0]!.trades.slice(0, 1),
      place: { ...asked.place, sites },
    };
    return {
      package: work,
      tenderId: CONTRACTOR,
      organisationId: CONTRACTOR,
      version,
      facts: { date: ON, buyer: 'private', region: 'WAL', nature: 'works' },
    };
  };
  const match = async (seed: number, version: number): Promise<void> => {
    const packages = Array.from({ length: PACKAGES }, (_, i) => open(seed, i, version));
    await inSystem((tx) => matching.matchPackages(tx, { packages, on: ON }));
  };
  /** Another life for each: a profile of somebody else, an approval, a merit and work taken on. */
  const change = async (ids: readonly string[], seed: number, round: number): Promise<void> => {
    await inSystem(async (tx) => {
      for (const [i, id] of ids.entries()) {
        const { id: _, approvals: __, ...other } = benchEnterprise(seed, i + 100 * round);
        const active = (i + round) % 5 !== 0;
        if (i % 2 === round % 2) await registry.changeProfile(tx, SYSTEM, id, { ...other, active }, ON);
        if (i % 3 === 0)
          await registry.recordApproval(tx, id, anApproval({ kind: other.kind, validFrom: ON }));
      }
      const engagements = [
        { packageId: randomUUID(), start: ON, end: '2027-12-31', hours: 900 * round, contractor: CONTRACTOR },
        { packageId: randomUUID(), start: null, end: null, hours: 100, contractor: CONTRACTOR },
      ];
      await keepMerits(
        tx,
        ids.map((enterpriseId, i) => ({
          enterpriseId,
          merit: ((i + round) % 10) / 10,
          engagements,
          record: RECORD,
        })),
        ON,
      );
    });
    await inSystem((tx) => new OffersService(clock, registry).refresh(tx, ids, ON));
  };
  const replayAll = (): Promise<{ id: string; verdict: string; differences: readonly string[] }[]> =>
    inSystem(async (tx) => {
      const stored = await rows<{ id: string; verdict: string }>(
        tx,
        'SELECT id, verdict FROM matching.match ORDER BY id',
      );
      const found = [];
      for (const one of stored)
        found.push({ ...one, differences: (await replays.replay(tx, one.id))!.differences });
      return found;
    });
  const alter = async (sql: string): Promise<string[]> => {
    const owner = new Client({ connectionString: db.url, options: '-c maillon.role=system' });
    await owner.connect();
    const { rows: altered } = await owner.query<{ id: string }>(`${sql} RETURNING id`);
    await owner.end();
    return altered.map(({ id }) => id);
  };

  it('is decided again identically after the register, the merits and the packages have changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000_000 }), async (seed) => {
        const enterprises: Enterprise[] = Array.from({ length: ENTERPRISES }, (_, i) =>
          benchEnterprise(seed, i),
        );
        const ids: string[] = [];
        await inSystem(async (tx) => {
          for (const one of enterprises)
            ids.push(await registry.register(tx, SYSTEM, one, { organisationId: randomUUID() }));
        });
        await inSystem((tx) => new OffersService(clock, registry).refresh(tx, ids, ON));
        await match(seed, 1);
        await change(ids, seed, 1);
        await match(seed, 2);
        await change(ids, seed, 2);
        const all = await replayAll();
        expect(all.length).toBeGreaterThan(0);
        expect(all.filter(({ differences }) => differences.length > 0)).toEqual([]);
      }),
      // In these two worlds somebody nearly fits.
      { numRuns: 3, examples: [[3], [4]] },
    );
  });

  it('is seen to differ where something of it was altered', async () => {
    const [first] = await replayAll();
    await alter(`UPDATE matching.match SET score = score / 2 WHERE id = '${first!.id}'`);
    expect((await replayAll()).filter(({ differences }) => differences.length > 0)).toEqual([
      { ...first!, differences: ['score'] },
    ]);
    await alter(`UPDATE matching.match SET score = score * 2 WHERE id = '${first!.id}'`);
  });

  it('is announced to be decided again, once, when the weights are of another version than those it stands by', async () => {
    const told = (): Promise<{ payload: object }[]> =>
      inSystem((tx) =>
        rows(tx, `SELECT payload FROM platform.event WHERE type = 'rules.changed' AND payload ? 'weights'`),
      );
    await inSystem((tx) => keepProjected(tx, 'weights', 4, clock.now()));
    expect(await inSystem((tx) => announceWeights(tx, clock.now()))).toBe(true);
    expect(await inSystem((tx) => announceWeights(tx, clock.now()))).toBe(false);
    expect(await told()).toEqual([{ payload: { weights: 5 } }]);
  });

  it('is said to be of a method that is not kept where a near miss is older than the count of methods', async () => {
    const ids = await alter(
      `UPDATE matching.match SET changes = '[]', rules_version = replace(rules_version, ' 2026-5', ' 2026-3')
       WHERE verdict = 'near-miss'`,
    );
    const found = await inSystem(async (tx) => {
      const all = [];
      for (const id of ids) all.push((await replays.replay(tx, id))!);
      return all;
    });
    expect(found.map(({ method, today }) => [method, today])).toEqual(ids.map(() => [1, 3]));
    const uncounted = found.filter(({ isOfUncountedMethod }) => isOfUncountedMethod);
    expect(uncounted.length).toBeGreaterThan(0);
    for (const { differences, match: stored } of uncounted)
      expect([differences, stored.changes]).toEqual([['changes'], []]);
    const [fit] = await alter(
      `UPDATE matching.match SET distance_km = 4711 WHERE id = (SELECT id FROM matching.match WHERE verdict = 'match' LIMIT 1)`,
    );
    await inSystem(async (tx) => {
      expect(await replays.replay(tx, fit!)).toMatchObject({ method: 3, isOfUncountedMethod: false });
    });
  });
});

import { enterpriseFacts } from '../../../src/matching/index.js';
import { benchEnterprise } from '../../../src/matching/bench-world.js';
import { insertEnterprises } from '../../../src/matching/bench-load.repository.js';
import { rows } from '../../../src/platform/db/index.js';
import { enterprisesAsOf, legalTraits, type Enterprise } from '../../../src/registry/index.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';

const NOW = new Date();
const TODAY = NOW.toISOString().slice(0, 10);

/** Approvals have a table of their own; a profile does not hold them. */
function withoutApprovals(enterprise: Enterprise): Enterprise {
  const { approvals, ...profile } = enterprise;
  expect(approvals).toBeDefined();
  return profile as Enterprise;
}

describe('what the law reads of the register', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await cloneDatabase();
    await db.database.transaction(SYSTEM, async (tx) => {
      await insertEnterprises(
        tx,
        Array.from({ length: 300 }, (_, i) => withoutApprovals(benchEnterprise(1, i))),
        new Date(NOW.getTime() - 60_000),
      );
      // Two kinds of approval, in three states, on some of them; one is known no more.
      await rows(
        tx,
        `INSERT INTO registry.approval (id, enterprise_id, organisation_id, kind, authority, state, valid, recorded)
         SELECT gen_random_uuid(), e.id, e.organisation_id, k.kind, '', (ARRAY['verified', 'pending', 'withdrawn'])[1 + e.n % 3],
                daterange('2026-01-01', CASE WHEN e.n % 2 = 0 THEN '2027-01-01'::date END),
                tstzrange(now() - interval '1 hour', CASE WHEN e.n = 7 THEN now() - interval '1 minute' END)
         FROM (SELECT id, organisation_id, row_number() OVER (ORDER BY id)::int AS n FROM registry.enterprise) e
         CROSS JOIN (VALUES ('WAL_EI'), ('WAL_IDESS')) AS k (kind) WHERE e.n % 4 = 3`,
      );
    });
  });
  afterAll(() => db.drop());

  it('is that of each enterprise, and each is there once', async () => {
    await db.database.transaction(SYSTEM, async (tx) => {
      const alike = await legalTraits(tx, TODAY, NOW);
      const one = await enterprisesAsOf(tx, null, TODAY, NOW);
      const found = new Map(
        alike.flatMap(({ traits, enterpriseIds }) =>
          enterpriseIds.map((id) => [id, enterpriseFacts(traits)]),
        ),
      );
      expect(alike.flatMap(({ enterpriseIds }) => enterpriseIds)).toHaveLength(300);
      expect(found).toEqual(
        new Map(one.map(({ enterprise }) => [enterprise.id, enterpriseFacts(enterprise)])),
      );
      expect(new Set(alike.map(({ traits }) => JSON.stringify(traits))).size).toBe(alike.length);
      expect(alike.length).toBeLessThan(100);
    });
  });
});

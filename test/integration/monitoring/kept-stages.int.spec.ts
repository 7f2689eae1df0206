import fc from 'fast-check';
import {
  keepStages,
  losses,
  markAll,
  markKindChanged,
  uptake,
  type Loss,
  type UptakePeriod,
} from '../../../src/monitoring/index.js';
import { maybeRow, rows, type Tx } from '../../../src/platform/db/index.js';
import { newId } from '../../../src/platform/ids.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { anAnswer, aPublishedTender } from '../../factories/published-tender.factory.js';
import { countedAnew, lineOf, lossesAnew } from './counted-anew.js';

const START = new Date('2026-06-10T10:00:00Z');
const HOURS = 3_600_000;
const KINDS = ['WAL_EI', 'WAL_ETA', 'FED_SC_ES'];
const PERIODS: readonly UptakePeriod[] = [null, '2026-06-11', '2026-06-13', '2026-06-20'].map((known) => ({
  from: '2026-01-01',
  until: '2027-01-01',
  known,
}));

/** What happens next: to which package, by which enterprise, how. Numbers choose among what there is. */
interface Act {
  readonly what: keyof typeof ACTS;
  readonly at: number;
  readonly who: number;
  readonly how: number;
}
interface World {
  readonly contractor: string;
  readonly tenders: readonly { readonly tenderId: string; readonly packageIds: readonly string[] }[];
  readonly enterprises: readonly string[];
}
interface Scene {
  readonly tx: Tx;
  readonly world: World;
  readonly tenderId: string;
  readonly packageId: string;
  readonly enterprise: string;
  readonly how: number;
  readonly now: Date;
}
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

/** Whatever a stage may follow from, by hand. */
const ACTS = {
  tag: ({ tx, world, packageId, how, now }: Scene) =>
    rows(
      tx,
      `INSERT INTO tagging.tag (id, organisation_id, package_id, kind, value, confidence, accepted, evidence, origin, state, decided_by, recorded_at)
       SELECT $1, $2, $3, $4, $5, 0.9, $6, '[]', 'machine', $7, $8, $9
       WHERE $4 <> 'placeable' OR NOT EXISTS (SELECT FROM tagging.tag WHERE package_id = $3 AND kind = 'placeable' AND state <> 'rejected')
       ON CONFLICT DO NOTHING`,
      [
        newId(now),
        world.contractor,
        packageId,
        ...pick(
          [
            ['placeable', 'yes'],
            ['placeable', 'no'],
            ['trade', '45442100'],
            ['trade', '77310000'],
          ] as const,
          how,
        ),
        how % 3 > 0,
        ...(how % 2 ? ['confirmed', world.contractor] : ['proposed', null]),
        now,
      ],
    ),
  changeTags: ({ tx, world, packageId, how }: Scene) =>
    rows(
      tx,
      pick(
        [
          `UPDATE tagging.tag SET state = 'rejected', decided_by = $2 WHERE package_id = $1 AND kind = 'placeable'`,
          `UPDATE tagging.tag SET state = 'confirmed', decided_by = $2 WHERE package_id = $1 AND state = 'proposed'`,
          `DELETE FROM tagging.tag WHERE package_id = $1 AND $2::uuid IS NOT NULL`,
        ],
        how,
      ),
      [packageId, world.contractor],
    ),
  match: async ({ tx, world, tenderId, packageId, enterprise, how, now }: Scene) => {
    await end(tx, 'matching.match', packageId, enterprise, now);
    await rows(
      tx,
      `INSERT INTO matching.match (id, organisation_id, enterprise_organisation_id, tender_id, package_id, enterprise_id, verdict,
         score, rank, criteria, basis, decided_on, package_version, enterprise_version_id, law_known_at, rules_version, recorded)
       VALUES ($1, $2, $3, $4, $5, $3, $7, 0.9, 1, '[]', 'X', '2026-06-10', 1, $3, $6, 'x', tstzrange($6, NULL))`,
      [
        newId(now),
        world.contractor,
        enterprise,
        tenderId,
        packageId,
        now,
        pick(['match', 'partial', 'near-miss'], how),
      ],
    );
  },
  plan: ({ tx, world, tenderId, packageId, enterprise, how, now }: Scene) =>
    rows(
      tx,
      `INSERT INTO notifications.notification (id, organisation_id, recipient_id, event_id, event_organisation_id, channel, template,
         params, tender_id, package_ids, language, state, next_attempt_at, message_id, request_id, created_at)
       VALUES ($1::uuid, $2, $1::uuid, $1::uuid, $3, 'mail', $7, '{}', $4, ARRAY[$5::uuid], 'fr', 'pending', $6, $1::uuid::text, 'r', $6)`,
      [
        newId(now),
        enterprise,
        world.contractor,
        tenderId,
        packageId,
        now,
        pick(['tender-published', 'match-new', 'tender-amended'], how),
      ],
    ),
  hand: ({ tx, packageId, how, now }: Scene) =>
    rows(
      tx,
      `UPDATE notifications.notification SET state = $2, finished_at = $3 WHERE package_ids = ARRAY[$1::uuid] AND state <> 'failed'`,
      [packageId, pick(['handed', 'delivered', 'failed'], how), now],
    ),
  answer: async ({ tx, world, tenderId, packageId, enterprise, how, now }: Scene) => {
    await end(tx, 'answers.answer', packageId, enterprise, now);
    const kind = pick(['full', 'no', 'part', 'team'] as const, how);
    if (how % 5 > 0)
      await anAnswer(tx, {
        tenderId,
        packageId,
        organisationId: enterprise,
        contractorId: world.contractor,
        kind,
        at: now,
      });
  },
  decide: async ({ tx, packageId, how, now }: Scene) => {
    const answer = await maybeRow<{ id: string }>(
      tx,
      `SELECT id FROM answers.answer WHERE package_id = $1 AND upper_inf(recorded) ORDER BY id OFFSET $2 LIMIT 1`,
      [packageId, how % 2],
    );
    if (!answer) return;
    const state = pick(['retained', 'declined', 'awarded', 'awarded'], how);
    await rows(
      tx,
      `WITH ended AS (UPDATE answers.decision SET recorded = tstzrange(lower(recorded), $2)
         WHERE answer_id = $1 AND upper_inf(recorded) RETURNING 1)
       INSERT INTO answers.decision (id, organisation_id, enterprise_organisation_id, tender_id, package_id, answer_id, state, whole,
                                     reason, confirm_by, recorded)
       SELECT $3, contractor_organisation_id, organisation_id, tender_id, package_id, id, $4, false, $5, $6, tstzrange($2, NULL)
       FROM answers.answer, (SELECT count(*) FROM ended) e WHERE id = $1`,
      [
        answer.id,
        now,
        newId(now),
        state,
        state === 'declined' ? pick(['price', 'other'], how) : null,
        state === 'awarded' ? new Date(now.getTime() + (how % 50) * HOURS) : null,
      ],
    );
  },
  conclude: async ({ tx, packageId, how, now }: Scene) => {
    const awarded = await rows<{ id: string }>(
      tx,
      `UPDATE answers.decision SET recorded = tstzrange(lower(recorded), $2)
       WHERE package_id = $1 AND upper_inf(recorded) AND state = 'awarded' RETURNING id`,
      [packageId, now],
    );
    await rows(
      tx,
      `INSERT INTO answers.decision (id, organisation_id, enterprise_organisation_id, tender_id, package_id, answer_id, state, whole, recorded)
       SELECT gen_random_uuid(), organisation_id, enterprise_organisation_id, tender_id, package_id, answer_id, $3, whole, tstzrange($2, NULL)
       FROM answers.decision WHERE id = ANY ($1)`,
      [awarded.map(({ id }) => id), now, pick(['confirmed', 'refused'], how)],
    );
  },
  changeTender: ({ tx, tenderId, how, now }: Scene) =>
    rows(
      tx,
      pick(
        [
          `UPDATE tenders.tender SET deadline = $2 WHERE id = $1`,
          `UPDATE tenders.tender SET status = 'withdrawn', withdrawn_at = $2, withdrawal_reason = 'w' WHERE id = $1`,
          `UPDATE tenders.tender SET place = '{"nis": "62096"}', title = $2::timestamptz::text WHERE id = $1`,
          `UPDATE tenders.tender SET clause = clause || '{"basis": "BE", "answer": {"duties": [{"kind": "must", "status": "in-force"}]}}',
             title = $2::timestamptz::text WHERE id = $1`,
        ],
        how,
      ),
      [tenderId, new Date(now.getTime() + (how % 7) * HOURS)],
    ),
  changePackage: ({ tx, packageId, how, now }: Scene) =>
    how % 2
      ? rows(
          tx,
          `INSERT INTO tenders.withdrawn_package (package_id, organisation_id, tender_id, reason, withdrawn_by, withdrawn_at)
           SELECT id, organisation_id, tender_id, 'postponed', organisation_id, $2 FROM tenders.work_package WHERE id = $1
           ON CONFLICT DO NOTHING`,
          [packageId, now],
        )
      : rows(tx, 'UPDATE tenders.work_package SET offered = false WHERE id = $1', [packageId]),
  changeKind: async ({ tx, enterprise, how, now }: Scene) => {
    await rows(
      tx,
      'UPDATE registry.enterprise_version SET recorded = tstzrange(lower(recorded), $2) WHERE organisation_id = $1 AND upper_inf(recorded)',
      [enterprise, now],
    );
    await aVersion(tx, enterprise, pick(KINDS, how), now);
    await markKindChanged(tx, enterprise);
  },
  keep: async ({ tx, how }: Scene) => void (await keepStages(tx, 1 + (how % 9))),
} as const;

/** Ends what is in force of an enterprise on a package. */
async function end(tx: Tx, table: string, packageId: string, enterprise: string, now: Date): Promise<void> {
  await rows(
    tx,
    `UPDATE ${table} SET recorded = tstzrange(lower(recorded), $3) WHERE package_id = $1 AND enterprise_id = $2 AND upper_inf(recorded)`,
    [packageId, enterprise, now],
  );
}

function aVersion(tx: Tx, enterprise: string, kind: string, now: Date): Promise<unknown> {
  return rows(
    tx,
    `INSERT INTO registry.enterprise_version (id, enterprise_id, organisation_id, name, kind, profile, valid, recorded)
     VALUES ($1, $2, $2, 'E', $3, '{"location": {"country": "BE"}, "activities": [], "members": []}', '[2026-01-01,)', tstzrange($4, NULL))`,
    [newId(now), enterprise, kind, now],
  );
}

describe('kept stages', () => {
  let db: TestDatabase;
  let world: World;
  const inside = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transaction(SYSTEM, work);

  beforeAll(async () => {
    db = await cloneDatabase();
    world = await inside(async (tx) => {
      const contractor = newId(START);
      const enterprises = KINDS.map(() => newId(START));
      for (const [n, id] of enterprises.entries()) {
        await rows(tx, 'INSERT INTO registry.enterprise VALUES ($1, $1, $2)', [id, START]);
        await aVersion(tx, id, KINDS[n]!, START);
      }
      const tenders = [];
      for (const packages of [
        ['A', 'B', 'C'],
        ['D', 'E'],
      ])
        tenders.push(
          await aPublishedTender(tx, {
            organisationId: contractor,
            deadline: new Date(START.getTime() + 20 * 24 * HOURS),
            packages,
          }),
        );
      return { contractor, enterprises, tenders };
    });
  }, 120_000);
  afterAll(() => db.drop());

  async function play(tx: Tx, acts: readonly Act[]): Promise<void> {
    for (const [n, act] of acts.entries()) {
      const tender = pick(world.tenders, act.at);
      await ACTS[act.what]({
        tx,
        world,
        tenderId: tender.tenderId,
        packageId: pick(tender.packageIds, act.at >> 1),
        enterprise: pick(world.enterprises, act.who),
        how: act.how,
        now: new Date(START.getTime() + (n + 1) * 2 * HOURS),
      });
    }
  }

  async function expectSameAsAnew(tx: Tx): Promise<void> {
    const now = new Date('2026-06-14T10:00:00Z');
    for (const period of PERIODS) {
      const { total, groups } = await uptake(tx, period);
      const lines = Object.entries(groups).flatMap(([by, list]) =>
        list.map(({ key, counts }) => lineOf(by, key, counts)),
      );
      expect([lineOf('total', null, total), ...lines].toSorted()).toEqual(await countedAnew(tx, period));
      const told = (list: readonly Loss[]) =>
        list.map(({ stage, reason, count }) => `${stage} ${reason} ${count}`).toSorted();
      expect(told(await losses(tx, period, now))).toEqual(told(await lossesAnew(tx, period, now)));
    }
  }

  const act = fc.record<Act>({
    what: fc.constantFrom(...(Object.keys(ACTS) as (keyof typeof ACTS)[])),
    at: fc.nat(11),
    who: fc.nat(2),
    how: fc.nat(99),
  });

  it('say at each moment what all rooms say together, whatever happened, and of the days before', async () => {
    const undo = new Error('what was played is taken back');
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 40, maxLength: 90 }), async (acts) => {
        const left: number[] = [];
        const played = inside(async (tx) => {
          await keepStages(tx, 100);
          await play(tx, acts);
          await expectSameAsAnew(tx);
          await keepStages(tx, 100);
          left.push(await keepStages(tx, 100));
          await expectSameAsAnew(tx);
          throw undo;
        });
        await expect(played).rejects.toBe(undo);
        expect(left).toEqual([0]);
      }),
      { numRuns: 4, endOnFailure: true },
    );
  }, 120_000);

  it('are written anew when they are asked to be, whatever was lost of them', async () => {
    await inside(async (tx) => {
      await keepStages(tx, 100);
      await rows(tx, 'DELETE FROM monitoring.package_stage WHERE organisation_id = $1', [world.contractor]);
      expect((await uptake(tx, PERIODS[0]!)).total.published).toBe(0);
      expect(await markAll(tx)).toBe(5);
      await expectSameAsAnew(tx);
      await keepStages(tx, 100);
      await expectSameAsAnew(tx);
    });
  });
});

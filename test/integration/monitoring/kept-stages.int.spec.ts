import fc from 'fast-check';
import { CountStagesAnew1796003400000 } from '../../../migrations/1796003400000-count-stages-anew.js';
import {
  beingCounted,
  keepStages,
  losses,
  markAll,
  markKindChanged,
  uptake,
  type Loss,
  type UptakePeriod,
} from '../../../src/monitoring/index.js';
import { maybeRow, ownerDataSource, rows, type Tx } from '../../../src/platform/db/index.js';
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

/** A mail about a package. */
function planned(
  { tx, world, tenderId, packageId, enterprise, how, now }: Scene,
  state: 'pending' | 'handed',
): Promise<unknown> {
  return rows(
    tx,
    `INSERT INTO notifications.notification (id, organisation_id, recipient_id, event_id, event_organisation_id, channel, template,
       params, tender_id, package_ids, language, state, next_attempt_at, finished_at, message_id, request_id, created_at)
     VALUES ($1::uuid, $2, $1::uuid, $1::uuid, $3, 'mail', $7, '{}', $4, ARRAY[$5::uuid], 'fr', $8, $6,
             CASE WHEN $8 = 'handed' THEN $6::timestamptz END, $1::uuid::text, 'r', $6)`,
    [
      newId(now),
      enterprise,
      world.contractor,
      tenderId,
      packageId,
      now,
      pick(['tender-published', 'match-new', 'tender-amended'], how),
      state,
    ],
  );
}

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
  plan: (scene: Scene) => planned(scene, 'pending'),
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

/** What no history needs, and some trigger is there for. */
const MOVES = {
  ...ACTS,
  addPackage: ({ tx, tenderId }: Scene) =>
    rows(
      tx,
      `INSERT INTO tenders.work_package (id, organisation_id, tender_id, lot_id, ordinal, ref, title, confirmed, offered, mode, sites, version)
       SELECT gen_random_uuid(), organisation_id, tender_id, lot_id, 99, 'new', 'new', true, true, mode, '{}', 1
       FROM tenders.work_package WHERE tender_id = $1 LIMIT 1`,
      [tenderId],
    ),
  unmatch: ({ tx, packageId, how }: Scene) =>
    rows(
      tx,
      how % 2
        ? 'DELETE FROM matching.match WHERE package_id = $1'
        : `UPDATE matching.match SET verdict = 'near-miss' WHERE package_id = $1`,
      [packageId],
    ),
  /** A mail that was handed over before it is written down. */
  tell: (scene: Scene) => planned(scene, 'handed'),
  untell: ({ tx, packageId }: Scene) =>
    rows(tx, 'DELETE FROM notifications.notification WHERE package_ids = ARRAY[$1::uuid]', [packageId]),
} as const;
type Move = readonly [what: keyof typeof MOVES, how: number];
const PLACEABLE: Move = ['tag', 4];
const MATCHED: Move = ['match', 0];
const TOLD: readonly Move[] = [PLACEABLE, MATCHED, ['plan', 0], ['hand', 0]];
const ANSWERED: Move = ['answer', 4];

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

  async function play(tx: Tx, acts: readonly Act[], since = 0): Promise<void> {
    for (const [n, act] of acts.entries()) {
      const tender = pick(world.tenders, act.at);
      await ACTS[act.what]({
        tx,
        world,
        tenderId: tender.tenderId,
        packageId: pick(tender.packageIds, act.at >> 1),
        enterprise: pick(world.enterprises, act.who),
        how: act.how,
        now: new Date(START.getTime() + (since + n + 1) * 2 * HOURS),
      });
    }
  }

  /** All figures and losses of all periods, from kept stages and counted anew. */
  async function bothWays(tx: Tx): Promise<{ readonly kept: string[][]; readonly anew: string[][] }> {
    const now = new Date('2026-06-14T10:00:00Z');
    const [kept, anew]: string[][][] = [[], []];
    const told = (list: readonly Loss[]) =>
      list.map(({ stage, reason, count }) => `${stage} ${reason} ${count}`).toSorted();
    for (const period of PERIODS) {
      const { total, groups } = await uptake(tx, period);
      const lines = Object.entries(groups).flatMap(([by, list]) =>
        list.map(({ key, counts }) => lineOf(by, key, counts)),
      );
      kept!.push([lineOf('total', null, total), ...lines].toSorted(), told(await losses(tx, period, now)));
      anew!.push(await countedAnew(tx, period), told(await lossesAnew(tx, period, now)));
    }
    return { kept: kept!, anew: anew! };
  }
  async function expectSameAsAnew(tx: Tx): Promise<void> {
    const { kept, anew } = await bothWays(tx);
    expect(kept).toEqual(anew);
  }
  async function isSameAsAnew(tx: Tx): Promise<boolean> {
    const { kept, anew } = await bothWays(tx);
    return JSON.stringify(kept) === JSON.stringify(anew);
  }

  const act = fc.record<Act>({
    what: fc.constantFrom(...(Object.keys(ACTS) as (keyof typeof ACTS)[])),
    at: fc.nat(11),
    who: fc.nat(2),
    how: fc.nat(99),
  });

  it('say at each moment what all rooms say together, whatever happened, and of the days before', async () => {
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

  /** What each act changes of the figures; `before` brings the first package to where the act counts. */
  const REVEALING: Readonly<Record<string, { readonly before?: readonly Move[]; readonly act: Move }>> = {
    tender_marks: { act: ['changeTender', 2] },
    work_package_enters: { act: ['addPackage', 0] },
    work_package_marks: { before: [PLACEABLE], act: ['changePackage', 0] },
    withdrawn_package_marks: { before: [PLACEABLE], act: ['changePackage', 1] },
    tag_enters: { act: PLACEABLE },
    tag_marks: { before: [PLACEABLE], act: ['changeTags', 0] },
    tag_leaves: { before: [PLACEABLE], act: ['changeTags', 2] },
    match_enters: { before: [PLACEABLE], act: MATCHED },
    match_marks: { before: [PLACEABLE, MATCHED], act: ['unmatch', 0] },
    match_leaves: { before: [PLACEABLE, MATCHED], act: ['unmatch', 1] },
    notification_enters: { before: [PLACEABLE, MATCHED], act: ['tell', 0] },
    notification_marks: { before: [PLACEABLE, MATCHED, ['plan', 0]], act: ['hand', 0] },
    notification_leaves: { before: [PLACEABLE, MATCHED, ['plan', 0], ['hand', 0]], act: ['untell', 0] },
    answer_marks: { before: TOLD, act: ANSWERED },
    decision_marks: { before: [...TOLD, ANSWERED], act: ['decide', 0] },
  };

  const undo = new Error('what was played is taken back');
  /** Does the act on kept stages. @returns whether the figures then say the same as counted anew */
  async function follows(trigger: string, isOn: boolean): Promise<boolean> {
    const { before = [], act: last } = REVEALING[trigger]!;
    let same: boolean | null = null;
    const played = inside(async (tx) => {
      const move = ([what, how]: Move, n: number): unknown =>
        MOVES[what]({
          tx,
          world,
          tenderId: world.tenders[0]!.tenderId,
          packageId: world.tenders[0]!.packageIds[0]!,
          enterprise: world.enterprises[0]!,
          how,
          now: new Date(START.getTime() + (n + 1) * HOURS),
        });
      for (const [n, one] of before.entries()) await move(one, n);
      while ((await keepStages(tx, 100)) > 0);
      const of = await maybeRow<{ name: string }>(
        tx,
        'SELECT tgrelid::regclass::text AS name FROM pg_trigger WHERE tgname = $1',
        [trigger],
      );
      await rows(tx, 'SET LOCAL ROLE NONE');
      if (!isOn) await rows(tx, `ALTER TABLE ${of!.name} DISABLE TRIGGER ${trigger}`);
      await move(last, before.length);
      await rows(tx, 'SET LOCAL ROLE maillon_app');
      same = await isSameAsAnew(tx);
      throw undo;
    });
    await expect(played).rejects.toBe(undo);
    return same!;
  }

  it('follow by a trigger from each thing that they rest on, and by no other', async () => {
    const found = await inside((tx) =>
      rows<{ name: string }>(
        tx,
        `SELECT tgname AS name FROM pg_trigger t JOIN pg_proc f ON f.oid = tgfoid
         WHERE f.pronamespace = 'monitoring'::regnamespace ORDER BY 1`,
      ),
    );
    expect(found.map(({ name }) => name)).toEqual(Object.keys(REVEALING).toSorted());
  });

  it.each(Object.keys(REVEALING))('would be wrong without %s', async (trigger) => {
    expect([await follows(trigger, true), await follows(trigger, false)]).toEqual([true, false]);
  });

  it('leave out, and say so, what is marked when that is too much to be asked in time', async () => {
    const played = inside(async (tx) => {
      while ((await keepStages(tx, 100)) > 0);
      const packages = Array.from({ length: 201 }, (_, n) => `P${n}`);
      const deadline = new Date(START.getTime() + 20 * 24 * HOURS);
      await aPublishedTender(tx, { organisationId: world.contractor, deadline, packages });
      expect(await beingCounted(tx)).toBe(201);
      expect((await uptake(tx, PERIODS[0]!)).total.published).toBe(5);
      expect((await uptake(tx, PERIODS[2]!)).groups.contractor[0]!.counts.published).toBe(5);
      await keepStages(tx, 1);
      // Few enough to be asked.
      expect(await beingCounted(tx)).toBe(0);
      await expectSameAsAnew(tx);
      while ((await keepStages(tx, 100)) > 0);
      expect((await uptake(tx, PERIODS[0]!)).total.published).toBe(206);
      throw undo;
    });
    await expect(played).rejects.toBe(undo);
  });

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

  it('are all written anew by the release that follows kinds', async () => {
    while ((await inside((tx) => keepStages(tx, 100))) > 0);
    const source = await ownerDataSource(db.url, []).initialize();
    await new CountStagesAnew1796003400000().up(source.createQueryRunner());
    await source.destroy();
    expect(await inside((tx) => keepStages(tx, 100))).toBe(5);
  });

  // The last: what is played here stays.
  it('lose no act that commits while stages are written, whenever that is', async () => {
    const byOthers = act.filter(({ what }) => what !== 'keep');
    const rounds = fc.array(fc.tuple(byOthers, fc.nat(STATEMENTS)), { minLength: 3, maxLength: 6 });
    let hour = 0;
    await fc.assert(
      fc.asyncProperty(rounds, async (meanwhile) => {
        for (const [one, statement] of meanwhile) {
          await inside(markAll);
          const { acted, commit } = open(one, (hour += 1));
          await acted;
          await inside(async (tx) => {
            let n = 0;
            const query = async (...asked: [string, unknown[], true]): Promise<unknown> => {
              if (n++ === statement) await commit();
              return tx.queryRunner!.query(...asked);
            };
            await keepStages(Object.create(tx, { queryRunner: { value: { query } } }) as Tx, 100);
            expect(n).toBe(STATEMENTS);
          });
          await commit();
          await inside(expectSameAsAnew);
        }
      }),
      { numRuns: 8, endOnFailure: true },
    );
  }, 120_000);
  /** That the keeper puts to the database. */
  const STATEMENTS = 5;

  /** An act in a transaction of its own, which stays open until it is committed. */
  function open(one: Act, hour: number): { acted: Promise<void>; commit: () => Promise<void> } {
    const [acted, isOver] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const ended = inside(async (tx) => {
      await play(tx, [one], hour);
      acted.resolve();
      await isOver.promise;
    });
    ended.catch(acted.reject);
    return {
      acted: acted.promise,
      async commit() {
        isOver.resolve();
        await ended;
      },
    };
  }
});

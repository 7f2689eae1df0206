import {
  losses,
  lostPackages,
  type Loss,
  BREAKDOWNS,
  uptake,
  uptakeBy,
  uptakePackages,
  winners,
  type UptakeCounts,
  type UptakeGroup,
  type UptakePeriod,
} from '../../../src/monitoring/index.js';
import { rows, type Tx } from '../../../src/platform/db/index.js';
import { newId } from '../../../src/platform/ids.js';
import { cloneDatabase, SYSTEM, type TestDatabase } from '../../database.js';
import { anAnswer, aPublishedTender } from '../../factories/published-tender.factory.js';

const JUNE = new Date('2026-06-10T10:00:00Z');
const JULY = new Date('2026-07-10T10:00:00Z');
const YEAR: UptakePeriod = { from: '2026-01-01', until: '2027-01-01', known: null };
const STAGES = [
  'published',
  'placeable',
  'eligible',
  'notified',
  'answered',
  'interested',
  'retained',
  'awarded',
  'confirmed',
];

/** How far a package came, and when the rest of its path was walked. */
interface Story {
  readonly stage: number;
  readonly enterprise: 'ei' | 'eta';
  readonly trade: string | null;
  readonly said: 'full' | 'no';
  /** Whether a person confirmed what the machine found. */
  readonly judged: boolean;
}

/** A story for each package, all of them different enough: the counts below are read off this list alone. */
const STORIES: readonly Story[] = Array.from({ length: 24 }, (_, index) => ({
  stage: [0, 1, 2, 3, 5, 6, 7, 8][index % 8]!,
  enterprise: index % 3 === 0 ? 'eta' : 'ei',
  trade: index % 5 === 0 ? null : index % 2 === 0 ? '45442100' : '77310000',
  said: index === 4 ? 'no' : 'full',
  judged: index !== 0,
}));

describe('uptake', () => {
  let db: TestDatabase;
  let packageIds: string[];
  const inside = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.database.transaction(SYSTEM, work);
  const contractor = newId(JUNE);
  const organisations = { ei: newId(JUNE), eta: newId(JUNE) };

  beforeAll(async () => {
    db = await cloneDatabase();
    packageIds = await inside((tx) => world(tx));
  }, 60_000);
  afterAll(() => db.drop());

  async function world(tx: Tx): Promise<string[]> {
    for (const [kind, id] of Object.entries(organisations)) {
      await rows(tx, `INSERT INTO registry.enterprise VALUES ($1, $1, $2)`, [id, JUNE]);
      await rows(
        tx,
        `INSERT INTO registry.enterprise_version (id, enterprise_id, organisation_id, name, kind, profile, valid, recorded)
         VALUES ($1, $2, $2, 'E', $3, '{"location": {"country": "BE"}, "activities": [], "members": []}',
                 '[2026-01-01,)', tstzrange($4, NULL))`,
        [newId(JUNE), id, kind === 'ei' ? 'WAL_EI' : 'WAL_ETA', JUNE],
      );
    }
    const made = await aPublishedTender(tx, {
      organisationId: contractor,
      deadline: new Date(JUNE.getTime() + 20 * 86_400_000),
      packages: STORIES.map((_, index) => `Package ${index}`),
    });
    await rows(
      tx,
      `UPDATE tenders.tender SET place = '{"nis": "62096", "municipality": "Seraing", "sites": []}',
         clause = '{"instrument": "SUBCON_SHARE", "basis": "BE-CONTRACT",
                    "answer": {"duties": [{"kind": "must", "status": "in-force"}]}}' WHERE id = $1`,
      [made.tenderId],
    );
    for (const [index, story] of STORIES.entries())
      await tell(tx, made.tenderId, made.packageIds[index]!, story);
    return made.packageIds;
  }

  /** Matched and told in June; answered and decided in July. */
  async function tell(tx: Tx, tenderId: string, packageId: string, story: Story): Promise<void> {
    const run = (sql: string, params: readonly unknown[]) => rows(tx, sql, params);
    const tag = (kind: string, value: string) =>
      run(
        `INSERT INTO tagging.tag (id, organisation_id, package_id, kind, value, confidence, accepted, evidence, origin, state, decided_by,
           recorded_at)
         VALUES ($1, $2, $3, $4, $5, 0.9, true, '[]', 'machine', $7, $8, $6)`,
        [
          newId(JUNE),
          contractor,
          packageId,
          kind,
          value,
          JUNE,
          ...(story.judged ? ['confirmed', contractor] : ['proposed', null]),
        ],
      );
    const who = organisations[story.enterprise];
    if (story.trade) await tag('trade', story.trade);
    await tag('placeable', story.stage >= 1 ? 'part' : 'no');
    if (story.stage >= 2)
      await run(
        `INSERT INTO matching.match (id, organisation_id, enterprise_organisation_id, tender_id, package_id, enterprise_id, verdict,
           score, rank, criteria, basis, decided_on, package_version, enterprise_version_id, law_known_at, rules_version, recorded)
         VALUES ($1, $2, $3, $4, $5, $3, 'match', 0.9, 1, '[]', 'X', '2026-06-10', 1, $3, $6, 'x', tstzrange($6, NULL))`,
        [newId(JUNE), contractor, who, tenderId, packageId, JUNE],
      );
    if (story.stage >= 3)
      await run(
        `INSERT INTO notifications.notification (id, organisation_id, recipient_id, event_id, event_organisation_id, channel, template,
           params, tender_id, package_ids, language, state, next_attempt_at, message_id, request_id, created_at, finished_at)
         VALUES ($1::uuid, $2, $1::uuid, $1::uuid, $3, 'mail', 'tender-published', '{}', $4, ARRAY[$5::uuid], 'fr', 'handed', $6,
           $1::uuid::text, 'r', $6, $6)`,
        [newId(JUNE), who, contractor, tenderId, packageId, JUNE],
      );
    if (story.stage < 5) return;
    const at = { tenderId, packageId, organisationId: who, contractorId: contractor };
    const answerId = await anAnswer(tx, { ...at, kind: story.said, at: JULY });
    const states = ['retained', 'awarded', 'confirmed'].slice(0, story.stage - 5);
    for (const [step, state] of states.entries()) {
      const from = new Date(JULY.getTime() + step * 3_600_000);
      const until = step === states.length - 1 ? null : new Date(from.getTime() + 3_600_000);
      await run(
        `INSERT INTO answers.decision (id, organisation_id, enterprise_organisation_id, tender_id, package_id, answer_id, state, whole,
           confirm_by, recorded)
         VALUES ($1, $2, $3, $4, $5, $6, $7, true, $8, tstzrange($9, $10))`,
        [
          newId(from),
          contractor,
          who,
          tenderId,
          packageId,
          answerId,
          state,
          state === 'awarded' ? JULY : null,
          from,
          until,
        ],
      );
    }
  }

  /** The same counted from the stories. @param known how far a path is known at most */
  function counted(stories: readonly Story[], known = 8): UptakeCounts {
    const reached = (stage: number) =>
      stories.filter((story) => stage <= known && story.stage >= stage && (stage < 5 || story.said !== 'no'))
        .length;
    const answered = known < 5 ? 0 : stories.filter((story) => story.stage >= 5).length;
    return Object.fromEntries(
      STAGES.map((name, stage) => [name, stage === 4 ? answered : reached(stage)]),
    ) as UptakeCounts;
  }

  it('counts each package as far as it came', async () => {
    const { total } = await inside((tx) => uptake(tx, YEAR));
    expect(total).toEqual(counted(STORIES));
    expect(total.confirmed).toBe(3);
  });

  it('knows at the end of a day what was known then', async () => {
    const known = (day: string) => inside((tx) => uptake(tx, { ...YEAR, known: day }));
    expect((await known('2026-05-20')).total).toEqual(counted([]));
    expect((await known('2026-06-30')).total).toEqual(counted(STORIES, 4));
    expect((await known('2026-07-10')).total).toEqual(counted(STORIES));
  });

  it('breaks down into groups that make up the whole', async () => {
    const { groups } = await inside((tx) => uptake(tx, YEAR));
    const { kind, ...partitions } = groups;
    for (const parts of Object.values(partitions)) {
      const sums = STAGES.map((stage) =>
        parts.reduce((sum, { counts }) => sum + counts[stage as keyof UptakeCounts], 0),
      );
      expect(sums).toEqual(Object.values(counted(STORIES)));
    }
    const byTrade = Object.fromEntries(groups.trade.map(({ key, counts }) => [key ?? 'none', counts]));
    expect(byTrade).toEqual({
      45400000: counted(STORIES.filter(({ trade }) => trade === '45442100')),
      77300000: counted(STORIES.filter(({ trade }) => trade === '77310000')),
      none: counted(STORIES.filter(({ trade }) => trade === null)),
    });
    expect(groups.municipality.map(({ key }) => key)).toEqual(['62096']);
    expect([groups.basis[0]!.key, groups.origin[0]!.key]).toEqual(['BE-CONTRACT', 'imposed']);
    const { published, placeable } = counted(STORIES);
    expect(Object.fromEntries(kind.map(({ key, counts }) => [key, counts]))).toEqual({
      WAL_EI: { ...counted(STORIES.filter(({ enterprise }) => enterprise === 'ei')), published, placeable },
      WAL_ETA: { ...counted(STORIES.filter(({ enterprise }) => enterprise === 'eta')), published, placeable },
    });
  });

  it('tells how well its packages are known, and which enterprises wanted and won', async () => {
    const { checked } = await inside((tx) => uptake(tx, YEAR));
    const sought = counted(STORIES).placeable;
    expect(checked.map(({ key }) => key)).toContain('62096');
    const sum = (of: 'judged' | 'sought'): number => checked.reduce((total, one) => total + one[of], 0);
    expect([sum('judged'), sum('sought')]).toEqual([STORIES.filter(({ judged }) => judged).length, sought]);
    const enterprises = (from: number, said?: Story['said']): number =>
      new Set(
        STORIES.filter((story) => story.stage >= from && (said === undefined || story.said === said)).map(
          ({ enterprise }) => enterprise,
        ),
      ).size;
    const expectedOf = { wanted: enterprises(5, 'full'), won: enterprises(7), confirmed: enterprises(8) };
    const asked = (of: readonly string[] | null, known: string | null = null) =>
      inside((tx) => winners(tx, { ...YEAR, known }, of));
    expect(await asked(null)).toEqual(expectedOf);
    expect(await asked(['62096', '62063'])).toEqual(expectedOf);
    expect(await asked(['62063'])).toEqual({ wanted: 0, won: 0, confirmed: 0 });
    expect(await asked(null, '2026-06-30')).toEqual({ wanted: 0, won: 0, confirmed: 0 });
  });

  it('lists exactly the packages it counted', async () => {
    const listed = (group: Parameters<typeof uptakePackages>[2]) =>
      inside((tx) => uptakePackages(tx, YEAR, group, { size: 50, number: 1 }));
    const titles = (keep: (story: Story) => boolean) =>
      STORIES.flatMap((story, index) => (keep(story) ? [`Package ${index}`] : []));
    const found = await listed({ by: 'trade', key: '45400000', figure: 'eligible' });
    expect(found.map(({ title }) => title)).toEqual(
      titles(({ trade, stage }) => trade === '45442100' && stage >= 2),
    );
    const told = await listed({ by: 'kind', key: 'WAL_ETA', figure: 'notified' });
    expect(told.map(({ title }) => title)).toEqual(
      titles(({ enterprise, stage }) => enterprise === 'eta' && stage >= 3),
    );
    expect(packageIds).toHaveLength(STORIES.length);
    const inSeraing = await listed({ municipalities: ['62096'], figure: 'published' });
    expect(inSeraing).toHaveLength(STORIES.length);
    expect(await listed({ municipalities: null, figure: 'published' })).toEqual(inSeraing);
    expect(await listed({ municipalities: ['62063'], figure: 'published' })).toEqual([]);
    const none = await listed({ by: 'trade', key: null, figure: 'placeable' });
    expect(none.map(({ title }) => title)).toEqual(
      titles(({ trade, stage }) => trade === null && stage >= 1),
    );
  });

  it('lists each package on one page, and tells one breakdown alone as it stands in the whole', async () => {
    const group = { by: 'origin', key: 'imposed', figure: 'published' } as const;
    const titlesOn = async (number: number) =>
      (await inside((tx) => uptakePackages(tx, YEAR, group, { size: 7, number }))).map(({ title }) => title);
    const pages = await Promise.all([1, 2, 3, 4, 5].map(titlesOn));
    expect(pages.map(({ length }) => length)).toEqual([7, 7, 7, 3, 0]);
    expect(new Set(pages.flat()).size).toBe(STORIES.length);
    const { groups } = await inside((tx) => uptake(tx, YEAR));
    for (const by of BREAKDOWNS) {
      const sorted = (of: readonly UptakeGroup[]) =>
        of.toSorted((a, b) => String(a.key).localeCompare(String(b.key)));
      expect(sorted(await inside((tx) => uptakeBy(tx, YEAR, by)))).toEqual(sorted(groups[by]));
    }
  });

  /** Why a story went no further, by the last stage it reached; the terms have run out. */
  const WHY: Readonly<Record<number, readonly [string, string]>> = {
    0: ['placeable', 'not-placeable'],
    1: ['eligible', 'nobody-eligible'],
    2: ['notified', 'nobody-told'],
    3: ['answered', 'nobody-answered'],
    5: ['awarded', 'not-decided'],
    6: ['awarded', 'in-talks'],
    7: ['confirmed', 'award-lapsed'],
  };
  const AFTER = new Date('2026-07-20T10:00:00Z');
  const told = (list: readonly Loss[]): string[] =>
    list.map(({ stage, reason, count }) => `${stage} ${reason} ${count}`).toSorted();
  const expected = (stories: readonly Story[], why = WHY): string[] => {
    const counts = new Map<string, number>();
    for (const { stage, said, judged } of stories) {
      const placed = stage === 0 && !judged ? ['placeable', 'not-judged'] : why[stage];
      const found = stage >= 5 && said === 'no' ? ['interested', 'answer:no-capacity'] : placed;
      if (found) counts.set(found.join(' '), (counts.get(found.join(' ')) ?? 0) + 1);
    }
    return [...counts].map(([reason, count]) => `${reason} ${count}`).toSorted();
  };

  it('says of each package that went no further where it was lost, and why', async () => {
    const found = await inside((tx) => losses(tx, YEAR, AFTER));
    expect(told(found)).toEqual(expected(STORIES));
    const { total } = await inside((tx) => uptake(tx, YEAR));
    expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(total.published - total.confirmed);
    const page = { size: 50, number: 1 };
    for (const [reason, judgedOnly] of [
      ['not-placeable', true],
      ['not-judged', false],
    ] as const) {
      const listed = await inside((tx) => lostPackages(tx, YEAR, AFTER, reason, page));
      expect(listed.map(({ title }) => title)).toEqual(
        STORIES.flatMap(({ stage, judged }, index) =>
          stage === 0 && judged === judgedOnly ? [`Package ${index}`] : [],
        ),
      );
    }
  });

  it('takes terms that still run, and what was known on a day, as they stood', async () => {
    const june = await inside((tx) => losses(tx, { ...YEAR, known: '2026-06-20' }, AFTER));
    const open = ['answered', 'still-open'] as const;
    expect(told(june)).toEqual(
      expected(
        STORIES.map((story) => ({ ...story, said: 'full', stage: Math.min(story.stage, 3) })),
        {
          ...WHY,
          3: open,
        },
      ),
    );
  });

  it('knows what the contractor kept back, withdrew or declined', async () => {
    const at = (stage: number): string => packageIds[STORIES.findIndex((story) => story.stage === stage)]!;
    const found = await inside(async (tx) => {
      await rows(tx, 'UPDATE tenders.work_package SET offered = false WHERE id = $1', [at(1)]);
      await rows(
        tx,
        `INSERT INTO tenders.withdrawn_package (package_id, organisation_id, tender_id, reason, withdrawn_by, withdrawn_at)
         SELECT id, organisation_id, tender_id, 'postponed', $2, $3 FROM tenders.work_package WHERE id = $1`,
        [at(3), contractor, JULY],
      );
      await rows(
        tx,
        `WITH kept AS (
           UPDATE answers.decision SET recorded = tstzrange(lower(recorded), $2)
           WHERE package_id = $1 AND upper_inf(recorded) RETURNING *)
         INSERT INTO answers.decision (id, organisation_id, enterprise_organisation_id, tender_id, package_id, answer_id,
                                       state, reason, whole, recorded)
         SELECT $3, organisation_id, enterprise_organisation_id, tender_id, package_id, answer_id,
                'declined', 'price', whole, tstzrange($2, NULL) FROM kept`,
        [at(6), AFTER, newId(AFTER)],
      );
      return losses(tx, YEAR, AFTER);
    });
    expect(told(found)).toEqual(
      expect.arrayContaining([
        'eligible not-offered 1',
        'answered withdrawn 1',
        'awarded decision:price 1',
        'awarded in-talks 2',
        'confirmed award-lapsed 3',
      ]),
    );
  });

  it('counts who answered from its list with those who were told, and under its kind', async () => {
    const [unheard, told_] = [2, 3].map((stage) =>
      STORIES.findIndex((one, index) => one.stage === stage && index > 8),
    ) as [number, number];
    const [untold, heard] = [packageIds[unheard]!, packageIds[told_]!];
    const before = await inside((tx) => uptake(tx, YEAR));
    const lister = newId(JULY);
    await inside(async (tx) => {
      await rows(tx, `INSERT INTO registry.enterprise VALUES ($1, $1, $2)`, [lister, JUNE]);
      await rows(
        tx,
        `INSERT INTO registry.enterprise_version (id, enterprise_id, organisation_id, name, kind, profile, valid, recorded)
         VALUES ($1, $2, $2, 'E', 'WAL_CISP', '{"location": {"country": "BE"}, "activities": [], "members": []}',
                 '[2026-01-01,)', tstzrange($3, NULL))`,
        [newId(JULY), lister, JUNE],
      );
      for (const packageId of [untold, heard]) {
        const [{ tenderId }] = (await rows<{ tenderId: string }>(
          tx,
          `INSERT INTO matching.match (id, organisation_id, enterprise_organisation_id, tender_id, package_id, enterprise_id, verdict,
             score, rank, criteria, basis, decided_on, package_version, enterprise_version_id, law_known_at, rules_version, recorded)
           SELECT $1, $2, $3, tender_id, id, $3, 'match', 0.9, 60, '[]', 'X', '2026-07-10', 1, $3, $5, 'x', tstzrange($5, NULL)
           FROM tenders.work_package WHERE id = $4 RETURNING tender_id AS "tenderId"`,
          [newId(JULY), contractor, lister, packageId, JULY],
        )) as [{ tenderId: string }];
        const about = { tenderId, packageId, organisationId: lister, contractorId: contractor };
        await anAnswer(tx, { ...about, kind: 'full', at: JULY });
      }
    });
    const { total, groups } = await inside((tx) => uptake(tx, YEAR));
    const gained = STAGES.map(
      (stage) => total[stage as keyof UptakeCounts] - before.total[stage as keyof UptakeCounts],
    );
    // Of one nobody had been told, of the other nobody had answered.
    expect(gained).toEqual([0, 0, 0, 1, 2, 2, 0, 0, 0]);
    expect(groups.kind.find(({ key }) => key === 'WAL_CISP')?.counts).toMatchObject({
      eligible: 2,
      notified: 2,
      answered: 2,
      interested: 2,
      retained: 0,
    });
    // What was known before it answered stays as it was.
    const june = await inside((tx) => uptake(tx, { ...YEAR, known: '2026-06-30' }));
    expect(june.total).toEqual(counted(STORIES, 4));
  });
});

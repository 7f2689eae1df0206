import fc from 'fast-check';
import {
  forecastOf,
  INVITATION_RULES,
  nextRoundAt,
  planInvitations,
  recommendedDeadline,
  type Invitable,
} from './plan-invitations.js';

const NOW = new Date('2026-11-24T10:00:00Z');
const days = (count: number): Date => new Date(NOW.getTime() + count * 86_400_000);
const free = (): number => INVITATION_RULES.weeklyMails;
const ranked = (count: number, packageId = 'p'): Invitable[] =>
  Array.from({ length: count }, (_, i) => ({
    packageId,
    enterpriseId: `e${String(i + 1).padStart(3, '0')}`,
    rank: i + 1,
  }));

describe('the plan of invitations', () => {
  it('writes to ten today and to the rest tomorrow', () => {
    const plan = planInvitations(ranked(14), { now: NOW, deadline: days(20) }, free);
    expect(forecastOf(plan)).toEqual({
      enterprises: 14,
      batches: [
        { at: NOW, enterprises: 10 },
        { at: days(1), enterprises: 4 },
      ],
      unmailed: [],
    });
    expect(plan.slice(0, 10).map(({ enterpriseId }) => enterpriseId)).toEqual(
      ranked(10).map(({ enterpriseId }) => enterpriseId),
    );
  });

  it('brings batches closer together when the deadline is near, and sends all at once when it is too near', () => {
    const near = planInvitations(ranked(30), { now: NOW, deadline: days(8) }, free);
    expect([...new Set(near.map(({ at }) => at.getTime()))]).toEqual(
      [NOW, days(0.5), days(1)].map((at) => at.getTime()),
    );
    const tooNear = planInvitations(ranked(30), { now: NOW, deadline: days(3) }, free);
    expect(new Set(tooNear.map(({ at }) => at.getTime()))).toEqual(new Set([NOW.getTime()]));
  });

  it('keeps on the list alone whom the week has no room for; one mail may tell of several packages', () => {
    const two = [...ranked(1, 'p'), ...ranked(1, 'q')];
    const full = planInvitations(two, { now: NOW, deadline: days(20) }, () => 0);
    expect(full.map(({ by }) => by)).toEqual(['list', 'list']);
    expect(forecastOf(full)).toEqual({
      enterprises: 1,
      batches: [],
      unmailed: [{ enterpriseId: two[0]!.enterpriseId, at: NOW }],
    });
    const one = planInvitations(two, { now: NOW, deadline: days(20) }, () => 1);
    expect(one.map(({ by }) => by)).toEqual(['mail', 'mail']);
  });

  it('has a round follow a day after the last mail of the one before, as long as there is time to answer', () => {
    expect(nextRoundAt(days(4), days(12))).toEqual(days(5));
    expect(nextRoundAt(days(4), days(11))).toBeNull();
    expect(nextRoundAt(days(4), null)).toEqual(days(5));
  });

  it('recommends two weeks, and a day more for each batch beyond the eighth', () => {
    expect(recommendedDeadline(ranked(14), '2026-11-24')).toBe('2026-12-08');
    expect(recommendedDeadline(ranked(100), '2026-11-24')).toBe('2026-12-10');
    expect(recommendedDeadline([], '2026-11-24')).toBe('2026-12-08');
  });

  const registry = fc
    .array(fc.record({ packages: fc.integer({ min: 1, max: 60 }), left: fc.integer({ min: 0, max: 3 }) }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((given) => ({
      matches: given.flatMap(({ packages }, i) => ranked(packages, `p${i}`)),
      left: given[0]!.left,
    }));

  it('reaches everybody once per package, in time when there is time, never past a cap, in any order of rows', () => {
    fc.assert(
      fc.property(registry, fc.integer({ min: 0, max: 40 }), fc.nat(), ({ matches, left }, until, seed) => {
        const at = { now: NOW, deadline: days(until) };
        const plan = planInvitations(matches, at, () => left);
        const shuffled = matches.toSorted(
          (a, b) => ((a.rank * 7919 + seed) % 31) - ((b.rank * 7919 + seed) % 31),
        );
        expect(planInvitations(shuffled, at, () => left)).toEqual(plan);
        expect(new Set(plan.map((one) => `${one.packageId} ${one.enterpriseId}`)).size).toBe(matches.length);
        const last = Math.max(NOW.getTime(), days(until - INVITATION_RULES.daysToAnswer).getTime());
        for (const { at: moment } of plan) {
          expect(moment.getTime()).toBeGreaterThanOrEqual(NOW.getTime());
          expect(moment.getTime()).toBeLessThanOrEqual(last);
        }
        for (const some of Map.groupBy(plan, ({ packageId, batch }) => `${packageId} ${batch}`).values())
          expect(some.length).toBeLessThanOrEqual(INVITATION_RULES.batch);
        const mailed = plan.filter(({ by }) => by === 'mail');
        for (const some of Map.groupBy(mailed, ({ enterpriseId }) => enterpriseId).values())
          expect(new Set(some.map(({ at: moment }) => moment.getTime())).size).toBeLessThanOrEqual(left);
      }),
    );
  });

  it.each([
    [
      'the night that is an hour shorter',
      '2027-03-27T15:30:00.250Z',
      ['2027-03-27T15:30:00.250Z', '2027-03-28T14:30:00.250Z', '2027-03-29T14:30:00.250Z'],
    ],
    [
      'the night that is an hour longer',
      '2026-10-24T07:00:00.000Z',
      ['2026-10-24T07:00:00.000Z', '2026-10-25T08:00:00.000Z', '2026-10-26T08:00:00.000Z'],
    ],
    // Ten past midnight, and a day that lasts twenty-five hours: twenty-four hours later it is the same day.
    [
      'a long day from its beginning',
      '2026-10-24T22:10:00.000Z',
      ['2026-10-24T22:10:00.000Z', '2026-10-25T23:10:00.000Z', '2026-10-26T23:10:00.000Z'],
    ],
    // Half past two does not exist on the day after.
    [
      'a time that is skipped',
      '2027-03-27T01:30:00.000Z',
      ['2027-03-27T01:30:00.000Z', '2027-03-28T01:30:00.000Z', '2027-03-29T00:30:00.000Z'],
    ],
  ])('keeps the time of day over %s', (_, from, expected) => {
    const now = new Date(from);
    const plan = planInvitations(ranked(30), { now, deadline: null }, free);
    expect([...new Set(plan.map(({ at }) => at.toISOString()))]).toEqual(expected);
    expect(nextRoundAt(now, null)?.toISOString()).toBe(expected[1]);
  });

  it('writes a batch a day as the calendar counts them, in time, on whatever nights clocks change', () => {
    const inBrussels = (at: Date): string => at.toLocaleDateString('sv-SE', { timeZone: 'Europe/Brussels' });
    fc.assert(
      fc.property(
        fc.constantFrom('2027-03-26T00:00:00Z', '2026-10-23T00:00:00Z'),
        fc.integer({ min: 0, max: 4 * 24 * 60 }),
        fc.integer({ min: 1, max: 70 }),
        fc.option(fc.integer({ min: 0, max: 16 * 24 * 60 })),
        (around, after, count, until) => {
          const now = new Date(new Date(around).getTime() + after * 60_000);
          const deadline = until === null ? null : new Date(now.getTime() + until * 60_000);
          const plan = planInvitations(ranked(count), { now, deadline }, free);
          const moments = [...new Set(plan.map(({ at }) => at.getTime()))];
          expect(moments).toEqual(moments.toSorted((a, b) => a - b));
          const last = deadline && deadline.getTime() - INVITATION_RULES.daysToAnswer * 86_400_000;
          expect(moments.every((at) => at === now.getTime() || last === null || at <= last)).toBe(true);
          // With two hours to spare, no day has two batches and none is passed over.
          const batches = Math.ceil(count / INVITATION_RULES.batch);
          const isRoomy = last === null || now.getTime() + (batches - 1) * 86_400_000 + 7_200_000 <= last;
          const noon = new Date(`${inBrussels(now)}T12:00:00Z`).getTime();
          const calendar = Array.from({ length: batches }, (__, i) =>
            new Date(noon + i * 86_400_000).toISOString().slice(0, 10),
          );
          const written = [...new Set(plan.map(({ at }) => inBrussels(at)))];
          expect(isRoomy ? written : calendar).toEqual(calendar);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never writes to a worse fit before a better one of the same package', () => {
    const plan = planInvitations(ranked(47), { now: NOW, deadline: days(30) }, free);
    const times = new Map(plan.map(({ enterpriseId, at }) => [enterpriseId, at.getTime()]));
    const inOrder = ranked(47).map(({ enterpriseId }) => times.get(enterpriseId)!);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
  });
});

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

  it('never writes to a worse fit before a better one of the same package', () => {
    const plan = planInvitations(ranked(47), { now: NOW, deadline: days(30) }, free);
    const times = new Map(plan.map(({ enterpriseId, at }) => [enterpriseId, at.getTime()]));
    const inOrder = ranked(47).map(({ enterpriseId }) => times.get(enterpriseId)!);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
  });
});

import fc from 'fast-check';
import { RHYTHMS, nextDigest, quietUntil, toldInFull, whenTold, type QuietHours } from './when-to-send.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** A Brussels clock, asked apart from the code under test. */
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Brussels',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const shown = (at: Date): string => clock.format(at).replace(',', '');
const time = (at: Date): string => shown(at).slice(-5);

const instant = fc
  .integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2030, 11, 31) / 60_000 })
  .map((minutes) => new Date(minutes * 60_000));
const hour = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
  .map(([hours, minutes]) => `${String(hours).padStart(2, '0')}:${minutes}`);
const quietHours = fc.record({ from: hour, until: hour }).filter(({ from, until }) => from !== until);
/** Neither end in the two hours that a night of the clock change skips or shows twice. */
const plainHours = quietHours.filter(({ from, until }) => [from, until].every((at) => !/^0[23]/.test(at)));

describe('the next digest', () => {
  it('of every day is the next time a Brussels clock shows half past seven', () => {
    fc.assert(
      fc.property(instant, (now) => {
        const next = nextDigest('daily', now);
        expect(time(next)).toBe('07:30');
        expect(next.getTime()).toBeGreaterThan(now.getTime());
        // The day on which clocks go back has twenty-five hours.
        expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(DAY_MS + HOUR_MS);
      }),
    );
  });

  it('of every week is the next Monday at half past seven', () => {
    fc.assert(
      fc.property(instant, (now) => {
        const next = nextDigest('weekly', now);
        expect(shown(next)).toBe('Mon 07:30');
        expect(next.getTime()).toBeGreaterThan(now.getTime());
        expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(7 * DAY_MS + HOUR_MS);
      }),
    );
  });

  it.each([
    ['2026-03-28T12:00:00Z', '2026-03-29T05:30:00.000Z', 'the morning after clocks went forward'],
    ['2026-10-24T12:00:00Z', '2026-10-25T06:30:00.000Z', 'the morning after clocks went back'],
    ['2026-11-30T06:29:59Z', '2026-11-30T06:30:00.000Z', 'a second before'],
    ['2026-11-30T06:30:00Z', '2026-12-01T06:30:00.000Z', 'the moment itself is the next one'],
  ])('from %s is %s: %s', (now, next) => {
    expect(nextDigest('daily', new Date(now)).toISOString()).toBe(next);
  });
});

describe('when an offer is told', () => {
  const offer = fc.record({
    now: instant,
    daysLeft: fc.option(fc.integer({ min: -2, max: 30 }), { nil: null }),
    weekIsFull: fc.boolean(),
  });
  const told = (
    rhythm: (typeof RHYTHMS)[number],
    { now, daysLeft, weekIsFull }: { now: Date; daysLeft: number | null; weekIsFull: boolean },
  ) => {
    const deadline = daysLeft === null ? null : new Date(now.getTime() + daysLeft * DAY_MS);
    return { deadline, when: whenTold(rhythm, { now, deadline, weekIsFull }) };
  };

  it('waits for no mail that leaves less than a day to answer', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RHYTHMS), offer, (rhythm, about) => {
        const { deadline, when } = told(rhythm, about);
        if (when.how !== 'together') return;
        expect(when.at.getTime()).toBeGreaterThan(about.now.getTime());
        const left = deadline === null ? Infinity : deadline.getTime() - when.at.getTime();
        expect(left).toBeGreaterThanOrEqual(DAY_MS);
      }),
    );
  });

  it('never takes a mail of its own when the week is full, nor leaves one away when it is not', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RHYTHMS), offer, (rhythm, about) => {
        const { when } = told(rhythm, about);
        expect(when.how).not.toBe(about.weekIsFull ? 'at-once' : 'on-list');
      }),
    );
  });

  it('is together with others for whoever asked for that, wherever time allows', () => {
    const now = new Date('2026-11-24T10:00:00Z');
    const open = { now, deadline: null, weekIsFull: false };
    expect(whenTold('at-once', open)).toEqual({ how: 'at-once' });
    expect(whenTold('daily', open)).toEqual({ how: 'together', at: new Date('2026-11-25T06:30:00Z') });
    expect(whenTold('weekly', open)).toEqual({ how: 'together', at: new Date('2026-11-30T06:30:00Z') });
    const friday = { ...open, deadline: new Date('2026-11-27T11:00:00Z') };
    expect(whenTold('daily', friday)).toMatchObject({ how: 'together' });
    expect(whenTold('weekly', friday)).toEqual({ how: 'at-once' });
  });

  it('is on Monday where the week is full, or on the list alone where Monday is too late', () => {
    const full = { now: new Date('2026-11-24T10:00:00Z'), weekIsFull: true };
    expect(whenTold('at-once', { ...full, deadline: null })).toEqual({
      how: 'together',
      at: new Date('2026-11-30T06:30:00Z'),
    });
    expect(whenTold('at-once', { ...full, deadline: new Date('2026-11-30T12:00:00Z') })).toEqual({
      how: 'on-list',
    });
  });
});

describe('quiet hours', () => {
  const isQuiet = ({ from, until }: QuietHours, at: Date): boolean =>
    from < until ? from <= time(at) && time(at) < until : time(at) >= from || time(at) < until;

  it('let a mail leave when a Brussels clock shows none of them, and not before', () => {
    fc.assert(
      fc.property(plainHours, instant, (quiet, now) => {
        const until = quietUntil(quiet, now, null);
        expect(until !== null).toBe(isQuiet(quiet, now));
        if (until === null) return;
        expect(time(until)).toBe(quiet.until);
        expect(until.getTime() - now.getTime()).toBeLessThanOrEqual(DAY_MS + HOUR_MS);
      }),
      { numRuns: 500 },
    );
  });

  it('end: whoever waits for their end waits once, on every night of the year', () => {
    fc.assert(
      fc.property(quietHours, instant, (quiet, now) => {
        const until = quietUntil(quiet, now, null);
        expect(until && quietUntil(quiet, until, null)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('hold nothing back that must be answered before they end, and everything else, past deadlines too', () => {
    fc.assert(
      fc.property(quietHours, instant, fc.integer({ min: -30, max: 30 }), (quiet, now, hours) => {
        const answerBy = new Date(now.getTime() + hours * HOUR_MS);
        const end = quietUntil(quiet, now, null);
        const isUrgent = hours > 0 && end !== null && answerBy <= end;
        expect(quietUntil(quiet, now, answerBy)).toEqual(isUrgent ? null : end);
      }),
      { numRuns: 500 },
    );
  });

  it('nobody asked for hold nothing back', () => {
    expect(quietUntil(null, new Date('2026-11-24T02:00:00Z'), null)).toBeNull();
  });
});

describe('the offers that a mail with several tells in full', () => {
  const offers = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 30 });

  it('are as many as it holds, in their order, and never one that can wait in the place of one that cannot', () => {
    fc.assert(
      fc.property(
        offers,
        instant,
        fc.constantFrom(...RHYTHMS),
        fc.integer({ min: 1, max: 10 }),
        (drawn, now, rhythm, most) => {
          const all = drawn.map((daysLeft) => ({ deadline: new Date(now.getTime() + daysLeft * DAY_MS) }));
          const told = toldInFull(all, { rhythm, now, most });
          expect(told).toHaveLength(Math.min(most, all.length));
          expect(all.filter((one) => told.includes(one))).toEqual(told);
          const canWait = ({ deadline }: { deadline: Date }): boolean =>
            whenTold(rhythm, { now, deadline, weekIsFull: true }).how === 'together';
          const isUrgentLeft = all.some((one) => !told.includes(one) && !canWait(one));
          const kept = told.filter(canWait);
          expect(isUrgentLeft && kept.length > 0).toBe(false);
          expect(all.filter(canWait).slice(0, kept.length)).toEqual(kept);
        },
      ),
    );
  });
});

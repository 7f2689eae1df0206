import { Refusal } from '../../kernel/index.js';
import { requireRoomForTrial, TRIAL_LIMITS, trialEndsAt, trialsSince, type TrialsNow } from './trial.js';

const NOW = new Date('2026-11-29T22:00:00Z');
const MIB = 1024 * 1024;
const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
const refusal = (now: Partial<TrialsNow>, size = 1): unknown => {
  try {
    requireRoomForTrial(
      { lately: [], waiting: 0, bytes: 0, networkBytes: 0, networkSince: null, ...now },
      size,
      NOW,
    );
    return null;
  } catch (error) {
    return error instanceof Refusal ? [error.code, error.params] : error;
  }
};

describe('room for what visitors try', () => {
  const nineteen = Array.from({ length: 19 }, (_, index) => minutesAgo(55 - index));

  it('is for twenty documents of one network in an hour; then it is told when the first leaves', () => {
    expect(refusal({ lately: nineteen })).toBeNull();
    expect(refusal({ lately: [minutesAgo(59), ...nineteen] })).toEqual([
      'trials-too-many',
      { retryAfter: 60, count: 1 },
    ]);
  });

  it('counts from the one that has to leave, where more are there than may be', () => {
    const lately = [minutesAgo(59), minutesAgo(58), ...nineteen];
    expect(refusal({ lately })).toEqual(['trials-too-many', { retryAfter: 120, count: 2 }]);
  });

  it('is for forty that wait, and 400 MiB in all, the new one among them', () => {
    expect(refusal({ waiting: 39, bytes: 399 * MIB }, MIB)).toBeNull();
    expect(refusal({ waiting: 40 })).toEqual(['trials-full', {}]);
    expect(refusal({ bytes: 399 * MIB }, MIB + 1)).toEqual(['trials-full', {}]);
  });

  it('is for 100 MiB of one network at one time; then it is told when its oldest leaves', () => {
    const of = { networkBytes: 99 * MIB, networkSince: minutesAgo(23 * 60) };
    expect(refusal(of, MIB)).toBeNull();
    expect(refusal(of, MIB + 1)).toEqual(['trials-too-many', { retryAfter: 3600, count: 60 }]);
  });

  it('leaves others room, whatever one network brings', () => {
    expect(TRIAL_LIMITS.waiting).toBeGreaterThan(TRIAL_LIMITS.perHour);
    expect(TRIAL_LIMITS.bytes).toBeGreaterThan(TRIAL_LIMITS.networkBytes);
  });

  it('is taken for a day', () => {
    expect(trialEndsAt(NOW)).toEqual(new Date('2026-11-30T22:00:00Z'));
    expect(trialsSince(NOW)).toEqual(new Date('2026-11-28T22:00:00Z'));
  });
});

import fc from 'fast-check';
import { fitnessOf, nearnessOf, NEUTRAL_MERIT, scoreOf, type ScoreParts } from './score.js';
import { meritOf, type TrackRecord } from './standing.js';
import { WEIGHTS, weightsOf } from './weights.js';

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const parts: fc.Arbitrary<ScoreParts> = fc.record({
  trade: unit,
  distance: unit,
  capacity: unit,
  certainty: unit,
  merit: unit,
});
const nothing: TrackRecord = { ended: 0, done: 0, invited: 0, answered: 0, invitedOn: [] };
const merit = (record: Partial<TrackRecord>): number =>
  meritOf({ ...nothing, ...record }, WEIGHTS.meritOf, '2026-03-10');

describe('the weights', () => {
  it.each(['2026-1', '2026-2', '2026-3', '2026-4', '2026-5'])('add up to one (%s)', (version) => {
    const { trade, distance, capacity, certainty, merit: ofMerit, meritOf: inner } = weightsOf(version)!;
    expect(trade + distance + capacity + certainty + ofMerit).toBeCloseTo(1, 12);
    expect(inner.record + inner.answers + inner.rotation).toBeCloseTo(1, 12);
  });
});

describe('the score', () => {
  it('never falls when one part rises', () => {
    fc.assert(
      fc.property(
        parts,
        fc.constantFrom<keyof ScoreParts>('trade', 'distance', 'capacity', 'certainty', 'merit'),
        unit,
        (of, key, rise) => {
          const higher = { ...of, [key]: Math.min(1, of[key] + rise) };
          expect(fitnessOf(higher, WEIGHTS)).toBeGreaterThanOrEqual(fitnessOf(of, WEIGHTS));
        },
      ),
    );
  });

  it('keeps a whole match above any partial one, and that above any near miss', () => {
    fc.assert(
      fc.property(parts, parts, unit, (low, high, coverage) => {
        expect(scoreOf('match', low, 1, WEIGHTS)).toBeGreaterThanOrEqual(
          scoreOf('partial', high, coverage, WEIGHTS),
        );
        expect(scoreOf('partial', low, coverage, WEIGHTS)).toBeGreaterThanOrEqual(
          scoreOf('near-miss', high, 0, WEIGHTS),
        );
      }),
    );
  });

  it.each([
    [0, 1],
    [25, 0.5],
    [75, 0.25],
    [null, 0.5],
  ])('says that %s km is %d near', (km, expected) => {
    expect(nearnessOf(km, WEIGHTS)).toBe(expected);
  });
});

describe('the merit of an enterprise', () => {
  it('is the neutral one for a newcomer', () => {
    expect(merit({})).toBe(NEUTRAL_MERIT);
  });

  it('counts an explicit no as an answer, and silence against it', () => {
    expect(merit({ invited: 8, answered: 8 })).toBeGreaterThan(merit({}));
    expect(merit({ invited: 8, answered: 0 })).toBeLessThan(merit({}));
  });

  it('rises with jobs done and falls with jobs left undone', () => {
    expect(merit({ ended: 3, done: 3 })).toBeGreaterThan(merit({}));
    expect(merit({ ended: 3, done: 0 })).toBeLessThan(merit({}));
  });

  it('gives the turn to others after many invitations, and back after ninety days', () => {
    const often = Array<string>(10).fill('2026-03-01');
    expect(merit({ invitedOn: often })).toBeCloseTo(NEUTRAL_MERIT - WEIGHTS.meritOf.rotation / 2, 4);
    expect(merit({ invitedOn: often.map(() => '2025-12-10') })).toBe(NEUTRAL_MERIT);
  });

  it('can never move a score by more than its weight allows', () => {
    fc.assert(
      fc.property(parts, unit, (of, other) => {
        const [low, high] = WEIGHTS.bands.match;
        const moved =
          scoreOf('match', of, 1, WEIGHTS) - scoreOf('match', { ...of, merit: other }, 1, WEIGHTS);
        expect(Math.abs(moved)).toBeLessThanOrEqual((high - low) * WEIGHTS.merit + 1e-5);
      }),
    );
  });
});

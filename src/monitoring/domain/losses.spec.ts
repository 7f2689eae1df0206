import fc from 'fast-check';
import { LOSS_STAGES, listedLoss, shownLosses, type Loss } from './losses.js';

const losses = fc
  .uniqueArray(
    fc.record({
      stage: fc.constantFrom(...LOSS_STAGES),
      reason: fc.constantFrom('withdrawn', 'still-open', 'not-offered', 'answer:price', 'not-judged'),
      count: fc.integer({ min: 1, max: 12 }),
    }),
    { selector: ({ stage, reason }) => `${stage} ${reason}` },
  )
  .map((list): Loss[] => list);

describe('what is shown of losses', () => {
  const sum = (list: readonly { readonly count: number }[]): number =>
    list.reduce((total, { count }) => total + count, 0);

  it('adds up at every stage, and names reasons with their own count, of five packages at least', () => {
    fc.assert(
      fc.property(losses, (list) => {
        const shown = shownLosses(list);
        expect(shown.map(({ stage }) => stage)).toEqual(LOSS_STAGES);
        for (const { stage, lost, reasons } of shown) {
          const here = list.filter((loss) => loss.stage === stage);
          expect([lost, sum(reasons)]).toEqual([sum(here), lost]);
          for (const { reason, count } of reasons.filter((item) => item.reason !== null))
            expect([count, count >= 5]).toEqual([here.find((loss) => loss.reason === reason)?.count, true]);
        }
      }),
    );
  });

  it('never leaves a single reason over beside others, nor fewer than five packages', () => {
    fc.assert(
      fc.property(losses, (list) => {
        for (const { stage, reasons } of shownLosses(list)) {
          const here = list.filter((loss) => loss.stage === stage);
          const named = reasons.flatMap(({ reason }) => reason ?? []);
          const rest = here.filter(({ reason }) => !named.includes(reason));
          expect(rest.length === 0 || named.length === 0 || (rest.length > 1 && sum(rest) >= 5)).toBe(true);
          // What is named is more frequent than what is not, and no more is hidden than has to be.
          const least = Math.min(
            ...here.flatMap(({ reason, count }) => (named.includes(reason) ? count : [])),
          );
          expect(rest.every(({ count }) => count <= least)).toBe(true);
          const [last, ...before] = rest.toSorted((a, b) => b.count - a.count);
          expect(!last || last.count < 5 || before.length < 2 || sum(before) < 5).toBe(true);
        }
      }),
    );
  });

  it('names neither of two reasons when one of them is too few', () => {
    const list: Loss[] = [
      { stage: 'notified', reason: 'withdrawn', count: 6 },
      { stage: 'notified', reason: 'nobody-told', count: 1 },
      { stage: 'placeable', reason: 'not-judged', count: 9 },
      { stage: 'placeable', reason: 'not-placeable', count: 2 },
    ];
    const shown = shownLosses(list).filter(({ lost }) => lost > 0);
    expect(shown.map(({ reasons }) => reasons)).toEqual([
      [{ reason: null, count: 11 }],
      [{ reason: null, count: 7 }],
    ]);
    // A list would give its number away.
    expect(listedLoss(list, 'not-judged')).toBeNull();
  });

  it('lists what the contractors made known themselves, from five packages on', () => {
    const list: Loss[] = [
      { stage: 'placeable', reason: 'not-judged', count: 5 },
      { stage: 'eligible', reason: 'not-offered', count: 4 },
      { stage: 'answered', reason: 'nobody-answered', count: 50 },
    ];
    const listed = ['not-judged', 'not-offered', 'nobody-answered', 'x'].map((reason) =>
      listedLoss(list, reason),
    );
    expect(listed).toEqual([list[0], null, null, null]);
  });
});

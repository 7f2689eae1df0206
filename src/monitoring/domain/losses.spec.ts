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
  it('adds up at every stage, and names no reason of fewer than five packages', () => {
    fc.assert(
      fc.property(losses, (list) => {
        const shown = shownLosses(list);
        expect(shown.map(({ stage }) => stage)).toEqual(LOSS_STAGES);
        for (const { stage, lost, reasons } of shown) {
          const here = list.filter((loss) => loss.stage === stage);
          expect(lost).toBe(here.reduce((sum, { count }) => sum + count, 0));
          expect(reasons.reduce((sum, { count }) => sum + count, 0)).toBe(lost);
          expect(new Set(reasons.flatMap(({ reason }) => reason ?? []))).toEqual(
            new Set(here.flatMap(({ reason, count }) => (count < 5 ? [] : reason))),
          );
        }
      }),
    );
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

import { packageHistory, type HistoryFacts } from './package-history.js';

const day = (n: number): Date => new Date(Date.UTC(2026, 10, n, 9));
const facts = (over: Partial<HistoryFacts> = {}): HistoryFacts => ({
  publishedAt: day(2),
  tenderWithdrawnAt: null,
  withdrawal: null,
  amendments: [],
  deadlineChanges: [],
  clarifications: [],
  shared: [],
  ...over,
});
const told = (over: Partial<HistoryFacts>): string[] =>
  packageHistory(facts(over)).map(({ at, kind }) => `${at.getUTCDate()} ${kind}`);

describe('the history of a package', () => {
  it('begins with the publication, of a draft with nothing', () => {
    expect(told({})).toEqual(['2 published']);
    expect(told({ publishedAt: null })).toEqual([]);
  });

  it('has everything that changed, the newest first', () => {
    const change = { before: day(20), after: day(27), reason: 'Visite', changedAt: day(5) };
    const found = {
      amendments: [{ differences: [], reconfirmBy: day(16), amendedAt: day(9) }],
      deadlineChanges: [change, { ...change, changedAt: day(12) }],
      clarifications: [{ id: 'q', question: 'Vides ?', reply: 'Oui', repliedAt: day(4) }],
      shared: [
        { id: 'f', name: 'plan.pdf', scanned: true, isOriginal: false, addedAt: day(6) },
        { id: 'g', name: 'avant.pdf', scanned: true, isOriginal: false, addedAt: day(1) },
      ],
      withdrawal: { packageId: 'p', reason: 'cancelled', message: null, withdrawnAt: day(14) },
      tenderWithdrawnAt: day(15),
    } as const;
    expect(told(found)).toEqual([
      '15 tender-withdrawn',
      '14 withdrawn',
      '12 extended',
      '9 amended',
      '6 shared',
      '5 extended',
      '4 clarified',
      '2 published',
    ]);
  });

  it('ends with the withdrawal where both are of one instant', () => {
    expect(told({ tenderWithdrawnAt: day(2) })).toEqual(['2 tender-withdrawn', '2 published']);
  });
});

import { codes, read, sheet } from '../../../../test/factories/bill-sheet.factory.js';

/** A comparison of two groups of prices, with what is written above each. */
const prices = (...above: readonly (string | null)[]) => {
  const tender = read(
    sheet('M', [
      [null, null, null, null, above[0] ?? null, null, above[1] ?? null, null],
      ['N°', 'Désignation', 'Unité', 'Quantité', 'P.U. (€)', 'Total (€)', 'P.U. (€)', 'Total (€)'],
      ['1', 'Peinture des murs', 'm2', 10, 8, 80, 9, 90],
    ]),
  );
  return [tender.lots[0]!.lines[0]!.unitPrice?.amount ?? null, ...codes(tender)];
};

describe('prices side by side', () => {
  it.each([
    ['of two bidders', ['Entreprise A', 'SRL Durand'], [null, 'bill.prices.others']],
    ['under two names that say nothing else', ['Dupont', 'Durand'], [null, 'bill.prices.unclear']],
    ['under a name after an estimate', ['Estimation', 'Durand'], ['8', 'bill.prices.unclear']],
    ['under a name before an estimate', ['Durand', 'Raming'], ['9', 'bill.prices.unclear']],
    ['of two parts of the works', ['Tranche ferme', 'Tranche 2'], ['8']],
    ['of two kinds', ['Prix HTVA', 'Prix TVAC'], ['8']],
    ['under nothing', [null, null], ['8']],
  ] as const)('%s', (_what, above, expected) => {
    expect(prices(...above)).toEqual(expected);
  });
});

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
    ['of two buildings', ['École communale', 'Crèche'], ['8']],
    ['of two buildings', ['Schule', 'Kindergarten'], ['8']],
    ['of two parts of the works', ['Matériel', 'Mise en œuvre'], ['8']],
    ['of a building and a part of it', ['Gevel', 'Kinderdagverblijf'], ['8']],
    ['under one name after a building', ['École', 'Durand'], ['8', 'bill.prices.unclear']],
    ['under one name before a building', ['Grimage', 'Crèche'], ['9', 'bill.prices.unclear']],
    ['under one name after nothing', [null, 'Durand'], ['8', 'bill.prices.unclear']],
    ['under a name in capitals', ['ESTIMATION', 'DURAND SA'], ['8', 'bill.prices.others']],
    ['with what is done in capitals', ['FOURNITURE ET SA POSE', 'FOURNITURE SEULE'], ['8']],
    [
      'of two firms named after what they do',
      ['Toitures Martin', 'Façades Durand'],
      [null, 'bill.prices.unclear'],
    ],
    ['under nothing', [null, null], ['8']],
  ] as const)('%s', (_what, above, expected) => {
    expect(prices(...above)).toEqual(expected);
  });

  it.each([
    ["Prix unitaire de l'ouvrage et sa pose", 'Prix unitaire fourniture seule', ['8']],
    ['PRIX UNITAIRE FOURNITURE ET SA POSE', 'PRIX UNITAIRE FOURNITURE SEULE', ['8']],
    ["PRIX UNITAIRE DU SAS D'ENTRÉE", 'PRIX UNITAIRE DU HALL', ['8']],
    ['PU SA DUPONT', 'PU ESTIMÉ', ['9', 'bill.prices.others']],
    ['PU Dupont SA', 'PU estimé', ['9', 'bill.prices.others']],
  ] as const)('with heads that tell whose they are: %s', (first, second, expected) => {
    const tender = read(
      sheet('M', [
        ['N°', 'Désignation', 'Unité', 'Quantité', first, second],
        ['1', 'Peinture des murs', 'm2', 10, '8 €', '9 €'],
      ]),
    );
    expect([tender.lots[0]!.lines[0]!.unitPrice?.amount, ...codes(tender)]).toEqual(expected);
  });
});

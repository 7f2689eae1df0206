import { readLedgerForm, shareInForm } from './obligation-form.js';

describe('a form of the ledger', () => {
  it.each([
    ['5', '0.050'],
    ['5,5', '0.055'],
    ['5.500', '0.05500'],
    [' 5,25 % ', '0.0525'],
    ['0.0001', '0.000001'],
    ['100', '1.000'],
    ['1.234,5', '1.234,5'],
    ['beaucoup', 'beaucoup'],
    ['-5', '-5'],
  ])('reads the share %j as %j', (sharePercent, share) => {
    expect(readLedgerForm({ sharePercent })['share']).toBe(share);
  });

  it.each([
    ['0.055', '5.5'],
    ['0.05', '5'],
    ['0.1', '10'],
    ['1', '100'],
    ['0.000001', '0.0001'],
  ])('shows the share %s as %s, which it reads again', (share, shown) => {
    expect(shareInForm(share)).toBe(shown);
    expect(Number(readLedgerForm({ sharePercent: shown })['share'])).toBe(Number(share));
  });

  it('reads numbers and days as people write them, and leaves what it cannot read', () => {
    expect(
      readLedgerForm({
        hours: '1 250,5',
        offer: '1.234',
        quantity: '20.000,00',
        onDay: '3/4/2026',
        triedOn: 'hier',
        document: '1.234',
      }),
    ).toMatchObject({
      hours: '1250.5',
      offer: '1.234',
      quantity: '20000.00',
      onDay: '2026-04-03',
      triedOn: 'hier',
      document: '1.234',
    });
  });
});

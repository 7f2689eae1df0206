import { priceOf } from './package-figures.js';
import type { BillLine } from './parsed-tender.js';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const line = (
  over: Partial<BillLine>,
): Pick<BillLine, 'unitNorm' | 'quantity' | 'nature' | 'variant'> &
  Pick<BillLine, 'unit' | 'unitPrice' | 'total'> => ({
  unit: null,
  unitNorm: 'm2',
  quantity: null,
  nature: null,
  variant: false,
  unitPrice: null,
  total: null,
  ...over,
});

describe('the price of lines', () => {
  it('is what each costs: its total, or its price for its quantity where the document works none out', () => {
    const worked = [
      line({ quantity: '120', unitPrice: eur('9.50') }),
      line({ quantity: '3', unitPrice: eur('0.335') }),
      line({ unitNorm: 'h', total: eur('80.00') }),
      line({ quantity: '5', unitPrice: eur('100'), variant: true }),
    ];
    // 1140.00 and 1.01, to the cent as bills do it; an option counts for nothing.
    expect(priceOf(worked)).toEqual({ exact: '1221.01', rest: '1141.01', currency: 'EUR' });
  });

  it('is a part of its price where it is a percentage', () => {
    const works = line({ quantity: '10', unitPrice: eur('500.00') });
    const share = line({ unit: '%', unitNorm: null, quantity: '12.5', unitPrice: eur('5000.00') });
    expect(priceOf([works, share]).exact).toBe('5625.00');
  });

  it('is not known where one line has neither, nor in two currencies', () => {
    expect(priceOf([line({ total: eur('1') }), line({ unitPrice: eur('1') })]).exact).toBeNull();
    expect(
      priceOf([line({ total: eur('1') }), line({ total: { amount: '1', currency: 'CHF' } })]).exact,
    ).toBeNull();
  });
});

import { loadLabourShares } from './labour-shares.js';

describe('the table of labour shares', () => {
  it('is right, and knows building work', () => {
    const shares = loadLabourShares();
    expect(shares.find((share) => share.trade === '45')).toBeDefined();
    expect(new Set(shares.map((share) => share.trade)).size).toBe(shares.length);
  });
});

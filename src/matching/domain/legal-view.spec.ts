import { rulesFromFiles } from '../../legal-basis/index.js';
import { legalView } from './legal-view.js';

describe('the law as matching asks it', () => {
  const law = legalView(rulesFromFiles());

  it.each([
    [1, '2024-05-31', '135000.00'],
    [1, '2024-06-01', '162000.00'],
    [8, '2026-11-24', null],
  ])('knows what class %s of an approval allows on %s', (approvalClass, on, ceiling) => {
    expect(law.classCeiling(approvalClass, on)).toBe(ceiling);
  });

  it('says of a class that does not exist that it knows none', () => {
    expect(law.classCeiling(9, '2026-11-24')).toBeUndefined();
  });
});

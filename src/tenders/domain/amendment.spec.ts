import { differencesByPackage, isLateToAmend, reconfirmBy } from './amendment.js';
import type { CorrectedLine, StandingLine } from './compare-readings.js';
import { planCorrection } from './plan-correction.js';

const words = {
  unit: 'm2',
  nature: null,
  total: null,
  variant: false,
  zone: null,
  section: [],
  unitPrice: '8.00',
};
const standing = (id: string, packageId: string, label: string, quantity: string): StandingLine => ({
  ...words,
  id,
  ref: id,
  label,
  quantity,
  lotId: 'l',
  lotRef: 'L1',
  lotTitle: null,
  home: { packageId },
});
const corrected = (ref: string, label: string, quantity: string, unitPrice = '8.00'): CorrectedLine => ({
  ...words,
  ref,
  label,
  quantity,
  unitPrice,
  lotRef: 'L1',
  lotTitle: null,
  lotIndex: 0,
  lineIndex: 0,
});

describe('what a corrected document changes in a package', () => {
  it('says which lines are new, gone or other, each in its package, and no prices', () => {
    const before = [
      standing('1', 'paint', 'Peinture des murs', '1200'),
      standing('2', 'paint', 'Peinture des plafonds', '400'),
      standing('3', 'tiles', 'Carrelage de sol', '300'),
    ];
    const after = [
      corrected('1', 'Peinture des murs', '1300'),
      corrected('3', 'Carrelage de sol', '300', '9.00'),
    ];
    const packages = [
      { id: 'paint', ref: 'P', lotRef: 'L1' },
      { id: 'tiles', ref: 'T', lotRef: 'L1' },
    ];
    const found = differencesByPackage(planCorrection(before, after, [], packages));
    expect(found.get('paint')).toMatchObject([
      { kind: 'removed', label: 'Peinture des plafonds' },
      {
        kind: 'changed',
        label: 'Peinture des murs',
        fields: [{ field: 'quantity', before: '1200', after: '1300' }],
      },
    ]);
    // Another price asks to confirm, too; what it is stays the contractor's.
    expect(found.get('tiles')).toEqual([]);
    expect(JSON.stringify([...found])).not.toMatch(/unitPrice|total|9\.00/);
  });

  it('leaves seven days to confirm, and never more than the deadline', () => {
    const now = new Date('2026-12-01T10:00:00Z');
    const [soon, far] = [new Date('2026-12-03T11:00:00Z'), new Date('2026-12-20T11:00:00Z')];
    expect(reconfirmBy(far, now)).toEqual(new Date('2026-12-08T10:00:00Z'));
    expect([reconfirmBy(soon, now), reconfirmBy(null, now)]).toEqual([
      soon,
      new Date('2026-12-08T10:00:00Z'),
    ]);
    expect([soon, far, null].map((deadline) => isLateToAmend(deadline, now))).toEqual([true, false, false]);
  });
});

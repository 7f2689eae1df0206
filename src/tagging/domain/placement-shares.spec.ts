import { loadTagModel } from '../files/load-model.js';
import { analyse } from './analyse.js';
import { placementShares } from './placement-shares.js';
import type { CpvCandidate } from './tag.js';

const model = loadTagModel();

/** Buyers give every lot of a school the code of the school. */
const SCHOOL: readonly CpvCandidate[] = [{ code: '45214200', confidence: 0.95, evidence: [] }];

function sharesOf(text: string): readonly number[] {
  return placementShares(model, analyse(model, { lang: 'fr', text }), SCHOOL);
}

describe('how far the words overrule the code', () => {
  it('lets the name of the lot decide against the code of the building', () => {
    const [yes, part] = sharesOf("Construction d'une école. Lot 8 : cloisons, faux plafonds et peinture");
    expect(yes).toBeGreaterThan(part as number);
    const [ofLift, , noLift] = sharesOf("Construction d'une école. Lot 9 : ascenseur");
    expect(noLift).toBeGreaterThan(ofLift as number);
  });

  it('reads the trades of the whole where no lot is named', () => {
    const [yes, part] = sharesOf("Construction d'une école, avec cloisons et peinture");
    expect(part).toBeGreaterThan(yes as number);
  });

  it('gives shares of one', () => {
    for (const text of ['Lot 2 peinture', 'Construction', '12', 'Lot 1 : gros œuvre'])
      expect(sharesOf(text).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });
});

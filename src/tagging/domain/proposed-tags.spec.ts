import { proposedTags } from './proposed-tags.js';
import type { TagResult } from './tag.js';

const result = (...cpv: readonly (readonly [string, number])[]): TagResult => ({
  lang: 'fr',
  cpv: cpv.map(([code, confidence]) => ({ code, confidence, evidence: [] })),
  accepted: true,
  placeable: {
    label: 'yes',
    confidence: 0.9,
    accepted: true,
    parts: [],
    reasons: ['common_trade'],
    evidence: [],
  },
});

describe('the tags proposed for a package', () => {
  it('take the codes of the document at their word, and leave nothing else to accept without a look', () => {
    const tags = proposedTags(result(['45442100', 0.9], ['45410000', 0.4]), ['45442100']);
    expect(tags.map(({ value, origin, accepted }) => [value, origin, accepted])).toEqual([
      ['45442100', 'document', true],
      ['45410000', 'machine', false],
      ['yes', 'machine', true],
    ]);
  });

  it('accept the first guess of the text alone, and spare the reviewer those that say nothing', () => {
    const tags = proposedTags(result(['45442100', 0.9], ['45410000', 0.2], ['44800000', 0.05]), []);
    expect(tags.map(({ value, accepted }) => [value, accepted])).toEqual([
      ['45442100', true],
      ['45410000', false],
      ['yes', true],
    ]);
  });

  it('keep a single weak guess: it is what the reviewer starts from', () => {
    expect(proposedTags(result(['44800000', 0.05]), []).map(({ value }) => value)).toEqual([
      '44800000',
      'yes',
    ]);
  });
});

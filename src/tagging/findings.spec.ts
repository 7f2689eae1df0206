import type { Tag } from './tag.repository.js';
import { findingsOf } from './findings.js';

function tag(kind: Tag['kind'], value: string, change: Partial<Tag> = {}): Tag {
  return {
    packageId: 'p',
    kind,
    value,
    confidence: 0.5,
    accepted: false,
    evidence: [],
    parts: [],
    reasons: [],
    origin: 'machine',
    rule: null,
    state: 'proposed',
    ...change,
  };
}
const codes = (...tags: Tag[]): string[] => findingsOf(tags).trades.map((trade) => trade.code);

describe('what holds on a package', () => {
  it('is the best guess alone while nobody has decided', () => {
    expect(
      codes(tag('trade', '44800000', { confidence: 0.06 }), tag('trade', '45442100', { confidence: 0.94 })),
    ).toEqual(['45442100']);
  });

  it('is every code the document itself states', () => {
    const stated = { origin: 'document', confidence: 1 } as const;
    expect(
      codes(tag('trade', '45112700', stated), tag('trade', '45262690', stated), tag('trade', '44800000')),
    ).toEqual(['45112700', '45262690']);
  });

  it('is what a person confirmed, whatever the machine thinks', () => {
    const tags = [
      tag('trade', '45442100', { accepted: true, confidence: 0.9 }),
      tag('trade', '45430000', { state: 'confirmed' }),
    ];
    expect(codes(...tags)).toEqual(['45430000']);
  });

  it('never is what a person rejected', () => {
    const { trades, placeable } = findingsOf([
      tag('trade', '45442100', { state: 'rejected' }),
      tag('placeable', 'yes', { state: 'rejected' }),
    ]);
    expect([trades, placeable]).toEqual([[], null]);
  });

  it('is to be reviewed until both verdict and trade are sure or confirmed', () => {
    const verdict = tag('placeable', 'yes', { accepted: true });
    expect(findingsOf([verdict, tag('trade', '45442100')]).toReview).toBe(true);
    expect(findingsOf([verdict, tag('trade', '45442100', { accepted: true })]).toReview).toBe(false);
    expect(findingsOf([verdict]).toReview).toBe(true);
  });
});

import { compareVersions, type RuleVersion } from './index.js';

const limit: RuleVersion = {
  id: 'v1',
  set: 'threshold',
  key: 'WORKS',
  valid: { from: '2026-01-01', until: '2028-01-01' },
  citation: { fr: 'Règlement', nl: 'Verordening' },
  confidence: 'sourced',
  body: { amount: '5404000', cpv: ['45000000'] },
} as unknown as RuleVersion;

describe('what changes between two versions of a rule', () => {
  it('is told field by field, in the order of their names', () => {
    const next = {
      ...limit,
      id: 'v2',
      valid: { from: '2026-01-01', until: null },
      citation: { fr: 'Règlement', nl: 'Nieuwe verordening' },
      body: { amount: '5500000', cpv: ['45000000'], note: 'x' },
    } as unknown as RuleVersion;
    expect(compareVersions(limit, next)).toEqual([
      { field: 'amount', before: '5404000', after: '5500000' },
      { field: 'citation.nl', before: 'Verordening', after: 'Nieuwe verordening' },
      { field: 'note', before: undefined, after: 'x' },
      { field: 'until', before: '2028-01-01', after: null },
    ]);
    expect(compareVersions(next, limit).map(({ field }) => field)).toEqual([
      'amount',
      'citation.nl',
      'note',
      'until',
    ]);
  });

  it('is nothing between a version and its like, and everything from nothing', () => {
    expect(compareVersions(limit, { ...limit, id: 'v2' })).toEqual([]);
    expect(compareVersions(null, null)).toEqual([]);
    expect(compareVersions(null, limit).map(({ field }) => field)).toEqual([
      'amount',
      'citation.fr',
      'citation.nl',
      'confidence',
      'cpv',
      'from',
      'until',
    ]);
  });
});

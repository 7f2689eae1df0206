import { rulesFromFiles } from '../rule-files.js';
import { noticeProblems, type ClauseFacts } from './index.js';

const rules = rulesFromFiles();
const codes = (facts: Partial<ClauseFacts>, reserved: string | null = null): string[] =>
  noticeProblems(rules, { date: '2026-05-12', buyer: 'public', ...facts }, reserved).map((one) => one.code);

describe('rules of the European notice', () => {
  it.each<[Partial<ClauseFacts>, string | null, string[]]>([
    [{ nature: 'works', cpv: '45450000' }, null, []],
    [{ nature: 'works', cpv: '77310000' }, null, ['notice.cpv.not-works']],
    [{ nature: 'services', cpv: '77310000' }, null, []],
    [{ nature: 'services', cpv: '45450000' }, null, ['notice.cpv.not-services']],
    [{ nature: 'services', cpv: '48000000' }, null, ['notice.cpv.not-services']],
    [{ nature: 'services', cpv: '49000000' }, null, []],
    [{ nature: 'supplies', cpv: '44200000' }, null, []],
    [{ nature: 'services', cpv: '85312510', years: 3 }, 'res-pub-ser', []],
    [{ nature: 'services', cpv: '85312510', years: 3.1 }, 'res-pub-ser', ['notice.duration.too-long']],
    [{ nature: 'services', cpv: '80530000', years: 1 }, 'res-pub-ser', ['notice.cpv.not-social']],
    [{ nature: 'services', cpv: '80530000', years: 9 }, 'res-ws', []],
  ])('%j reserved %s: %j', (facts, reserved, expected) => {
    expect(codes(facts, reserved)).toEqual(expected);
  });

  it('says what it found, what is expected, and where, as a warning', () => {
    const warned = (facts: Partial<ClauseFacts>, reserved: string | null = null): unknown =>
      noticeProblems(rules, { date: '2026-05-12', buyer: 'public', ...facts }, reserved);
    const warning = (code: string, pointer: string, found: string, expected: string): object => ({
      code,
      severity: 'warning',
      place: { pointer },
      found,
      expected,
    });
    expect(warned({ nature: 'works', cpv: '77310000' })).toEqual([
      warning('notice.cpv.not-works', '/cpv', '77310000', '45...'),
    ]);
    expect(warned({ nature: 'services', cpv: '45450000' })).toEqual([
      warning('notice.cpv.not-services', '/cpv', '45450000', '49..., 5... - 9...'),
    ]);
    const list = rules.cpvLists.get('ART77')![0]!.citation.fr;
    expect(warned({ nature: 'services', cpv: '80530000', years: 4 }, 'res-pub-ser')).toEqual([
      warning('notice.cpv.not-social', '/cpv', '80530000', list),
      warning('notice.duration.too-long', '/years', '4', '<= 3'),
    ]);
    expect(warned({ nature: 'services' }, 'res-pub-ser')).toEqual([]);
    expect(warned({ nature: 'works', cpv: '34500000' })).toHaveLength(1);
    const bare = { ...rules, bases: new Map(), cpvLists: new Map() };
    expect(
      noticeProblems(bare, { date: '2026-05-12', buyer: 'public', cpv: '80530000', years: 9 }, 'res-pub-ser'),
    ).toEqual([]);
  });
});

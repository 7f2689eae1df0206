import type { Problem } from '../kernel/index.js';
import { expiringSoon, type RuleVersion } from './domain/index.js';
import { readRules, ruleFiles, rulesFromFiles, RulesRefused, toRules } from './rule-files.js';

const versions = readRules(ruleFiles()) as RuleVersion[];
const rules = rulesFromFiles();

/** Problems after one text of one file was replaced, and the line on which the replacement stands. */
function refused(name: string, from: string, to: string): { problems: Problem[]; line: number } {
  const files = ruleFiles();
  const file = files.find((one) => one.name === name)!;
  const at = file.text.indexOf(from);
  expect(at).toBeGreaterThan(-1);
  const read = readRules(
    files.map((one) => (one === file ? { name, text: one.text.replace(from, to) } : one)),
  );
  return {
    problems: Array.isArray(read) ? [] : read.problems,
    line: file.text.slice(0, at).split('\n').length,
  };
}

function expiring(on: string): string[] {
  return expiringSoon(rules, on, 400).map((version) => version.key);
}

describe('the rule files', () => {
  it('hold the 115 codes of the Art. 77 route, and no neighbour of theirs', () => {
    const codes = rules.cpvLists.get('ART77')![0]!.codes;
    const outside85 =
      `75121000 75122000 75123000 79622000 79624000 79625000 80110000 80300000 80420000 80430000
      80511000 80520000 80590000 92500000 92600000 98133000 98133110`.split(/\s+/);
    const inside85 = [...rules.knownCpv].filter((code) => code >= '85000000' && code <= '85323000');
    expect([...codes].sort()).toEqual([...outside85, ...inside85].sort());
    expect(codes.size).toBe(115);
    expect(codes.has('80530000')).toBe(false);
    expect(codes.has('85312510')).toBe(true);
  });

  it.each([
    [
      'acts/be-2016-06-17.yaml',
      'nl: Wet van 17 juni 2016 inzake overheidsopdrachten, art. 15',
      'nl: ""',
      'rules.citation.missing',
    ],
    [
      'acts/be-2016-06-17.yaml',
      'instruments: [RESERVE_ACCESS',
      'instruments: [RESERVE_ALL',
      'rules.value.unknown',
    ],
    ['acts/be-2016-06-17.yaml', 'groups: [SHELTERED30', 'groups: [SHELTERED31', 'rules.value.unknown'],
    ['acts/be-2016-06-17.yaml', 'confidence: sourced', 'confidence: sure', 'rules.confidence.unknown'],
    ['acts/be-2016-06-17.yaml', 'from: 2017-06-30', 'from: 2017-06-31', 'rules.day.unreadable'],
    ['acts/be-2016-06-17.yaml', 'source: [S02, S03]', 'source: []', 'rules.source.missing'],
    ['acts/be-2016-06-17.yaml', 'set: basis', 'set: bases', 'rules.set.unknown'],
    ['acts/be-2006-06-15.yaml', 'until: 2017-06-30', 'until: 2013-07-01', 'rules.validity.empty'],
    ['acts/wal-slsp.yaml', 'key: WAL-SLSP', 'key: WAL PNRR', 'rules.key.unreadable'],
    ['acts/wal-slsp.yaml', 'duty: subsidy-condition', 'dutty: subsidy-condition', 'rules.field.unknown'],
    ['acts/wal-slsp.yaml', 'buyers: [public,', 'buyers: [publics,', 'rules.value.unknown'],
    ['tables/kinds.yaml', 'max_years: [2, 4, null]', 'max_years: [0, 4, null]', 'rules.value.unknown'],
    ['tables/kinds.yaml', 'b2b_market: false', 'b2b_market: no way', 'rules.value.unknown'],
    ['tables/kinds.yaml', "report_due: '07-15'", "report_due: '07-32'", 'rules.value.unknown'],
    ['acts/wal-circ-2013-11-28.yaml', 'above: 1500000', 'above: 0', 'rules.value.unknown'],
    ['acts/wal-circ-2013-11-28.yaml', 'above: 1500000', 'abov: 1500000', 'rules.value.unknown'],
    ['acts/fed-circ-2014-05-16.yaml', "vat_rate: '0.21'", 'vat_rate: 0.21', 'rules.value.unknown'],
    ['tables/kinds.yaml', 'successor: FED_SC_ES', 'successor: FED_XX', 'rules.value.unknown'],
    ['tables/cpv-lists.yaml', 'codes_expected: 115', 'codes_expected: 116', 'rules.list.length'],
    [
      'tables/eligibility.yaml',
      'BE-2016-15: { answer: C, needs: [ratio30, main-aim] }',
      'BE-2016-15: { answer: X }',
      'rules.value.unknown',
    ],
    ['tables/eligibility.yaml', '      WAL_TRAIN: { answer: N }\n', '', 'rules.matrix.incomplete'],
    ['tables/regimes.yaml', 'until: 2003-04-27', 'until: 2003-04-26', 'rules.regime.gap'],
  ])('%s with "%s" as "%s" is refused at its line', (name, from, to, code) => {
    const { problems, line } = refused(name, from, to);
    const found = problems.find((problem) => problem.code === code);
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(found?.params?.['file']).toBe(code === 'rules.matrix.incomplete' ? 'tables/kinds.yaml' : name);
    // A citation is said at its first line, a gap at the rule after it, a kind left out of the matrix at the kind.
    const at = (found?.place as { line: number } | undefined)?.line ?? 0;
    const elsewhere = ['rules.regime.gap', 'rules.matrix.incomplete'].includes(code);
    expect(elsewhere || Math.abs(at - line) <= 2).toBe(true);
  });

  it('refuses what overlaps, at the line of the later one', () => {
    const { problems } = refused('tables/thresholds.yaml', 'from: 2006-01-01', 'from: 2005-12-31');
    expect(problems.map((problem) => problem.code)).toEqual(Array(4).fill('rules.validity.overlap'));
  });

  it('refuses text that is no YAML, and a file without rules', () => {
    expect(() => rulesFromFiles([{ name: 'acts/x.yaml', text: 'rules: [' }])).toThrow(RulesRefused);
    expect(readRules([{ name: 'acts/x.yaml', text: 'act: none' }])).toMatchObject({
      problems: [{ code: 'rules.file.empty', params: { file: 'acts/x.yaml' } }],
    });
  });

  it('are the same law in any order', () => {
    expect(toRules([...versions].reverse())).toEqual(rules);
  });

  it('tell which thresholds nobody has entered yet', () => {
    expect(expiring('2026-11-26')).not.toContain('WORKS');
    expect(expiring('2026-11-27')).toEqual(
      expect.arrayContaining(['WORKS', 'CENTRAL', 'SUBCENTRAL', 'UTILITIES', 'SOCIAL', 'SOCIAL-UTILITIES']),
    );
    // A period that another one follows is no alarm.
    expect(expiring('2024-12-01')).not.toContain('WORKS');
  });
});

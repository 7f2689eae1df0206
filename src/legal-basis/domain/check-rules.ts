import { isDay, type DayRange, type Problem } from '../../kernel/index.js';
import { checkBody, COLUMNS } from './check-bodies.js';
import { CONFIDENCES, REGIMES } from './facts.js';
import { overlaps } from './in-force.js';
import { ruleProblem } from './rule-problem.js';
import { RULE_SETS, type RuleEntry } from './rules.js';

/**
 * What is wrong with a set of rules as read from their files, each problem with its file (`params.file`) and
 * line. An empty answer is the condition for them to become the law of the service.
 */
export function checkRules(entries: readonly RuleEntry[]): Problem[] {
  const kinds = new Set(entries.flatMap((entry) => (entry.set === 'kind' ? [String(entry.key)] : [])));
  return [
    ...entries.flatMap((entry) => [...checkFrame(entry), ...checkBody(entry, kinds)]),
    ...checkOverlaps(entries),
    ...checkWhole(entries),
    ...checkMatrix(entries, kinds),
  ];
}

function checkFrame(entry: RuleEntry): Problem[] {
  const problems: Problem[] = [];
  const add = (code: string, field: string, found: unknown, expected: string): void => {
    problems.push(ruleProblem(entry, code, field, found, expected));
  };
  if (!(RULE_SETS as readonly unknown[]).includes(entry.set))
    add('set.unknown', 'set', entry.set, RULE_SETS.join(', '));
  if (typeof entry.key !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9_:-]*$/.test(entry.key))
    add('key.unreadable', 'key', entry.key, 'letters, digits, : - and _');
  for (const field of ['from', 'until'] as const)
    if (!isDayOrOpen(entry[field]))
      add('day.unreadable', field, entry[field], 'YYYY-MM-DD, or null for open');
  if (isDay(entry.from) && isDay(entry.until) && entry.from >= entry.until)
    add('validity.empty', 'until', entry.until, `a day after ${entry.from}`);
  const citation = entry.citation as { fr?: unknown; nl?: unknown } | null | undefined;
  for (const language of ['fr', 'nl'] as const)
    if (typeof citation?.[language] !== 'string' || citation[language].trim() === '')
      add('citation.missing', 'citation', citation, 'the text in fr and in nl');
  if (!(CONFIDENCES as readonly unknown[]).includes(entry.confidence))
    add('confidence.unknown', 'confidence', entry.confidence, CONFIDENCES.join(', '));
  const source = entry.body['source'];
  if (!Array.isArray(source) || source.length === 0)
    add('source.missing', 'source', source, 'at least one mark of the list of sources');
  return problems;
}

function isDayOrOpen(day: unknown): boolean {
  return day === null || isDay(day);
}

function validity(entry: RuleEntry): DayRange | null {
  return isDayOrOpen(entry.from) && isDayOrOpen(entry.until)
    ? { from: entry.from as string | null, until: entry.until as string | null }
    : null;
}

function byRule(entries: readonly RuleEntry[]): Map<string, RuleEntry[]> {
  const groups = new Map<string, RuleEntry[]>();
  for (const entry of entries) {
    const name = `${String(entry.set)} ${String(entry.key)}`;
    groups.set(name, [...(groups.get(name) ?? []), entry]);
  }
  return groups;
}

function checkOverlaps(entries: readonly RuleEntry[]): Problem[] {
  return [...byRule(entries).values()].flatMap((versions) =>
    versions.flatMap((entry, index) => {
      const range = validity(entry);
      const other = versions.slice(0, index).find((earlier) => {
        const earlierRange = validity(earlier);
        return range !== null && earlierRange !== null && overlaps(range, earlierRange);
      });
      return other
        ? [
            ruleProblem(
              entry,
              'validity.overlap',
              'from',
              `${String(entry.key)} ${range?.from ?? '...'} / ${range?.until ?? '...'}`,
              `no day in common with ${other.file}:${other.line}`,
            ),
          ]
        : [];
    }),
  );
}

/** What no single rule can show: one scope, and a regime for every day. */
function checkWhole(entries: readonly RuleEntry[]): Problem[] {
  const whole = { file: 'all files', line: 1, lines: {} };
  const scopes = entries.filter((entry) => entry.set === 'scope');
  const problems =
    scopes.length === 1 ? [] : [ruleProblem(whole, 'scope.not-one', null, scopes.length, 'one scope')];
  const regimes = entries
    .filter((entry) => entry.set === 'regime')
    .sort((a, b) => (String(a.from ?? '') < String(b.from ?? '') ? -1 : 1));
  regimes.forEach((entry, index) => {
    const expected = index === 0 ? null : regimes[index - 1]!.until;
    if (entry.from !== expected)
      problems.push(
        ruleProblem(entry, 'regime.gap', 'from', entry.from, String(expected ?? 'null: the first is open')),
      );
  });
  if (regimes.length === 0 || regimes.at(-1)!.until !== null)
    problems.push(ruleProblem(regimes.at(-1) ?? whole, 'regime.gap', 'until', null, REGIMES.join(', ')));
  return problems;
}

/** Every kind says something in every column: silence would be read as a no. */
function checkMatrix(entries: readonly RuleEntry[], kinds: ReadonlySet<string>): Problem[] {
  const said = new Set(entries.flatMap((entry) => (entry.set === 'eligibility' ? [String(entry.key)] : [])));
  return entries.flatMap((entry) => {
    const kind = String(entry.key);
    if (entry.set !== 'kind' || !kinds.has(kind)) return [];
    const silent = COLUMNS.filter((column) => !said.has(`${kind}:${column}`));
    return silent.length > 0
      ? [
          ruleProblem(
            entry,
            'matrix.incomplete',
            'key',
            kind,
            silent.map((column) => `${kind}:${column}`).join(', '),
          ),
        ]
      : [];
  });
}

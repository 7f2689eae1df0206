import type { Problem } from '../../kernel/index.js';
import type { RuleEntry } from './rules.js';

/** A problem of one rule, at the line of the field when it has one. */
export function ruleProblem(
  entry: Pick<RuleEntry, 'file' | 'line' | 'lines'>,
  code: string,
  field: string | null,
  found: unknown,
  expected: string,
): Problem {
  return {
    code: `rules.${code}`,
    severity: 'error',
    place: { line: (field === null ? undefined : entry.lines[field]) ?? entry.line },
    found: found === undefined || found === null ? null : shown(found),
    expected,
    params: { file: entry.file, field: field ?? '' },
  };
}

function shown(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 120);
}

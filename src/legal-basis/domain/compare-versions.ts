import type { RuleVersion } from './rules.js';

/** What one version says of a field and another does not. `undefined` where it is absent. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What changes between two versions of one rule, field by field, in the order of their names. */
export function compareVersions(before: RuleVersion | null, after: RuleVersion | null): FieldChange[] {
  const [old, next] = [flat(before), flat(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(next)])]
    .sort()
    .filter((field) => JSON.stringify(old[field]) !== JSON.stringify(next[field]))
    .map((field) => ({ field, before: old[field], after: next[field] }));
}

function flat(version: RuleVersion | null): Record<string, unknown> {
  if (version === null) return {};
  const { valid, citation, confidence, body } = version;
  return {
    ...body,
    from: valid.from,
    until: valid.until,
    confidence,
    'citation.fr': citation.fr,
    'citation.nl': citation.nl,
  };
}

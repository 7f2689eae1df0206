import { addDays, type Day } from '../../kernel/index.js';
import type { LegalRules, RuleVersion } from './rules.js';

/**
 * Versions that end soon without another one taking over: the law that somebody must enter.
 * @param withinDays counted from `on`; a version whose last day is that far is told
 */
export function expiringSoon(rules: LegalRules, on: Day, withinDays: number): RuleVersion[] {
  const horizon = addDays(on, withinDays);
  const starts = new Set(
    rules.versions.map((version) => `${version.set} ${version.key} ${version.valid.from}`),
  );
  return rules.versions.filter(({ set, key, valid }) => {
    const ends = valid.until !== null && valid.until > on && valid.until <= horizon;
    return ends && !starts.has(`${set} ${key} ${valid.until}`);
  });
}

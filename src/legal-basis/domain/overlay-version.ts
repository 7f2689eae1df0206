import type { Day, DayRange } from '../../kernel/index.js';
import { overlaps } from './in-force.js';
import type { RuleVersion } from './rules.js';

/** A version as it says what it says, without the identity that follows from that. */
export type UnidentifiedVersion = Omit<RuleVersion, 'id'>;

/**
 * The law once a version is held for true: where it shares days with others of its rule it takes their place, on the
 * days it does not reach they stay. All other rules are untouched.
 * @param identify gives a version the identity that follows from its content
 */
export function overlayVersion(
  versions: readonly RuleVersion[],
  added: RuleVersion,
  identify: (version: UnidentifiedVersion) => RuleVersion,
): RuleVersion[] {
  const kept = versions.flatMap((version) => {
    if (!isSameRule(version, added) || !overlaps(version.valid, added.valid)) return [version];
    return daysLeft(version.valid, added.valid).map((valid) => identify({ ...version, valid }));
  });
  return [...kept, added];
}

export function isSameRule(
  a: Pick<RuleVersion, 'set' | 'key'>,
  b: Pick<RuleVersion, 'set' | 'key'>,
): boolean {
  return a.set === b.set && a.key === b.key;
}

/** Half-open days of one range outside another that it overlaps. */
function daysLeft(of: DayRange, by: DayRange): DayRange[] {
  const left: DayRange[] = [];
  if (by.from !== null && (of.from === null || of.from < by.from))
    left.push({ from: of.from, until: by.from });
  if (by.until !== null && isLater(of.until, by.until)) left.push({ from: by.until, until: of.until });
  return left;
}

function isLater(end: Day | null, than: Day): boolean {
  return end === null || end > than;
}

import type { Match } from './match-enterprises.js';

/** What a stored verdict and a fresh one are compared by; the rank is where it stands among others, not what it says. */
export type Decision = Pick<
  Match,
  'enterpriseId' | 'verdict' | 'score' | 'criteria' | 'changes' | 'distanceKm' | 'basis'
> & { readonly packageVersion: number; readonly enterpriseVersionId: string; readonly rulesVersion: string };

export interface DecisionChange<Stored, Fresh> {
  readonly added: readonly Fresh[];
  /** Said again in other words or on other versions; the old one is closed. */
  readonly changed: readonly { readonly before: Stored; readonly after: Fresh }[];
  readonly withdrawn: readonly Stored[];
  readonly unchanged: readonly { readonly stored: Stored; readonly fresh: Fresh }[];
}

/** What JSON would say of both is the same, for texts, finite numbers, lists and plain objects of them. Key order of what went through the database is not that of the code. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [stated(a), stated(b)];
  const other = new Map(right);
  return (
    left.length === right.length &&
    left.every(([key, value]) => other.has(key) && isSame(value, other.get(key)))
  );
}

function stated(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, part]) => part !== undefined);
}

const COMPARED = [
  'verdict',
  'score',
  'criteria',
  'changes',
  'distanceKm',
  'basis',
  'packageVersion',
  'enterpriseVersionId',
  'rulesVersion',
] as const satisfies readonly (keyof Decision)[];

/** The parts in which two decisions on one pair differ; none when they say the same on the same versions. */
export function differences(a: Decision, b: Decision): readonly string[] {
  return COMPARED.filter((part) => !isSame(a[part], b[part]));
}

/** What has to be written so that the fresh decisions stand; deciding the same again writes nothing. */
export function compareDecisions<Stored extends Decision, Fresh extends Decision>(
  stored: readonly Stored[],
  fresh: readonly Fresh[],
): DecisionChange<Stored, Fresh> {
  const before = new Map(stored.map((one) => [one.enterpriseId, one]));
  const after = new Map(fresh.map((one) => [one.enterpriseId, one]));
  const both = fresh.flatMap((one) => {
    const old = before.get(one.enterpriseId);
    return old ? [{ before: old, after: one }] : [];
  });
  const saysTheSame = (pair: { before: Stored; after: Fresh }): boolean =>
    differences(pair.before, pair.after).length === 0;
  return {
    added: fresh.filter((one) => !before.has(one.enterpriseId)),
    changed: both.filter((pair) => !saysTheSame(pair)),
    withdrawn: stored.filter((one) => !after.has(one.enterpriseId)),
    unchanged: both.filter(saysTheSame).map((pair) => ({ stored: pair.before, fresh: pair.after })),
  };
}

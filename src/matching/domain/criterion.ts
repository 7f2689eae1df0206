import type { Day } from '../../kernel/index.js';
import type { Enterprise, Geography, Point, Site } from '../../registry/domain/index.js';
import type { LawOfPackage } from './law-of-package.js';
import type { PackageToMatch } from './package-to-match.js';
import type { Engagement } from './standing.js';
import type { Weights } from './weights.js';

/** In the order in which they are shown. */
export const CRITERIA = [
  'trade',
  'mode',
  'zone',
  'kind',
  'legal',
  'approval',
  'capacity',
  'dates',
  'credentials',
  'contact',
] as const;
export type CriterionKey = (typeof CRITERIA)[number];

export type ChangeableBy = 'enterprise' | 'contractor' | 'nobody';

/** A reason as a code with its parameters: `criterion.<code>` in the message catalogue. */
export interface Because {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** One criterion on one package and one enterprise, the same object in API, mail and screen. */
export interface Criterion {
  readonly key: CriterionKey;
  /** `unknown` is shown as such and ranked lower: it never becomes a silent pass or fail. */
  readonly result: 'pass' | 'fail' | 'unknown';
  /** `part`: it holds for some of the sites, the trades or the quantity. */
  readonly extent: 'full' | 'part';
  readonly required: string;
  readonly actual: string;
  /** Its code begins with the key. */
  readonly because: Because & { readonly code: `${CriterionKey}.${string}` };
  readonly changeableBy: ChangeableBy;
  /** What a person should know, though it decides nothing; left out when there is nothing. */
  readonly warning?: Because;
}

/** A package ready to be put to any number of enterprises: what can be worked out once is. */
export interface MatchQuestion {
  readonly package: PackageToMatch;
  readonly sites: readonly Site[];
  readonly law: LawOfPackage;
  readonly geography: Geography;
  readonly on: Day;
  /** What is ranked by. */
  readonly weights: Weights;
  /** The organisation that asks; null where it is not known. */
  readonly contractor: string | null;
}

/** An enterprise with what the criteria read more than once. */
export interface Candidate {
  readonly enterprise: Enterprise;
  readonly point: Point | null;
  readonly homeKey: string | null;
  /** To the nearest point of the nearest site; null when either is not located. */
  readonly distanceKm: number | null;
  /** Work it has already taken on. */
  readonly engagements: readonly Engagement[];
}

/** Shorthand of the criteria files. */
export function criterion(
  key: CriterionKey,
  result: Criterion['result'],
  code: string,
  say: {
    readonly required: string;
    readonly actual: string;
    readonly params?: Because['params'];
    readonly changeableBy?: ChangeableBy;
    readonly extent?: Criterion['extent'];
  },
): Criterion {
  return {
    key,
    result,
    extent: say.extent ?? 'full',
    required: say.required,
    actual: say.actual,
    because: { code: `${key}.${code}`, params: say.params ?? {} },
    changeableBy: say.changeableBy ?? 'enterprise',
  };
}

import type { Day } from '../kernel/index.js';
import type { ClauseFacts } from '../legal-basis/index.js';
import type { RegisteredEnterprise } from '../registry/index.js';
import type {
  Criterion,
  Evaluation,
  Match,
  MatchVerdict,
  PackageToMatch,
  ScoreParts,
  SmallestChange,
  Standing,
  Team,
} from './domain/index.js';
import type { StoredMatch } from './match.repository.js';

/** An enterprise with what is known of it beside its profile. */
export interface KnownEnterprise extends RegisteredEnterprise {
  readonly standing: Standing;
}

/** A package with whose it is and what its clause was decided on. */
export interface OpenPackage {
  readonly package: PackageToMatch;
  readonly tenderId: string;
  /** The contractor. */
  readonly organisationId: string;
  readonly version: number;
  readonly facts: ClauseFacts | null;
  /** Enterprises that hear of it whoever ranks before them, if they fit; left out where all who fit hear. */
  readonly invited?: readonly string[];
}

export interface MatchingRun {
  readonly packages: readonly OpenPackage[];
  /** The day to decide on. */
  readonly on: Day;
  /** Replays with what was known then; now without one. */
  readonly knownAt?: Date | null;
}

/** A run of which the decisions are kept. */
export interface KeptRun extends MatchingRun {
  /** How many of the best of each package are kept; those of the first round when left out. */
  readonly best?: number;
}

export interface MatchingOutcome {
  /** Pairs that had no standing verdict. */
  readonly added: readonly StoredMatch[];
  /** Pairs whose verdict or reasons are other than before. */
  readonly changed: readonly { readonly before: StoredMatch; readonly after: StoredMatch }[];
  readonly withdrawn: readonly StoredMatch[];
  readonly unchanged: number;
}

/** One pair, matched or not, criterion by criterion. */
export interface Explanation {
  readonly packageId: string;
  readonly enterpriseId: string;
  readonly verdict: MatchVerdict | 'none';
  readonly criteria: readonly Criterion[];
  readonly changes: readonly SmallestChange[];
  readonly distanceKm: number | null;
  /** What its score is or would be made of. */
  readonly parts: ScoreParts;
  readonly basis: string;
  readonly lawAsOf: Day;
}

/** What was decided on one package, before anything is stored. */
export interface PackageDecision {
  readonly open: OpenPackage;
  readonly matches: readonly Match[];
  readonly teams: readonly Team[];
  readonly candidates: ReadonlyMap<string, KnownEnterprise>;
  readonly evaluations: readonly Evaluation[];
}

import type { Day, Decimal } from '../../kernel/index.js';

/** What an enterprise says to a package: it does all of it, a part, wants a team, or does not want it. */
export const ANSWER_KINDS = ['full', 'part', 'team', 'no'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

/** Why not; a list, so that figures can say why opportunities are lost. */
export const REFUSAL_REASONS = [
  'no-capacity',
  'not-our-trade',
  'too-far',
  'dates',
  'too-large',
  'too-small',
  'approval',
  'price-risk',
  'other',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export interface AnswerGiven {
  readonly kind: AnswerKind;
  /** With `no` only. */
  readonly reason: RefusalReason | null;
  /** What part of the work, in the enterprise's own words; with `part` only. */
  readonly part: string | null;
  /** Ids of the lines of the bill it does; with `part` only, empty where the part is told in words alone. */
  readonly lines: readonly string[];
  /** To the contractor's questions, in their order; an empty text where none was needed. */
  readonly replies: readonly string[];
  readonly message: string | null;
  /** When the work can be done; null where nothing is said. Never with `no`, like what follows. */
  readonly startsOn: Day | null;
  readonly endsOn: Day | null;
  readonly conditions: string | null;
  /** EUR without VAT, for what the answer covers; where the contractor asks for it. */
  readonly price: Decimal | null;
  /** Ids of the files that belong to it; never with `no`. */
  readonly attachments: readonly string[];
}

/** How many files an answer may bring. */
export const ANSWER_FILES_MAX = 5;

/** A file beside an answer, without its content. */
export interface AttachedFile {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** A scanner for malware looked at it. */
  readonly scanned: boolean;
}

/** What an enterprise may offer beside its yes. */
export type AnswerTerms = Pick<AnswerGiven, 'startsOn' | 'endsOn' | 'conditions' | 'price'>;

export const NO_TERMS: AnswerTerms = { startsOn: null, endsOn: null, conditions: null, price: null };

/** What a package asks of whoever answers. */
export interface Asked {
  /** The contractor's own questions, in their order. */
  readonly questions: readonly string[];
  /** Whether a price is asked of whoever does the work or a part of it. */
  readonly price: boolean;
  /** Ids of the lines that can be named as a part. */
  readonly lines: ReadonlySet<string>;
  /** Ids of the files that were brought for it. */
  readonly attachments: ReadonlySet<string>;
}

export interface Answer extends AnswerGiven {
  readonly id: string;
  readonly tenderId: string;
  readonly packageId: string;
  readonly enterpriseId: string;
  readonly enterpriseName: string;
  readonly packageVersion: number;
  /** What was sent with it, for those who may read it. */
  readonly files: readonly AttachedFile[];
  /** The package has changed since: the answer stands and is to be confirmed. */
  readonly isOutdated: boolean;
  readonly answeredAt: Date;
}

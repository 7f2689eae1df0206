import type { Day, Decimal } from '../../kernel/index.js';
import type { Buyer, Confidence, Group, Instrument, Regime } from './facts.js';

/** A reason for a person to look, as a code with its parameters: `clause.ask.<code>` in the catalogue. */
export interface Ask {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A citation in the authentic languages of the text. */
export interface Citation {
  readonly fr: string;
  readonly nl: string;
}

export interface ClauseOption {
  readonly instrument: Instrument;
  readonly basis: string;
  /** Empty for a performance condition: it is open to every bidder. */
  readonly groups: readonly Group[];
  /** What people may call it, in the language asked for. */
  readonly label: string;
  readonly confidence: Confidence;
  /** Key of the label, to say it again in another language. */
  readonly labelKey: string;
  /** Groups that a reading of the basis would add: only a person may use them. */
  readonly uncertainGroups: readonly Group[];
  /** Null when no law is applied: a voluntary term has none. */
  readonly citation: Citation | null;
  /** The basis a voluntary term may say it is modelled on. */
  readonly inspiredBy: string | null;
}

export interface ClauseDuty {
  readonly kind: 'must' | 'motivate' | 'subsidy-condition' | 'inherited';
  readonly basis: string;
  readonly status: 'in-force' | 'pending';
  readonly confidence: Confidence;
  readonly citation: Citation;
}

/** What the law of the day lets this buyer do, and what it obliges it to. */
export interface ClauseAnswer {
  readonly id?: string;
  readonly regime: Regime;
  readonly buyer: Buyer;
  /** Null where no threshold applies, or where a missing fact leaves it open. */
  readonly aboveThreshold: boolean | null;
  readonly threshold: Decimal | null;
  readonly options: readonly ClauseOption[];
  readonly duties: readonly ClauseDuty[];
  /** Sentences in the language asked for; `asks` are the same as codes. */
  readonly askPerson: readonly string[];
  readonly asks: readonly Ask[];
  readonly lawAsOf: Day;
  /** The weakest datum the answer hangs on. */
  readonly confidence: Confidence;
  /** Identities of the rule versions that were applied: a stored decision cites them. */
  readonly versions: readonly string[];
}

export type Verdict = 'eligible' | 'not-eligible' | 'person-decides' | 'pending';

export interface EligibilityReason {
  readonly key: string;
  readonly result: 'pass' | 'fail' | 'unknown';
  readonly required: string;
  readonly actual: string;
  readonly source: string;
}

export interface EligibilityAnswer {
  readonly id?: string;
  readonly verdict: Verdict;
  /** The group it enters by; null when it is not eligible. */
  readonly group: Group | null;
  readonly reasons: readonly EligibilityReason[];
  /** The kind or approval that gave the verdict. */
  readonly kind: string;
  readonly kindStatus: 'in-force' | 'not-yet' | 'lapsed';
  /** Another route on which this enterprise is useful, e.g. `WAL_TRAIN`. */
  readonly suggestion: string | null;
  readonly confidence: Confidence;
  readonly lawAsOf: Day;
  readonly versions: readonly string[];
}

/** Says a key of the message catalogue in one language. */
export type Words = (key: string, params?: Readonly<Record<string, string | number>>) => string;

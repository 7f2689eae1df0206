import type { Cpv, Day, DayRange, Decimal } from '../../kernel/index.js';
import type { Citation } from './answers.js';
import type {
  Buyer,
  Confidence,
  Group,
  Instrument,
  Level,
  Nature,
  Regime,
  Region,
  WorkKind,
} from './facts.js';

export const RULE_SETS = [
  'scope',
  'regime',
  'buyer',
  'basis',
  'threshold',
  'cpv-list',
  'overlay',
  'kind',
  'eligibility',
  'approval-class',
  'gate',
] as const;
export type RuleSet = (typeof RULE_SETS)[number];

/** One version of one rule, as it is written in a file and kept in the register of law. */
export interface RuleVersion {
  /** Follows from the content: the same words for the same days are the same version, wherever read. */
  readonly id: string;
  readonly set: RuleSet;
  readonly key: string;
  readonly valid: DayRange;
  readonly citation: Citation;
  readonly confidence: Confidence;
  readonly body: Readonly<Record<string, unknown>>;
  readonly sourceFile: string;
}

/** A rule as read from its file, before it is checked: nothing in it is trusted yet. */
export interface RuleEntry {
  readonly set: unknown;
  readonly key: unknown;
  readonly from: unknown;
  readonly until: unknown;
  readonly citation: unknown;
  readonly confidence: unknown;
  readonly body: Readonly<Record<string, unknown>>;
  readonly file: string;
  readonly line: number;
  /** Line of each field that has one of its own. */
  readonly lines: Readonly<Record<string, number>>;
}

/** What every rule carries once read. */
export interface Rule {
  readonly versionId: string;
  readonly key: string;
  readonly valid: DayRange;
  readonly citation: Citation;
  readonly confidence: Confidence;
}

export interface BasisRule extends Rule {
  readonly layer: 'BE' | 'EU' | 'CONTRACT';
  readonly instruments: readonly Instrument[];
  readonly groups: readonly Group[];
  readonly uncertainGroups: readonly Group[];
  readonly valueLimit: 'none' | 'below-eu-threshold';
  /** CPV list, nature and longest duration that open the route, where it has any. */
  readonly route: { readonly cpvList: string; readonly nature: Nature; readonly maxYears: number } | null;
  /** Column of the eligibility matrix that says who enters by it; null when nobody enters by it. */
  readonly column: string | null;
  /** A reading that would open a group when the value limit closes the basis of a regime: for a person. */
  readonly uncertainAbove: { readonly regime: Regime; readonly groups: readonly Group[] } | null;
  /** Regime of procurement law in which the basis counts as the one inherited by an executing contractor. */
  readonly inheritedIn: Regime | null;
}

export interface ThresholdRule extends Rule {
  readonly amount: Decimal;
}

/** One way in which a duty applies; an absent condition is no condition. */
export interface OverlayCase {
  readonly levels: readonly Level[] | null;
  readonly natures: readonly Nature[] | null;
  readonly workKinds: readonly WorkKind[] | null;
  /** The value must exceed it. */
  readonly above: Decimal | null;
  /** The value must reach it. */
  readonly from: Decimal | null;
  readonly vatRate: Decimal | null;
  readonly reachesEuThreshold: boolean;
  readonly overDays: number | null;
}

export interface OverlayRule extends Rule {
  /** `guidance` is kept for its citation and obliges nobody. */
  readonly duty: 'must' | 'motivate' | 'subsidy-condition' | 'guidance';
  readonly region: Region | null;
  readonly buyers: readonly Buyer[];
  readonly status: 'in-force' | 'pending';
  readonly cases: readonly OverlayCase[];
  /** Until this day the start itself is uncertain. */
  readonly startUncertainUntil: Day | null;
}

export interface KindRule extends Rule {
  readonly names: { readonly fr: string; readonly nl: string; readonly de: string; readonly en: string };
  readonly authority: string;
  /** Longest validity in years of the first, second ... approval before a fresh proof; null is open. */
  readonly maxYears: readonly (number | null)[];
  /** False when the approval restricts the customers to private persons and small non-profits. */
  readonly b2bMarket: boolean;
  readonly approved: boolean;
  readonly sheltered: boolean;
  readonly reportDue: string | null;
  readonly successor: string | null;
  readonly notes: string;
}

export const EVIDENCES = [
  'art59',
  'ratio30',
  'majority-disabled',
  'main-aim',
  'statutes',
  'equivalence',
  'person',
] as const;
export type Evidence = (typeof EVIDENCES)[number];

export interface EligibilityRule extends Rule {
  readonly kind: string;
  readonly column: string;
  readonly answer: 'Y' | 'C' | 'N' | '?' | '-';
  readonly needs: readonly Evidence[];
  /** An `N` that this evidence, once on file, turns into `C`: "not by that alone". */
  readonly unless: readonly Evidence[];
  readonly why: string | null;
  readonly suggestion: string | null;
}

export interface GateRule extends Rule {
  readonly values: Readonly<Record<string, unknown>>;
}

export interface ClassRule extends Rule {
  /** EUR, VAT excluded; null has no maximum. */
  readonly max: Decimal | null;
}

/** The law as entered: every version over all days, as known at one moment. A value; nothing in it changes. */
export interface LegalRules {
  readonly lawAsOf: Day;
  readonly known: DayRange;
  /** Two values with the same stamp are the same law. */
  readonly stamp: string;
  readonly versions: readonly RuleVersion[];
  readonly regimes: readonly (Rule & { readonly regime: Regime })[];
  readonly buyers: ReadonlyMap<string, Rule & { readonly bound: boolean }>;
  readonly bases: ReadonlyMap<string, readonly BasisRule[]>;
  readonly thresholds: ReadonlyMap<string, readonly ThresholdRule[]>;
  readonly cpvLists: ReadonlyMap<string, readonly (Rule & { readonly codes: ReadonlySet<Cpv> })[]>;
  readonly overlays: ReadonlyMap<string, readonly OverlayRule[]>;
  readonly kinds: ReadonlyMap<string, readonly KindRule[]>;
  readonly eligibility: ReadonlyMap<string, readonly EligibilityRule[]>;
  readonly classes: ReadonlyMap<string, readonly ClassRule[]>;
  readonly gates: ReadonlyMap<string, readonly GateRule[]>;
  /** Codes of the vocabulary, to refuse one that does not exist. */
  readonly knownCpv: ReadonlySet<Cpv>;
}

import type { Cpv, Day, Decimal } from '../../kernel/index.js';

/** Who lets the contract, as the wizard of four questions classifies it (legal basis dossier, 2.1). */
export const BUYERS = [
  'public',
  'public-utility',
  'private',
  'private-captured',
  'private-subsidy',
  'pep',
] as const;
export type Buyer = (typeof BUYERS)[number];

export const LEVELS = ['federal', 'regional', 'local', 'eco-dev-op'] as const;
export type Level = (typeof LEVELS)[number];

export const REGIONS = ['WAL', 'BRU', 'VLA'] as const;
export type Region = (typeof REGIONS)[number];

export const NATURES = ['works', 'services', 'supplies'] as const;
export type Nature = (typeof NATURES)[number];

export const WORK_KINDS = ['building', 'roads-zae'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

export const MAIN_CLAUSES = ['flex', 'training', 'subcontracting', 'none'] as const;
export type MainClause = (typeof MAIN_CLAUSES)[number];

export const INSTRUMENTS = [
  'RESERVE_ACCESS',
  'RESERVE_LOT',
  'RESERVE_EXEC',
  'RESERVE_PUBSVC',
  'EXEC_COND',
  'VOLUNTARY',
  'SUBCON_SHARE',
  'TRAINING',
] as const;
export type Instrument = (typeof INSTRUMENTS)[number];

/** What an instrument asks of the enterprise; who passes is the eligibility matrix's to say. */
export const GROUPS = [
  'ESI59',
  'SHELTERED',
  'SHELTERED30',
  'INTEG30',
  'PUBSVC',
  'CLAUSE_DEFINED',
  'TRAINEES',
  'ANY',
] as const;
export type Group = (typeof GROUPS)[number];

export const REGIMES = ['PRE', 'R1993', 'R2006', 'R2016', 'RCONTRACT'] as const;
export type Regime = (typeof REGIMES)[number];

/** How far a datum may be trusted: only `sourced` decides alone; the two others also ask a person. */
export const CONFIDENCES = ['sourced', 'recalled', 'uncertain'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

type Stated<T> = T | null | undefined;

/**
 * What is known of one contract when its clause options are asked for. `null` and absent both mean "not
 * stated": then nothing is guessed, and what hangs on it is put to a person.
 */
export interface ClauseFacts {
  readonly id?: Stated<string>;
  /** Day of the notice (of the invitation when there is none); for `pep`, of the main contract's notice. */
  readonly date: Day;
  readonly buyer: Buyer;
  readonly level?: Stated<Level>;
  readonly region?: Stated<Region>;
  readonly nature?: Stated<Nature>;
  /** EUR, VAT excluded. */
  readonly value?: Stated<Decimal>;
  readonly cpv?: Stated<Cpv | readonly Cpv[]>;
  readonly workKind?: Stated<WorkKind>;
  /** Calendar days. */
  readonly durationDays?: Stated<number>;
  readonly years?: Stated<number>;
  /** Key of the grant rule whose order pays for the contract. */
  readonly subsidy?: Stated<string>;
  readonly mainClause?: Stated<MainClause>;
  /** Extension: number of the main contract, shown in the label of an inherited share. */
  readonly mainContract?: Stated<string>;
  /** Extension: VAT rate of the contract as a fraction, for the limits that count VAT in. */
  readonly vatRate?: Stated<Decimal>;
}

export interface ApprovalFacts {
  readonly kind: string;
  readonly validFrom?: Stated<Day>;
  /** Last day of validity, inside; `null` is open-ended; absent lets the kind's own maximum run. */
  readonly validUntil?: Stated<Day>;
  /** Extension: first (1), second (2) ... approval of this kind, where the kind's validity depends on it. */
  readonly rank?: Stated<number>;
  /** Extension: the report the kind owes, and when it came in. */
  readonly reportDue?: Stated<Day>;
  readonly reportFiledOn?: Stated<Day>;
}

export interface RatioFacts {
  readonly asOf: Day;
  readonly method: 'fte' | 'heads';
  /** Disabled and disadvantaged workers among all staff, as a fraction. */
  readonly share?: Stated<Decimal>;
  readonly disabledShare?: Stated<Decimal>;
}

/** Extension: what the statutes of a candidate for the Art. 77 route say. */
export interface StatuteFacts {
  readonly publicServiceMission?: Stated<boolean>;
  readonly profitsReinvested?: Stated<boolean>;
  readonly participatoryGovernance?: Stated<boolean>;
  /** Last award to it of the same services by the same route. */
  readonly lastSameAward?: Stated<Day>;
}

/** What the register holds of one enterprise. */
export interface EnterpriseFacts {
  /** A kind of the register; `null` is an ordinary firm. */
  readonly kind: string | null;
  readonly approvals?: Stated<readonly ApprovalFacts[]>;
  readonly ratios?: Stated<readonly RatioFacts[]>;
  readonly mainAimIntegration?: Stated<boolean>;
  /** Recognition under art. 59 of the Act of 26 March 1999. */
  readonly art59?: Stated<{ readonly validFrom?: Stated<Day>; readonly validUntil?: Stated<Day> }>;
  readonly statutes?: Stated<StatuteFacts>;
  /** Extension: a neighbour's kind was shown to meet conditions equivalent to those of the basis. */
  readonly equivalenceShown?: Stated<boolean>;
}

export interface EligibilityQuestion {
  readonly id?: Stated<string>;
  /** A basis of the registry, or `CLAUSE`, `WAL_TRAIN`, `VOL`. */
  readonly basis: string;
  readonly enterprise: EnterpriseFacts;
}

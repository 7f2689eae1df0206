import type { Cpv, Day, Decimal, SiteKey } from '../../kernel/index.js';

/** How an activity is delivered: work done on site, goods sold, or staff lent under the client's orders. */
export const DELIVERY_MODES = ['works-or-service', 'goods', 'staff'] as const;
export type DeliveryMode = (typeof DELIVERY_MODES)[number];

export const ZONE_TYPES = ['country', 'radius', 'areas', 'unset'] as const;
export type ZoneType = (typeof ZONE_TYPES)[number];

/** Where an activity is offered. Whatever it says, the municipality of the enterprise itself is always served. */
export interface Zone {
  readonly type: ZoneType;
  /** Radius in kilometres around the enterprise's location; only for `radius`. */
  readonly km: number | null;
  /** Municipalities, NUTS regions or postal codes; only for `areas`. */
  readonly areas: readonly SiteKey[];
}

/** What an activity can take on. `null` is "not stated", never "none". */
export interface Capacity {
  /** EUR, VAT excluded. */
  readonly minValue: Decimal | null;
  readonly maxValue: Decimal | null;
  readonly hoursPerWeek: number | null;
  /** First day on which work can start. */
  readonly from: Day | null;
  /** Months of the year in which the work is done, 1 to 12 in order; left out or null is "all year". */
  readonly months?: readonly number[] | null;
  /** Takes part of a package that is too large or too spread out. */
  readonly partialScope: boolean;
}

export interface Activity {
  readonly trades: readonly Cpv[];
  readonly modes: readonly DeliveryMode[];
  readonly zone: Zone;
  readonly capacity: Capacity;
}

export const APPROVAL_STATES = ['pending', 'verified', 'withdrawn'] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

/** A recognition of the enterprise under one kind. Both days are inside; `validUntil` null is open-ended. */
export interface Approval {
  readonly kind: string;
  readonly validFrom: Day | null;
  readonly validUntil: Day | null;
  /** Only a verified approval makes eligible. */
  readonly state: ApprovalState;
  readonly authority: string | null;
  readonly reference: string | null;
}

/** Share of disabled and disadvantaged workers among the staff, as declared on a day. */
export interface WorkforceRatio {
  readonly asOf: Day;
  readonly method: 'fte' | 'heads';
  readonly share: Decimal | null;
  readonly disabledShare: Decimal | null;
}

/** A proof that some work asks for: contractor approval by category and class, asbestos technique, safety certificate. */
export interface Credential {
  readonly kind: string;
  readonly category: string | null;
  readonly class: number | null;
  readonly technique: string | null;
  /** Last day of validity, inside; null is open-ended. */
  readonly validUntil: Day | null;
}

export interface Location {
  readonly country: string;
  readonly postalCode: string | null;
  readonly nis: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  /** Street and number, for people; never used to decide. */
  readonly address: string | null;
}

/** An entrepreneur of a coopérative d'emploi: its trades and capacity add to those of the cooperative. */
export interface Member {
  readonly ref: string;
  readonly activities: readonly Activity[];
}

/** What legal eligibility reads beside the kind, the approvals and the ratios. */
export interface StatuteEvidence {
  readonly mainAimIntegration: boolean | null;
  readonly art59: { readonly validFrom: Day | null; readonly validUntil: Day | null } | null;
  readonly statutes: Readonly<Record<string, unknown>> | null;
}

/** A social-economy enterprise as the register holds it, and as one side of a match. */
export interface Enterprise extends StatuteEvidence {
  readonly id: string;
  readonly name: string;
  /** Kind code of the legal basis dossier, 4.2 (`WAL_EI`, `COOP_ACT` ...). */
  readonly kind: string;
  /** False while it takes nothing new. */
  readonly active: boolean;
  /** Of a pause: the day from which it takes work again; without one it ends when somebody says so. */
  readonly resumesOn?: Day | null;
  /** Of a pause: others may still have it in their teams. */
  readonly partnerInPause?: boolean;
  readonly delisted: boolean;
  readonly contactEmail: string | null;
  readonly approvals: readonly Approval[];
  readonly ratios: readonly WorkforceRatio[];
  readonly location: Location;
  readonly activities: readonly Activity[];
  readonly credentials: readonly Credential[];
  readonly openToTeams: boolean;
  readonly members: readonly Member[];
}

/** All that legal eligibility reads of an enterprise. */
export interface LegalTraits extends StatuteEvidence, Pick<Enterprise, 'kind' | 'ratios'> {
  readonly approvals: readonly Pick<Approval, 'kind' | 'validFrom' | 'validUntil' | 'state'>[];
}

/** What is kept on the profile row: all but identity, kind, name and approvals, which have columns of their own. */
export type EnterpriseProfile = Omit<Enterprise, 'id' | 'name' | 'kind' | 'approvals'>;

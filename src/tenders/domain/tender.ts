import type { Day, Decimal, SiteKey } from '../../kernel/index.js';
import type { PackageTerms } from './package-terms.js';
import type { LineKind } from './parsed-tender.js';

export type TenderStatus = 'draft' | 'published' | 'withdrawn';
export type Nature = 'works' | 'services' | 'supplies';
/** Who hears of a tender: those the contractor names, everybody who fits, or anybody at all. */
export const VISIBILITIES = ['invited', 'eligible', 'public'] as const;
export type Visibility = (typeof VISIBILITIES)[number];
/** Most questions a contractor asks with an offer. */
export const QUESTIONS_MAX = 5;
/** Whether an enterprise that fits is to know of a tender at all. */
export function hears(
  { visibility, invited }: Pick<Tender, 'visibility' | 'invited'>,
  enterpriseId: string,
): boolean {
  return visibility !== 'invited' || invited.includes(enterpriseId);
}
export type DeliveryMode = 'works-or-service' | 'goods' | 'staff';

/** Where the work is, as the document says it and as it was resolved; `sites` is what matching reads. */
export interface TenderPlace {
  readonly municipality: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
  readonly nuts: string | null;
  readonly nis: string | null;
  readonly sites: readonly SiteKey[];
}

/** A tender as its contractor works on it. */
export interface Tender {
  readonly id: string;
  readonly organisationId: string;
  readonly importId: string;
  readonly status: TenderStatus;
  readonly version: number;
  readonly title: string;
  readonly description: string | null;
  readonly language: string | null;
  readonly nature: Nature | null;
  readonly noticeDate: Day | null;
  readonly deadline: Date | null;
  readonly value: Decimal | null;
  readonly currency: string | null;
  readonly place: TenderPlace;
  readonly buyer: BuyerChoice | null;
  readonly clause: ClauseChoice | null;
  /** Asked of whoever answers; five at most. */
  readonly questions: readonly string[];
  /** Whether whoever answers says a price. */
  readonly asksPrice: boolean;
  readonly visibility: Visibility;
  /** Enterprises that hear of it when only those invited do. */
  readonly invited: readonly string[];
  readonly publishedAt: Date | null;
  readonly withdrawnAt: Date | null;
}

/** What the contractor answered about the buyer, and the legal facts that follow. */
export interface BuyerChoice {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** The options the law gave on its day, which version of it, and the instrument chosen among them. */
export interface ClauseChoice {
  readonly decidedOn: Day;
  readonly lawKnownAt: string;
  readonly answer: Readonly<Record<string, unknown>>;
  readonly instrument: string | null;
  readonly basis: string | null;
}

/** The unit that is tagged, matched, answered. */
export interface WorkPackage {
  readonly id: string;
  readonly organisationId: string;
  readonly tenderId: string;
  readonly lotId: string;
  readonly ordinal: number;
  readonly ref: string;
  readonly title: string;
  /** The contractor looked at it and says it is right. */
  readonly confirmed: boolean;
  /** The contractor wants it told to social enterprises. */
  readonly offered: boolean;
  readonly mode: DeliveryMode;
  readonly value: Decimal | null;
  readonly currency: string | null;
  readonly hoursMin: Decimal | null;
  readonly hoursMax: Decimal | null;
  readonly hoursMethod: string | null;
  readonly sites: readonly SiteKey[];
  readonly startsOn: Day | null;
  readonly endsOn: Day | null;
  readonly terms: PackageTerms;
  readonly version: number;
}

export interface StoredBillLine {
  readonly id: string;
  readonly lotId: string;
  readonly packageId: string | null;
  readonly unassignedReason: string | null;
  readonly ordinal: number;
  readonly ref: string | null;
  /** As `BillLine.catalogueCode`; null too on lines read before it was kept. */
  readonly catalogueCode: string | null;
  readonly label: string;
  readonly unit: string | null;
  /** As `BillLine.unitNorm`. */
  readonly unitNorm: string | null;
  readonly quantity: Decimal | null;
  readonly nature: string | null;
  /** Null on lines read before kinds were kept. */
  readonly kind: LineKind | null;
  /** Titles above the line, outermost first. */
  readonly section: readonly string[];
  readonly zone: string | null;
  readonly unitPrice: Decimal | null;
  readonly total: Decimal | null;
  readonly currency: string | null;
  readonly variant: boolean;
  readonly place: Readonly<Record<string, unknown>>;
}

export interface StoredLot {
  readonly id: string;
  readonly ordinal: number;
  readonly ref: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly cpv: readonly string[];
}

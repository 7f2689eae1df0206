import type { Cpv, Day, Decimal, SiteKey } from '../../kernel/index.js';
import type { DeliveryMode } from '../../registry/domain/index.js';
import type { Instrument } from '../../legal-basis/domain/index.js';

/** A proof that the package asks for; a class left out follows from the value on the day. */
export interface CredentialRequirement {
  readonly kind: string;
  readonly category: string | null;
  readonly class: number | null;
  readonly technique: string | null;
}

export interface PlaceOfWork {
  /** The places of the work: several places apart should each be served. */
  readonly sites: readonly SiteKey[];
  /** The work is all over the country. */
  readonly wholeCountry: boolean;
  /** Country of a whole-country package. */
  readonly country: string;
  readonly countryWideEnterprises: 'include' | 'exclude' | 'only';
  /** The contractor's own wish: enterprises located within so many kilometres of a point. */
  readonly enterprisesWithin: { readonly geo: string; readonly km: number } | null;
}

/** One work package as matching reads it (contract `match`). */
export interface PackageToMatch {
  readonly id: string;
  readonly trades: readonly Cpv[];
  /** Every trade is needed; otherwise they are alternatives. */
  readonly allTrades: boolean;
  /** Null: any way of delivery. */
  readonly mode: DeliveryMode | null;
  /** Kinds of enterprise the contractor asks for; null is any. */
  readonly kinds: readonly string[] | null;
  /** EUR, VAT excluded. */
  readonly value: Decimal | null;
  readonly hours: number | null;
  readonly place: PlaceOfWork;
  readonly start: Day | null;
  readonly end: Day | null;
  readonly credentials: readonly CredentialRequirement[];
  readonly instrument: Instrument;
}

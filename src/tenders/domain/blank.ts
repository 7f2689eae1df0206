import type { BillLine, Lot, StatedPlace, Subcontracting, TenderFacts } from './parsed-tender.js';
import type { Place } from '../../kernel/index.js';

/** A place of which the document says nothing. */
export const NO_PLACE: StatedPlace = Object.freeze({
  nuts: null,
  postalCode: null,
  municipality: null,
  locality: null,
  country: null,
});

/** Nothing is said of subcontracting. */
export const NO_SUBCONTRACTING: Subcontracting = Object.freeze({
  obligation: null,
  indications: [],
  minimumPercent: null,
  maximumPercent: null,
});

/** A tender that states nothing yet: readers add what they find. */
export function blankTender(stated: Partial<TenderFacts> = {}): TenderFacts {
  return {
    title: null,
    description: null,
    buyer: null,
    nature: null,
    noticeDate: null,
    deadline: null,
    cpv: [],
    value: null,
    place: NO_PLACE,
    places: [],
    reserved: { participation: null, execution: null },
    durations: [],
    ...stated,
  };
}

/** A lot that states nothing but its number. */
export function blankLot(stated: Partial<Lot> & Pick<Lot, 'ref'>): Lot {
  return {
    kind: 'Lot',
    declared: true,
    title: null,
    description: null,
    nature: null,
    cpv: [],
    value: null,
    place: NO_PLACE,
    places: [],
    reserved: { participation: null, execution: null },
    reservedParticipation: [],
    socialObjectives: [],
    subcontracting: NO_SUBCONTRACTING,
    durationDays: null,
    durations: [],
    start: null,
    end: null,
    deadline: null,
    lines: [],
    at: null,
    ...stated,
  };
}

/** A bill line that states nothing but its words and its place. */
export function blankLine(
  stated: Partial<BillLine> & { readonly label: string; readonly place: Place },
): BillLine {
  const ref = stated.ref ?? '';
  return {
    key: ref,
    ref,
    unit: null,
    unitNorm: null,
    quantity: null,
    nature: null,
    kind: 'base',
    unitPrice: null,
    total: null,
    variant: false,
    description: null,
    section: [],
    catalogueCode: null,
    zone: null,
    cpv: [],
    ...stated,
  };
}

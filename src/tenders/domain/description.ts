import type { Day, Decimal } from '../../kernel/index.js';
import type { ContractNature } from './parsed-tender.js';

/** One piece of work a person asks for, in their own words. */
export interface DescribedWork {
  readonly label: string;
  /** The lot or chapter it stands under; works of one heading stay together. Null: it stands alone. */
  readonly heading: string | null;
  readonly quantity: Decimal | null;
  /** As written. */
  readonly unit: string | null;
  /** Estimated, EUR ex VAT. */
  readonly value: Decimal | null;
}

/** A tender told in a form, without any file. */
export interface Description {
  readonly title: string;
  /** Null when the contractor itself is meant. */
  readonly buyer: string | null;
  readonly nature: ContractNature;
  readonly postalCode: string | null;
  readonly municipality: string | null;
  readonly startsOn: Day | null;
  readonly endsOn: Day | null;
  /** As `TenderFacts.deadline`. */
  readonly deadline: string | null;
  readonly language: string;
  readonly works: readonly DescribedWork[];
}

/**
 * The description as a document in our own format, so that it takes the way of every file: the same description gives
 * the same bytes.
 */
export function documentOf(description: Description): Uint8Array {
  const { title, buyer, nature, postalCode, municipality, startsOn, endsOn, deadline } = description;
  const place = { postalCode, municipality, country: 'BE' };
  const document = {
    format: 'json',
    formatVersion: '1.0',
    language: description.language,
    tender: { title, buyer: buyer === null ? null : { name: buyer }, nature, deadline, place },
    lots: [
      {
        ref: '1',
        declared: false,
        title,
        nature,
        place,
        start: startsOn,
        end: endsOn,
        lines: description.works.map((work, index) => ({
          ref: String(index + 1),
          label: work.label,
          unit: work.unit,
          quantity: work.quantity,
          total: work.value === null ? null : { amount: work.value, currency: 'EUR' },
          section: [work.heading ?? work.label],
        })),
      },
    ],
  };
  return new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
}

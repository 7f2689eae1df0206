import type { Cpv, Day, Decimal, Money, Place, Problem } from '../../kernel/index.js';

/** The document formats that are read, by the names of the command line contract. */
export const TENDER_FORMATS = [
  'eforms',
  'ted-export',
  'ocds',
  'decp',
  'gaeb',
  'xlsx',
  'csv',
  'pdf',
  'docx',
  'json',
] as const;
export type TenderFormat = (typeof TENDER_FORMATS)[number];

export const CONTRACT_NATURES = ['works', 'services', 'supplies'] as const;
export type ContractNature = (typeof CONTRACT_NATURES)[number];

/** QP presumed, QF fixed, PM for memory, SR reserved sum, FFT lump sum. */
export const QUANTITY_NATURES = ['QP', 'QF', 'PM', 'SR', 'FFT'] as const;
export type QuantityNature = (typeof QUANTITY_NATURES)[number];

export const LINE_KINDS = ['base', 'option', 'variant', 'provisional'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** A group of lots is an award condition, not something to execute: it never becomes a package. */
export const LOT_KINDS = ['Lot', 'Part', 'LotsGroup'] as const;
export type LotKind = (typeof LOT_KINDS)[number];

/** BT-71-Lot. */
export const PARTICIPATIONS = ['none', 'res-ws', 'res-pub-ser'] as const;
export type ReservedParticipation = (typeof PARTICIPATIONS)[number];

/** BT-736-Lot. */
export const EXECUTIONS = ['yes', 'no', 'not-known'] as const;
export type ReservedExecution = (typeof EXECUTIONS)[number];

/** `null` where the document says nothing. */
export interface Reserved {
  readonly participation: ReservedParticipation | null;
  readonly execution: ReservedExecution | null;
}

/** A place of performance, as far as the document states it. */
export interface StatedPlace {
  readonly nuts: string | null;
  readonly postalCode: string | null;
  readonly municipality: string | null;
  /** The part of the municipality, where the document names one. */
  readonly locality: string | null;
  /** Two letters, ISO 3166-1. */
  readonly country: string | null;
}

export interface Buyer {
  readonly name: string | null;
  /** Registration number, as printed. */
  readonly id: string | null;
  /** Two letters, ISO 3166-1. */
  readonly country: string | null;
  readonly nuts: string | null;
}

/** One priced row of a bill of quantities, with the place it was read at. */
export interface BillLine {
  /** `ref` when it is unique in the document, else `@sheet!row`: how packages name the line. */
  readonly key: string;
  /** Number as printed; empty when the row has none. */
  readonly ref: string;
  readonly label: string;
  /** As printed. */
  readonly unit: string | null;
  /** One of `m2 m3 m pc kg t h ls SR PM month week day km are l`. */
  readonly unitNorm: string | null;
  readonly quantity: Decimal | null;
  readonly nature: QuantityNature | null;
  readonly kind: LineKind;
  readonly unitPrice: Money | null;
  readonly total: Money | null;
  /** True for an option or a variant: not part of what is ordered first. */
  readonly variant: boolean;
  /** Long text under the line. */
  readonly description: string | null;
  /** Titles above the line, outermost first. */
  readonly section: readonly string[];
  /** Number in a catalogue (CCTB and the like) where it is another than `ref`: of its own column, or only its end is printed. */
  readonly catalogueCode: string | null;
  /** Building or zone, where the bill has such a column. */
  readonly zone: string | null;
  readonly cpv: readonly Cpv[];
  readonly place: Place;
}

/** The number by which a catalogue knows a line: of its own column, or as printed before the line. */
export function catalogueNumber(line: {
  readonly catalogueCode: string | null;
  readonly ref: string | null;
}): string | null {
  return line.catalogueCode ?? line.ref;
}

export interface Duration {
  readonly value: Decimal;
  readonly unit: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';
}

export interface Subcontracting {
  /** BT-65-Lot. */
  readonly obligation: string | null;
  /** BT-651-Lot. */
  readonly indications: readonly string[];
  readonly minimumPercent: Decimal | null;
  readonly maximumPercent: Decimal | null;
}

export interface Lot {
  readonly ref: string;
  readonly kind: LotKind;
  /** False when the document declares no lot and this one stands for the whole. */
  readonly declared: boolean;
  readonly title: string | null;
  readonly description: string | null;
  readonly nature: ContractNature | null;
  /** Main code first. */
  readonly cpv: readonly Cpv[];
  readonly value: Money | null;
  /** Where a bill prints the sum that is its value; left out where nothing is printed. */
  readonly sumAt?: Place;
  readonly place: StatedPlace;
  /** All places; `place` is the first. */
  readonly places: readonly StatedPlace[];
  readonly reserved: Reserved;
  /** Every code stated for BT-71, in order. */
  readonly reservedParticipation: readonly string[];
  readonly socialObjectives: readonly string[];
  readonly subcontracting: Subcontracting;
  /** A year counts 365 days, a month a twelfth of it (rounded), a week 7. */
  readonly durationDays: number | null;
  readonly durations: readonly Duration[];
  readonly start: Day | null;
  readonly end: Day | null;
  readonly deadline: string | null;
  readonly lines: readonly BillLine[];
  readonly at: Place | null;
}

export interface TenderFacts {
  readonly title: string | null;
  readonly description: string | null;
  readonly buyer: Buyer | null;
  readonly nature: ContractNature | null;
  readonly noticeDate: Day | null;
  /** RFC 3339 with offset; a day alone when the document gives no time. */
  readonly deadline: string | null;
  readonly cpv: readonly Cpv[];
  readonly value: Money | null;
  readonly place: StatedPlace;
  readonly places: readonly StatedPlace[];
  /** What every lot states alike; `null` where they differ or say nothing. */
  readonly reserved: Reserved;
  readonly durations: readonly Duration[];
}

/** What only a published notice has. */
export interface NoticeFacts {
  /** Name of the root element, form or release tag. */
  readonly kind: string;
  readonly id: string | null;
  readonly version: string | null;
  readonly publicationId: string | null;
  readonly subtype: string | null;
  readonly legalBasis: string | null;
  readonly procedureType: string | null;
  /** As the notice writes it: `FRA`, `FR`. */
  readonly languageCode: string | null;
  readonly issueDate: string | null;
  readonly buyers: readonly Buyer[];
}

/** How one table of a spreadsheet was understood, so that a person can correct it. */
export interface TableLayout {
  readonly sheet: string;
  /** Its header. */
  readonly at?: Place;
  readonly headerRow: number;
  /** Role to column letter. */
  readonly columns: Readonly<Record<string, string>>;
  /** Letters of columns that each hold a part of the quantity, added up. */
  readonly parts?: readonly string[];
  /** Column letter to the words above it. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of those words; null where a table cannot be recognised by them. */
  readonly fingerprint: string | null;
  /** The columns are those a person remembered. */
  readonly remembered: boolean;
}

/** A catalogue whose numbers the articles carry, and its edition: titles move from one edition to the next. */
export interface Numbering {
  readonly system: string;
  readonly edition: string;
}

/** Facts of the whole, by the place where the document states them. */
export const TRACED_FACTS = ['title', 'buyer', 'place', 'deadline', 'value', 'cpv'] as const;
export type FactSources = Readonly<Partial<Record<(typeof TRACED_FACTS)[number], Place>>>;

/** One of several procedures that a file holds: each can be read alone. */
export interface ProcessInFile {
  readonly ref: string;
  readonly title: string | null;
  readonly buyer: string | null;
}

/** One tender document, read. A field that the document does not state is `null`: nothing is guessed. */
export interface ParsedTender {
  readonly format: TenderFormat;
  readonly formatVersion: string | null;
  /** Two letters, ISO 639-1. */
  readonly language: string | null;
  readonly tender: TenderFacts;
  readonly lots: readonly Lot[];
  readonly notice: NoticeFacts | null;
  /** Where the facts of the whole stand; lots and lines tell their own place. */
  readonly sources?: FactSources;
  /** Where a bill states it. */
  readonly numbering?: Numbering | null;
  readonly layout: readonly TableLayout[];
  /** The procedures of the file, where it holds several. */
  readonly processes?: readonly ProcessInFile[];
  readonly problems: readonly Problem[];
}

/** How a sheet without a table we know begins, so that a person can say which row is its header. */
export interface FirstRows {
  readonly sheet: string;
  readonly at?: Place;
  readonly rows: readonly {
    /** From 1, as the program shows it. */
    readonly row: number;
    readonly cells: readonly string[];
    /** Null for a row that could be no header. */
    readonly fingerprint: string | null;
  }[];
}

/** The document was not read at all: why, and where. */
export interface RefusedTender {
  readonly refused: Problem;
  /** Of the sheets in which no table was found. */
  readonly firstRows?: readonly FirstRows[];
}

export function isRefused(result: ParsedTender | RefusedTender): result is RefusedTender {
  return 'refused' in result;
}

import { compareDecimals, deadlineInstant, type Money, type SiteKey } from '../kernel/index.js';
import { newId } from '../platform/ids.js';
import type { BillLineRow } from './bill-line.entity.js';
import type { BillLine, LabourHours, Lot, ParsedTender, TenderPlace } from './domain/index.js';
import type { Import } from './import.repository.js';
import type { LotRow } from './lot.entity.js';
import type { TenderRow } from './tender.entity.js';
import type { WorkPackageRow } from './work-package.entity.js';

/** A package as the tagging and splitting propose it; lines are positions in their lot. */
export interface DraftPackage {
  readonly ref: string;
  /** Position of its lot in the document. */
  readonly lot: number;
  readonly title: string;
  readonly lines: readonly number[];
  readonly value: { readonly amount: string; readonly currency: string } | null;
  readonly hours: LabourHours | null;
  readonly sites: readonly SiteKey[];
}

export interface DraftProposal {
  readonly place: TenderPlace;
  readonly packages: readonly DraftPackage[];
  /** Lines in no package, by lot and position, with why. */
  readonly unassigned: readonly { readonly lot: number; readonly line: number; readonly reason: string }[];
}

export interface DraftRows {
  readonly tender: TenderRow;
  readonly lots: readonly LotRow[];
  readonly packages: readonly WorkPackageRow[];
  readonly lines: readonly BillLineRow[];
}

/** What a draft is made of. */
type Opened = Pick<Import, 'id' | 'organisationId' | 'fileName'> & { readonly parsed: ParsedTender };

/** The rows of a new draft. Every line is in exactly one package, or says why not. */
export function draftRows(opened: Opened, proposal: DraftProposal, now: Date): DraftRows {
  const { parsed } = opened;
  const tender = tenderRow(opened, proposal.place, now);
  const lots = parsed.lots.map((lot, ordinal) => lotRow(tender, lot, ordinal, now));
  const packages = proposal.packages.map((draft, ordinal) => ({
    ...packageRow(tender, lots[draft.lot]!.id, draft, ordinal, now),
    ...daysOfWorks(parsed.lots[draft.lot]!),
  }));
  return { tender, lots, packages, lines: lineRows(opened, proposal, lots, packages, now) };
}

type Owner = Pick<TenderRow, 'id' | 'organisationId' | 'nature'>;

export function lotRow(tender: Owner, lot: Lot, ordinal: number, now: Date): LotRow {
  return {
    id: newId(now),
    organisationId: tender.organisationId,
    tenderId: tender.id,
    ordinal,
    ref: lot.ref,
    title: lot.title,
    description: lot.description,
    cpv: [...lot.cpv],
    ...amountRow(lot.value, `-${MOST_AMOUNT}`),
    place: lot.place,
    reserved: lot.reserved,
    durationDays: lot.durationDays !== null && lot.durationDays <= MOST_DAYS ? lot.durationDays : null,
  };
}

/** First and last day of the works as the lot states them, for its packages; days in the wrong order tell nothing. */
export function daysOfWorks({ start, end }: Lot): Pick<WorkPackageRow, 'startsOn' | 'endsOn'> {
  const inOrder = start === null || end === null || start <= end;
  return inOrder ? { startsOn: start, endsOn: end } : { startsOn: null, endsOn: null };
}

/** More is a slip of whoever typed it; a column takes no more either. */
const MOST_AMOUNT = '99999999999999.99';
const MOST_HOURS = 999_999_999;
const MOST_DAYS = 36_525;

/** What a package is worth: one of minus lines alone has no value that an enterprise could be measured by. */
export function valueRow(value: Money | null): Pick<WorkPackageRow, 'value' | 'currency'> {
  return amountRow(value, '0');
}

function amountRow(value: Money | null, least: string): Pick<WorkPackageRow, 'value' | 'currency'> {
  const { amount, currency } = value ?? {};
  if (amount === undefined || currency === undefined) return { value: null, currency: null };
  const isKept = compareDecimals(amount, least) >= 0 && compareDecimals(amount, MOST_AMOUNT) <= 0;
  return isKept ? { value: amount, currency } : { value: null, currency: null };
}

export function hoursRow(
  hours: LabourHours | null,
): Pick<WorkPackageRow, 'hoursMin' | 'hoursMax' | 'hoursMethod'> {
  if (hours === null || hours.min < 0 || hours.max > MOST_HOURS)
    return { hoursMin: null, hoursMax: null, hoursMethod: null };
  return { hoursMin: hours.min.toFixed(1), hoursMax: hours.max.toFixed(1), hoursMethod: hours.method };
}

/** A package that nobody has looked at yet. */
export function packageRow(
  tender: Owner,
  lotId: string,
  draft: Omit<DraftPackage, 'lot' | 'lines'>,
  ordinal: number,
  now: Date,
): WorkPackageRow {
  return {
    id: newId(now),
    organisationId: tender.organisationId,
    tenderId: tender.id,
    lotId,
    ordinal,
    ref: draft.ref,
    title: draft.title,
    confirmed: false,
    offered: false,
    mode: tender.nature === 'supplies' ? 'goods' : 'works-or-service',
    ...valueRow(draft.value),
    ...hoursRow(draft.hours),
    sites: [...draft.sites],
    startsOn: null,
    endsOn: null,
    terms: {},
    version: 1,
  };
}

function tenderRow(opened: Opened, place: TenderPlace, now: Date): TenderRow {
  const { parsed } = opened;
  return {
    id: newId(now),
    organisationId: opened.organisationId,
    importId: opened.id,
    status: 'draft',
    version: 1,
    title: parsed.tender.title ?? opened.fileName,
    description: parsed.tender.description,
    language: parsed.language,
    nature: parsed.tender.nature,
    noticeDate: parsed.tender.noticeDate,
    deadline: parsed.tender.deadline === null ? null : deadlineInstant(parsed.tender.deadline),
    ...amountRow(parsed.tender.value, `-${MOST_AMOUNT}`),
    place,
    buyer: null,
    clause: null,
    questions: [],
    asksPrice: false,
    createdAt: now,
    publishedAt: null,
    withdrawnAt: null,
    withdrawalReason: null,
  };
}

function lineRows(
  opened: Opened,
  proposal: DraftProposal,
  lots: readonly LotRow[],
  packages: readonly WorkPackageRow[],
  now: Date,
): BillLineRow[] {
  const key = (lot: number, line: number): string => `${lot}/${line}`;
  const packageOf = new Map<string, string>();
  proposal.packages.forEach((draft, index) => {
    for (const line of draft.lines) packageOf.set(key(draft.lot, line), packages[index]!.id);
  });
  const reasonOf = new Map(proposal.unassigned.map(({ lot, line, reason }) => [key(lot, line), reason]));
  return opened.parsed.lots.flatMap((lot, lotIndex) =>
    lot.lines.map((line, ordinal): BillLineRow => {
      const packageId = packageOf.get(key(lotIndex, ordinal)) ?? null;
      const reason = reasonOf.get(key(lotIndex, ordinal)) ?? 'no-trade';
      return {
        ...lineWords(line),
        id: newId(now),
        organisationId: opened.organisationId,
        lotId: lots[lotIndex]!.id,
        packageId,
        unassignedReason: packageId === null ? reason : null,
        ordinal,
      };
    }),
  );
}

/** What a line says, as its row keeps it. */
export function lineWords(
  line: BillLine,
): Omit<BillLineRow, 'id' | 'organisationId' | 'lotId' | 'packageId' | 'unassignedReason' | 'ordinal'> {
  return {
    ref: line.ref,
    catalogueCode: line.catalogueCode,
    label: line.label,
    unit: line.unit,
    unitNorm: line.unitNorm,
    quantity: line.quantity,
    nature: line.nature,
    kind: line.kind,
    section: [...line.section],
    zone: line.zone,
    unitPrice: line.unitPrice?.amount ?? null,
    total: line.total?.amount ?? null,
    currency: (line.total ?? line.unitPrice)?.currency ?? null,
    variant: line.variant,
    place: line.place ?? {},
  };
}

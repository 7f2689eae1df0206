import { addDecimals, type Decimal, type Money } from '../../kernel/index.js';

/** What hours are found from. */
export interface MeasuredLine {
  readonly unitNorm: string | null;
  readonly quantity: Decimal | null;
  readonly nature: string | null;
  readonly variant: boolean;
}

/** How much of the price of a trade is labour, and what an hour costs; both are ranges. */
export interface LabourShare {
  /** Leading digits of CPV codes: the longest that fits counts. */
  readonly trade: string;
  readonly shareMin: number;
  readonly shareMax: number;
  /** EUR an hour, all charges included, VAT excluded. */
  readonly rateMin: number;
  readonly rateMax: number;
  /** Where the figures come from; `ours` where nobody else says them. */
  readonly source: string;
}

/** Hours one unit of work takes; a range. Used only where a bill has no prices. */
export interface LabourOutput {
  /** As in `LabourShare`. */
  readonly trade: string;
  /** As `BillLine.unitNorm`. */
  readonly unit: string;
  readonly hoursMin: number;
  readonly hoursMax: number;
  /** As in `LabourShare`. */
  readonly source: string;
}

export interface LabourTables {
  readonly shares: readonly LabourShare[];
  readonly outputs: readonly LabourOutput[];
}

/** A range of hours and how it was found; an estimate unless the method is `hour-lines`. */
export interface LabourHours {
  readonly min: number;
  readonly max: number;
  /**
   * `hour-lines`: the bill counts them; `labour-share`: part of the price; `labour-output`: by the unit of work, where
   * there is no price; joined by `+`.
   */
  readonly method: string;
}

/** Part of the lines whose units must be known before the others are taken to be alike. */
const MEASURED_SHARE = 0.7;

/** What is counted by the thousand are bricks and seedlings, not the fittings and trees that figures by the piece speak of. */
const MOST_PIECES = 1000;

/** The rows of the tables that an estimate rests on. */
export interface HoursBasis {
  readonly share: LabourShare | null;
  readonly outputs: readonly LabourOutput[];
}

interface Estimate {
  readonly min: number;
  readonly max: number;
  readonly method: 'labour-share' | 'labour-output';
  readonly basis: HoursBasis;
}

function longestFor<Row extends { readonly trade: string }>(
  trade: string,
  table: readonly Row[],
): Row | null {
  const [best] = table
    .filter((row) => trade.startsWith(row.trade))
    .toSorted((a, b) => b.trade.length - a.trade.length);
  return best ?? null;
}

function hoursCounted(lines: readonly MeasuredLine[]): Decimal {
  return lines.reduce((sum, line) => addDecimals(sum, line.quantity ?? '0'), '0');
}

function byPrice(trade: string, rest: Money | null, shares: readonly LabourShare[]): Estimate | null {
  const share = longestFor(trade, shares);
  const price = rest?.currency === 'EUR' ? Number(rest.amount) : 0;
  if (share === null || price <= 0) return null;
  const min = (price * share.shareMin) / share.rateMax;
  const max = (price * share.shareMax) / share.rateMin;
  return { min, max, method: 'labour-share', basis: { share, outputs: [] } };
}

/** Lines in units the table does not know are taken to need as much as the others on average. */
function byOutput(
  trade: string,
  lines: readonly MeasuredLine[],
  outputs: readonly LabourOutput[],
): Estimate | null {
  const measured = lines.flatMap(({ unitNorm, quantity }) => {
    if (unitNorm === 'pc' && Number(quantity) > MOST_PIECES) return [];
    const output = longestFor(
      trade,
      outputs.filter(({ unit }) => unit === unitNorm),
    );
    return output && quantity !== null ? [{ output, quantity: Number(quantity) }] : [];
  });
  if (measured.length === 0 || measured.length < lines.length * MEASURED_SHARE) return null;
  const scale = lines.length / measured.length;
  const sum = (hours: (output: LabourOutput) => number): number =>
    measured.reduce((total, { output, quantity }) => total + quantity * hours(output), 0) * scale;
  const [min, max] = [sum(({ hoursMin }) => hoursMin), sum(({ hoursMax }) => hoursMax)];
  const basis = { share: null, outputs: [...new Set(measured.map(({ output }) => output))] };
  return max >= 1 ? { min, max, method: 'labour-output', basis } : null;
}

/**
 * Hours of work in a package: lines counted in hours as they stand; the others by the labour share of the trade where
 * they are priced, else by what a unit of the work takes. Options and variants are left out.
 * @param rest price of the lines that are not counted in hours; null when they are not priced
 * @returns null when the hours of a part are not known
 */
export function labourHours(
  trade: string | null,
  lines: readonly MeasuredLine[],
  rest: Money | null,
  tables: LabourTables,
): LabourHours | null {
  return withBasis(trade, lines, rest, tables)?.hours ?? null;
}

/**
 * What the hours of a package rest on, found again.
 * @param trades those it may have had when its hours were found
 * @returns null when none of them gives these hours, or nothing of them is estimated
 */
export function hoursBasis(
  { min, max, method }: LabourHours,
  trades: readonly string[],
  lines: readonly MeasuredLine[],
  rest: Money | null,
  tables: LabourTables,
): HoursBasis | null {
  for (const trade of trades) {
    const found = withBasis(trade, lines, rest, tables);
    if (found?.hours.min === min && found.hours.max === max && found.hours.method === method)
      return found.basis;
  }
  return null;
}

function withBasis(
  trade: string | null,
  lines: readonly MeasuredLine[],
  rest: Money | null,
  { shares, outputs }: LabourTables,
): { readonly hours: LabourHours; readonly basis: HoursBasis | null } | null {
  const ordered = lines.filter((line) => !line.variant && line.nature !== 'PM');
  const counted = ordered.filter((line) => line.unitNorm === 'h' && line.quantity !== null);
  const others = ordered.filter((line) => !counted.includes(line));
  const estimate = trade === null ? null : (byPrice(trade, rest, shares) ?? byOutput(trade, others, outputs));
  if ((counted.length === 0 && !estimate) || (others.length > 0 && !estimate)) return null;
  const exact = Number(hoursCounted(counted));
  const hours = {
    min: Math.round(exact + (estimate?.min ?? 0)),
    max: Math.round(exact + (estimate?.max ?? 0)),
    method: [...(counted.length > 0 ? ['hour-lines'] : []), ...(estimate ? [estimate.method] : [])].join('+'),
  };
  return { hours, basis: estimate?.basis ?? null };
}

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
}

/** A range of hours and how it was found; an estimate unless the method is `hour-lines`. */
export interface LabourHours {
  readonly min: number;
  readonly max: number;
  /** `hour-lines`: the bill counts them; `labour-share`: part of the price; both joined by `+`. */
  readonly method: string;
}

function shareOf(trade: string, shares: readonly LabourShare[]): LabourShare | null {
  const [best] = shares
    .filter((share) => trade.startsWith(share.trade))
    .toSorted((a, b) => b.trade.length - a.trade.length);
  return best ?? null;
}

function hoursCounted(lines: readonly MeasuredLine[]): Decimal {
  return lines.reduce((sum, line) => addDecimals(sum, line.quantity ?? '0'), '0');
}

/**
 * Hours of work in a package: lines counted in hours as they stand, the other priced lines by the labour share of
 * the trade. Options and variants are left out.
 * @param rest price of the lines that are not counted in hours; null when they are not priced
 * @returns null when the hours of a part are not known
 */
export function labourHours(
  trade: string | null,
  lines: readonly MeasuredLine[],
  rest: Money | null,
  shares: readonly LabourShare[],
): LabourHours | null {
  const counted = lines.filter((line) => !line.variant && line.unitNorm === 'h' && line.quantity !== null);
  const exact = Number(hoursCounted(counted));
  const share = trade === null ? null : shareOf(trade, shares);
  const price = rest?.currency === 'EUR' ? Number(rest.amount) : 0;
  const estimated = share !== null && price > 0;
  const others = lines.some((line) => !line.variant && line.nature !== 'PM' && !counted.includes(line));
  if ((counted.length === 0 && !estimated) || (others && !estimated)) return null;
  const least = estimated ? (price * share.shareMin) / share.rateMax : 0;
  const most = estimated ? (price * share.shareMax) / share.rateMin : 0;
  return {
    min: Math.round(exact + least),
    max: Math.round(exact + most),
    method: [...(counted.length > 0 ? ['hour-lines'] : []), ...(estimated ? ['labour-share'] : [])].join('+'),
  };
}

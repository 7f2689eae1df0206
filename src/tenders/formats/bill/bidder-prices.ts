import type { Problem } from '../../../kernel/index.js';
import { headerCells, rememberedAt, type FoundHeader } from './columns.js';
import { cellPlace, cellText, isBlank, type Grid } from './grid.js';
import { roleOfHeader } from './header-words.js';
import { namesBidder } from './words.js';

/**
 * A comparison of offers has prices of several bidders side by side, named above them. None of these is what the work
 * is worth to us: the first column of prices that no bidder is named above counts, else none, and that is told.
 */
export function withoutBidderPrices(grid: Grid, header: FoundHeader, problems: Problem[]): FoundHeader {
  const cells = headerCells(grid, header);
  if (!cells || rememberedAt(grid, cells)) return header;
  const roles = cells.cells.map((cell) => (isBlank(cell) ? null : roleOfHeader(cellText(cell))));
  const prices = roles.flatMap((role, index) => (role === 'unitPrice' ? [index] : []));
  const titles = new Map(prices.map((index) => [index, titleAbove(grid, header, index)] as const));
  const others = prices.filter((index) => namesBidder(titles.get(index) ?? ''));
  const named = new Set(others.map((index) => titles.get(index)));
  if (named.size < 2) return header;
  const own = prices.find((index) => !others.includes(index));
  const total = own === undefined ? -1 : roles.indexOf('total', own);
  const columns = new Map(header.columns);
  columns.delete('unitPrice');
  columns.delete('total');
  if (own !== undefined) columns.set('unitPrice', own);
  if (total >= 0 && !others.some((index) => own !== undefined && index > own && index < total))
    columns.set('total', total);
  problems.push({
    code: 'bill.prices.others',
    severity: 'warning',
    place: cellPlace(grid.sheet, cells.row, others[0]),
    found: [...named].join(', ').slice(0, 200),
    expected: null,
    params: { sheet: grid.sheet },
  });
  return { ...header, columns };
}

/** The words over a group of columns: merged cells hold them in the first one. */
function titleAbove(grid: Grid, { index, height, columns }: FoundHeader, column: number): string {
  const upper = grid.rows[height === 2 ? index : index - 1];
  const first = (columns.get('label') ?? 0) + 1;
  const over = upper?.cells.slice(first, column + 1).findLast((cell) => !isBlank(cell));
  return cellText(over);
}

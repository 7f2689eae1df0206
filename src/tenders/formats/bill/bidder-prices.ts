import type { Problem } from '../../../kernel/index.js';
import { headerCells, rememberedAt, type FoundHeader } from './columns.js';
import { cellPlace, cellText, isBlank, type Grid } from './grid.js';
import { roleOfHeader } from './header-words.js';
import { namesBidder } from './words.js';

/**
 * A comparison of offers has prices of bidders side by side, named above them or in their heads. None of these is what
 * the work is worth to us: the first column of prices that names no bidder counts, else none, and that is told. Prices
 * of one bidder alone are those of the document.
 */
export function withoutBidderPrices(grid: Grid, header: FoundHeader, problems: Problem[]): FoundHeader {
  const cells = headerCells(grid, header);
  if (!cells || rememberedAt(grid, cells)) return header;
  const roles = cells.cells.map((cell) => (isBlank(cell) ? null : roleOfHeader(cellText(cell))));
  const prices = roles.flatMap((role, index) => (role === 'unitPrice' ? [index] : []));
  const bidders = new Map(
    prices.flatMap((index) => {
      const bidder = [titleAbove(grid, header, index), cellText(cells.cells[index])].find(namesBidder);
      return bidder === undefined ? [] : [[index, bidder] as const];
    }),
  );
  const own = prices.find((index) => !bidders.has(index));
  const named = new Set(bidders.values());
  if (named.size === 0 || (named.size === 1 && own === undefined)) return header;
  const total = own === undefined ? -1 : roles.indexOf('total', own);
  const columns = new Map(header.columns);
  columns.delete('unitPrice');
  columns.delete('total');
  if (own !== undefined) columns.set('unitPrice', own);
  if (total >= 0 && ![...bidders.keys()].some((index) => own !== undefined && index > own && index < total))
    columns.set('total', total);
  const body = grid.rows.slice(header.index + header.height);
  const [first] = [...bidders.keys()].filter((index) => body.some((row) => !isBlank(row.cells[index])));
  if (first === undefined) return { ...header, columns };
  problems.push({
    code: 'bill.prices.others',
    severity: 'warning',
    place: cellPlace(grid.sheet, cells.row, first),
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

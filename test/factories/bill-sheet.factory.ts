import type { ParsedTender } from '../../src/tenders/domain/index.js';
import type { Grid, GridCell } from '../../src/tenders/formats/bill/grid.js';
import { readBill } from '../../src/tenders/formats/bill/read-bill.js';

export type Rows = readonly (readonly GridCell[])[];

export function sheet(
  name: string,
  rows: Rows,
  more: Partial<Grid> & {
    hiddenRows?: readonly number[];
    boldRows?: readonly number[];
    struckRows?: readonly number[];
  } = {},
): Grid {
  const { hiddenRows = [], boldRows = [], struckRows = [], ...rest } = more;
  return {
    sheet: name,
    hidden: false,
    hiddenColumns: new Set(),
    rows: rows.map((cells, index) => ({
      row: index + 1,
      cells,
      hidden: hiddenRows.includes(index + 1),
      ...(boldRows.includes(index + 1) ? { isBold: true } : {}),
      ...(struckRows.includes(index + 1) ? { isStruck: true } : {}),
    })),
    ...rest,
  };
}

export function read(...grids: readonly Grid[]): ParsedTender {
  return readBill({ format: 'xlsx', formatVersion: null, propertyTitle: null, grids });
}

export function lines(tender: ParsedTender): readonly string[] {
  return tender.lots.flatMap((lot) =>
    lot.lines.map((line) =>
      [lot.ref, line.ref, line.label, line.unit, line.quantity, line.nature].join(' | '),
    ),
  );
}

export const codes = (tender: ParsedTender): readonly string[] =>
  tender.problems.map((problem) => problem.code);

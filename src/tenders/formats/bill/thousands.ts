import { headerCells, type FoundHeader } from './columns.js';
import { cellText, type Grid, type GridCell } from './grid.js';
import { decimalMarkOf, readNumber } from './numbers.js';

const THOUSAND = 1000;
const IN_THOUSANDS =
  /\b[kK] ?(?:€|EUR|euros?)|\bT ?(?:€|EUR)|\b(?:milliers|duizend(?:en)?|tausend|thousands?)\b|['’]000/i;

/** `Montant (k€)`, `Betrag in TEUR`. */
export function isInThousands(head: string): boolean {
  return IN_THOUSANDS.test(head);
}

/** Amounts whose head counts them in thousands, as they are. */
export function withoutThousands(grid: Grid, header: FoundHeader): Grid {
  const heads = headerCells(grid, header)?.cells ?? [];
  const columns = (['unitPrice', 'total'] as const)
    .flatMap((role) => header.columns.get(role) ?? [])
    .filter((at) => isInThousands(cellText(heads[at])));
  if (columns.length === 0) return grid;
  const marks = new Map(columns.map((at) => [at, decimalMarkOf(grid.rows.map(({ cells }) => cells[at]))]));
  const from = header.index + header.height;
  const rows = grid.rows.map((row, index) =>
    index < from
      ? row
      : {
          ...row,
          cells: row.cells.map((cell, at) => {
            const mark = marks.get(at);
            return mark === undefined ? cell : inFull(cell, mark);
          }),
        },
  );
  return { ...grid, rows };
}

function inFull(cell: GridCell, mark: ',' | '.' | null): GridCell {
  const read = readNumber(cell, mark);
  return read.kind === 'number' ? Number(read.value) * THOUSAND : cell;
}

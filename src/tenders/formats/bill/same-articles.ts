import { findHeader, type FoundHeader } from './columns.js';
import { fold } from './fold.js';
import { cellText, filledColumns, type Grid, type GridCell, type GridRow } from './grid.js';
import type { ColumnRole } from './header-words.js';
import { languageOf } from './language.js';
import { normalUnit } from './units.js';
import { namesDocumentKind } from './words.js';

const TITLE_ROWS = 3;
const FEWEST_ROWS = 2;
const MOST = 0.8;
/** Titles of one work at two times, not of two works. */
const STATE_OF_WORK =
  /\b(initial\w*|avenants?|modifi\w*|revis\w*|decompte|oorspronkelijk\w*|gewijzigd\w*|bijakte|verrekening\w*|ursprunglich\w*|nachtrag\w*|geandert\w*|original|revised|amend\w*)\b/;

/** Positions of the rows in which titles of tables side by side stand: right above them. */
export function titleRowsOf(header: number): readonly number[] {
  return Array.from({ length: Math.min(TITLE_ROWS, header) }, (_, above) => header - 1 - above);
}

/**
 * Whether a table says again, row by row, what the one on its left says: in another language, or at another time. Rooms
 * of a kind may have the same articles: then each table has a title of its own.
 */
export function areSameArticles(left: Grid, right: Grid): boolean {
  const [one, two] = [findHeader(left), findHeader(right)];
  if (!one || !two) return false;
  const pairs = pairsOf(left, right, two.index + two.height);
  const textsAre = (role: ColumnRole): boolean => {
    const [a, b] = [one.columns.get(role), two.columns.get(role)];
    if (a === undefined || b === undefined) return false;
    const same = pairs.filter(([x, y]) => textOf(x.cells[a], role) === textOf(y.cells[b], role));
    return pairs.length >= FEWEST_ROWS && same.length >= pairs.length * MOST;
  };
  const numbered = textsAre('ref');
  if (one.columns.has('ref') && two.columns.has('ref') && !numbered) return false;
  if (textsAre('label')) return !haveOwnTitles(left, right);
  if (!textsAre('quantity') || headOf(left, one) === headOf(right, two)) return false;
  // Often only the table on the left has numbers, or none.
  return numbered || (textsAre('unit') && !areInOneLanguage(labelsOf(left, one), labelsOf(right, two)));
}

/** Words of which nothing tells the language may be in any. */
function areInOneLanguage(left: readonly string[], right: readonly string[]): boolean {
  const language = languageOf(left);
  return language !== null && language === languageOf(right);
}

function labelsOf({ rows }: Grid, { index, columns }: FoundHeader): readonly string[] {
  return rows.slice(index).map(({ cells }) => cellText(cells[columns.get('label') ?? 0]));
}

/** Units have another word in each language. */
function textOf(cell: GridCell | undefined, role: ColumnRole): string {
  const text = cellText(cell);
  return (role === 'unit' ? normalUnit(text) : null) ?? fold(text);
}

/** Rows of the table on the right, each with what stands on its left. */
function pairsOf(left: Grid, right: Grid, from: number): readonly (readonly [GridRow, GridRow])[] {
  const byRow = new Map(left.rows.map((row) => [row.row, row]));
  return right.rows.slice(from).flatMap((row) => {
    const beside = byRow.get(row.row);
    return beside && filledColumns(row).length > 1 ? [[beside, row] as const] : [];
  });
}

function headOf(grid: Grid, { index, columns }: FoundHeader): string {
  return fold(cellText(grid.rows[index]?.cells[columns.get('label') ?? 0]));
}

export function haveOwnTitles(left: Grid, right: Grid): boolean {
  const [a, b] = [titleOf(left), titleOf(right)];
  return a !== null && b !== null && a !== b;
}

/** The only text of the nearest row above a table that has one; null where it names a document or a state of the work. */
function titleOf(grid: Grid): string | null {
  const [title] = titleRowsOf(findHeader(grid)?.index ?? 0).flatMap((at) => {
    const row = grid.rows[at]!;
    const [only, ...more] = filledColumns(row);
    return only === undefined || more.length > 0 ? [] : [fold(cellText(row.cells[only]))];
  });
  return title === undefined || namesDocumentKind(title) || STATE_OF_WORK.test(title) ? null : title;
}

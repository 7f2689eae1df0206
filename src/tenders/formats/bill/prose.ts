import { cellPlace, cellText, type Grid } from './grid.js';
import { oneLine } from './fold.js';
import type { BillRow } from './row-reader.js';
import type { ReadTable, TableLine } from './table.js';
import { natureOf } from './words.js';

interface Article {
  readonly ref: string;
  readonly label: string;
  readonly texts: string[];
  /** Row and words of a quantity written in the text. */
  measured: { readonly row: number; readonly text: string } | null;
}

const ARTICLE =
  /^(?:art(?:icle|ikel)?|poste?|pos(?:ition)?)\.?\s*(\d[0-9A-Za-z.\-/]{0,24})\s*[-–—:]\s*(\S.{0,400})$/i;
const QUANTITY =
  /(?<!\p{L})(?:quantit[ée]s?|hoeveelheid|menge)(?!\p{L})[^:.\d]{0,60}:\s*(\d[\d\s.,\u00a0\u202f]{0,18}\d|\d)\s*([^\s.,;]{1,12})/iu;
const WORD_IN_BRACKETS = /\(([A-Za-z]{2,3})\)/;

/**
 * Articles of a specification: `Art. 91.51.1a - …` and the texts below. One that states its own quantity and
 * stands in no table is a line; the words of the others describe their line in the table.
 */
export function readProse(grid: Grid, tables: readonly ReadTable[]): readonly TableLine[] {
  const inTables = new Map(tables.flatMap((table) => table.lines.map((line) => [line.ref, line] as const)));
  return articlesOf(grid).flatMap((article) => {
    const line = inTables.get(article.ref);
    if (line) {
      if (line.description.length === 0) line.description.push(...article.texts);
      return [];
    }
    const read = article.measured && lineOf(grid, article, article.measured);
    return read ? [read] : [];
  });
}

function articlesOf(grid: Grid): readonly Article[] {
  const articles: Article[] = [];
  let open: Article | null = null;
  for (const row of grid.rows) {
    const [cell, ...others] = row.cells;
    const text = oneLine(cellText(cell));
    if (text === '' || others.some((other) => other !== null)) continue;
    const heading = ARTICLE.exec(text);
    if (heading?.[1] && heading[2]) {
      open = { ref: heading[1], label: heading[2], texts: [], measured: null };
      articles.push(open);
    } else if (open && /^\d[\d.]*\s+\p{Lu}/u.test(text) && text.length < 80) open = null;
    else if (open) {
      open.texts.push(text);
      if (open.measured === null && QUANTITY.test(text)) open.measured = { row: row.row, text };
    }
  }
  return articles;
}

function lineOf(grid: Grid, article: Article, measured: { row: number; text: string }): TableLine | null {
  const quantity = QUANTITY.exec(measured.text);
  if (!quantity?.[1]) return null;
  const word = WORD_IN_BRACKETS.exec(measured.text)?.[1] ?? '';
  const row: BillRow = {
    row: { row: measured.row, cells: [measured.text], hidden: false },
    ref: article.ref,
    label: article.label,
    labelAt: 0,
    lot: '',
    unit: quantity[2] ?? '',
    zone: '',
    catalogue: '',
    nature: natureOf(word),
    natureText: word,
    isOption: false,
    quantity: quantity[1],
    printedUnit: '',
    otherQuantity: false,
    unitPrice: null,
    total: null,
    only: null,
    blank: false,
  };
  return {
    row,
    ref: article.ref,
    label: article.label,
    wholeRef: null,
    lotRef: null,
    section: [],
    kindAbove: 'base',
    description: article.texts.filter((text) => text !== measured.text),
    measures: [],
    headUnit: null,
    place: cellPlace(grid.sheet, measured.row),
  };
}

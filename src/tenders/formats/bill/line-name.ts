import { isBlank } from './grid.js';
import type { BillRow } from './row-reader.js';
import { isNameless, wordsInPlaceOfNumber } from './row-words.js';
import type { TableLine } from './table.js';
import { endsOpen } from './title-words.js';

/** A number and its words; a quantity below without words is its. */
export interface OpenArticle {
  readonly row: BillRow;
  readonly section: readonly string[];
  readonly texts: string[];
}

/** The number and words of a priced row, and what above it printed them where it does not itself. */
export interface LineName {
  readonly ref: string;
  readonly label: string;
  readonly article: OpenArticle | null;
  readonly merged: TableLine | null;
}

/**
 * Null for a row that neither has a name nor goes on with one.
 * @param article whose quantity is still to come
 * @param line right above
 */
export function nameOf(read: BillRow, article: OpenArticle | null, line: TableLine | null): LineName | null {
  // A quantity without words or number is the article's above; with words of its own it is a line below a title.
  const goesOn = article !== null && endsOpen([article.row.label, ...article.texts]);
  if (article !== null && read.ref === '' && (isNameless(read) || goesOn))
    return named({ ref: article.row.ref, label: article.row.label, article, merged: null });
  const merged = line !== null && isMergedBelow(line, read) ? line : null;
  const { ref, label } = merged ?? wordsInPlaceOfNumber(read);
  return named({ ref, label, article: null, merged });
}

function named(name: LineName): LineName | null {
  return name.ref === '' && name.label === '' ? null : name;
}

/** Number and words are printed once, over several quantities of other units or rooms. */
function isMergedBelow(line: TableLine, { ref, label, unit, quantity }: BillRow): boolean {
  const isMerged = ref === '' && label === '' && unit !== '' && !isBlank(quantity);
  return isMerged && !isBlank(line.row.quantity);
}

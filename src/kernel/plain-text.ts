/**
 * What words are searched without: accents and the vowel signs of Hebrew and Arabic, and marks that come along unseen when
 * people paste (direction, joiners, the mark of a file's beginning). Written for JavaScript and PostgreSQL alike.
 */
const MARKS = String.raw`[\u0300-\u036F\u0591-\u05BD\u05BF-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]`;
const ALL_MARKS = new RegExp(MARKS, 'g');

/** How words are searched: without case, accents and marks that nobody sees. */
export function plainText(text: string): string {
  return text.normalize('NFD').replace(ALL_MARKS, '').toLowerCase();
}

/** The same of a text in the database. @param expression SQL of a text, never words that somebody entered */
export function plainInSql(expression: string): string {
  return `lower(regexp_replace(normalize(${expression}, NFD), '${MARKS}', '', 'g'))`;
}

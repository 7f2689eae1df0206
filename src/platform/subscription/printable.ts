/** What neither XML nor a calendar may hold: control signs but tab and line feed, halves of pairs, the two that are no signs. */
const UNPRINTABLE = /(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu;

/** A text that people wrote, as programs of others can read it: each kind of line end is one line feed. */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(UNPRINTABLE, '');
}

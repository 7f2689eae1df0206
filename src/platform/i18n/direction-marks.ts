/** Marks that turn the direction of what follows them, and those that end it; or a whole piece set apart, kept as it is. */
const DIRECTION_MARKS = /(\u2068[^\u2066-\u2069\u202a-\u202e<]*\u2069)|[\u202a-\u202e\u2066-\u2069]/g;

const SET_APART = /\u2068[^\u2066-\u2069]*\u2069/g;
const ANY_MARK = /[\u202a-\u202e\u2066-\u2069]/g;

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * In a name they make all that follows read otherwise than it is written: a file, an amount, somebody else's name. No
 * language of ours needs them; text from right to left keeps its direction without. What is set apart as {@link setApart}
 * does it stays: it turns nothing around it.
 */
export function withoutDirectionMarks(text: string): string {
  return text.replace(DIRECTION_MARKS, (_, apart: string | undefined) => apart ?? '');
}

/**
 * What somebody wrote, as it goes into a sentence of ours: a name from right to left would draw the number or the sign
 * beside it to its other side (the first-strong isolate of Unicode's bidirectional algorithm). Other text stays as it is.
 */
export function setApart(text: string): string {
  if (!RIGHT_TO_LEFT.test(text)) return text;
  const unmarked = withoutDirectionMarks(text);
  // A sentence whose names are set apart already; whoever brings marks and writes on beside them has them taken off.
  if (!RIGHT_TO_LEFT.test(unmarked.replace(SET_APART, ''))) return unmarked;
  return `\u2068${unmarked.replace(ANY_MARK, '')}\u2069`;
}

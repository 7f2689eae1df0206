/** Marks that turn the direction of what follows them, and those that end it. */
const DIRECTION_MARKS = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * In a name they make all that follows read otherwise than it is written: a file, an amount, somebody else's name. No
 * language of ours needs them; text from right to left keeps its direction without.
 */
export function withoutDirectionMarks(text: string): string {
  return text.replace(DIRECTION_MARKS, '');
}

/** False for what PostgreSQL cannot hold in a text: U+0000 and halves of a character. */
export function isKeepable(text: string): boolean {
  return !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);
}

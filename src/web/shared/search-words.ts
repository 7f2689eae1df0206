/** Without accents and case: how words are searched. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

const LONGEST_QUESTION = 100;

/** What somebody wrote into a search field, as it is shown again and as it is looked for. */
export function readSearch(asked: unknown): { readonly question: string; readonly words: readonly string[] } {
  const question = typeof asked === 'string' ? asked.trim().slice(0, LONGEST_QUESTION) : '';
  return { question, words: plain(question).split(/\s+/).filter(Boolean) };
}

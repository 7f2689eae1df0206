import { plainText } from '../../kernel/index.js';

const LONGEST_QUESTION = 100;

/** What somebody wrote into a search field, as it is shown again and as it is looked for. */
export function readSearch(asked: unknown): { readonly question: string; readonly words: readonly string[] } {
  const question = typeof asked === 'string' ? asked.trim().slice(0, LONGEST_QUESTION) : '';
  return { question, words: plainText(question).split(/\s+/).filter(Boolean) };
}

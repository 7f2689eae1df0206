import type { Language } from '../../../kernel/index.js';

/** The same place in another language. The rest of the query stays. */
export function languageLink(path: string, language: Language): string {
  const url = new URL(path, 'http://localhost');
  url.searchParams.set('lang', language);
  return `${url.pathname}${url.search}`;
}

import type { Language } from './language.js';

/** Where in a document or a request something was found. */
export type Place =
  | { readonly sheet: string; readonly row?: number; readonly column?: string }
  | { readonly page: number; readonly position?: number }
  | { readonly line: number }
  | { readonly xpath: string }
  | { readonly pointer: string };

/**
 * One thing wrong, or worth a look, in what a person brought. `code` is stable and is the key of its
 * sentence in the message catalogue (`problem.<code>`); `params` fill that sentence.
 */
export interface Problem {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly place: Place | null;
  readonly found: string | null;
  readonly expected: string | null;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** A problem with its sentence in one language, as the contract and the pages show it. */
export interface ProblemInWords extends Problem {
  readonly message: string;
  readonly language: Language;
}

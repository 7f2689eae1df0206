import type { Language } from './language.js';

/** Where in a document or a request something was found. */
export type Place =
  | SheetPlace
  | {
      readonly page: number;
      /** Of text, from the top. */ readonly line?: number;
      readonly position?: number;
    }
  | { readonly line: number }
  | { readonly xpath: string }
  | { readonly pointer: string };

export interface SheetPlace {
  /** Of a text document, a name of its table (or `text`) for programs: people are told the number. */
  readonly sheet: string;
  readonly row?: number;
  readonly column?: string;
  /** Number of the table, or of the paragraph, of a text document. */
  readonly table?: number;
  readonly paragraph?: number;
}

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

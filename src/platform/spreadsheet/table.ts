/** A value of a table. A number stays a number; a text is never anything but a text; null is an empty cell. */
export type Cell = string | number | null;

/** A column, with what a reader must know of it to use its values. */
export interface Column {
  /** The name a program reads, alike in every language: `packages_published`. */
  readonly key: string;
  readonly name: string;
  readonly definition: string;
  readonly unit: string;
  readonly source: string;
}

export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** How the columns of the dictionary are called, in the language of the reader. */
export interface DictionaryWords {
  readonly title: string;
  readonly key: string;
  readonly name: string;
  readonly definition: string;
  readonly unit: string;
  readonly source: string;
}

/** What the columns of a table mean, as rows: names first. */
export function dictionaryRows(columns: readonly Column[], words: DictionaryWords): string[][] {
  const fields = ['key', 'name', 'definition', 'unit', 'source'] as const;
  return [
    fields.map((field) => words[field]),
    ...columns.map((column) => fields.map((field) => column[field])),
  ];
}

/** A spreadsheet program takes a text that begins like this for a formula or a command. */
export function looksLikeFormula(text: string): boolean {
  return /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(text) || /^[\t\r\n]/.test(text);
}

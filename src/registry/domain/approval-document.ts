/** The largest document that may prove an approval. */
export const DOCUMENT_MAX_BYTES = 10 * 1024 * 1024;

const BEGINNINGS = [
  ['application/pdf', '%PDF-'],
  ['image/jpeg', '\u00ff\u00d8\u00ff'],
  ['image/png', '\u0089PNG\r\n\u001a\n'],
] as const;

export type DocumentType = (typeof BEGINNINGS)[number][0];

/** What a document is by its first bytes, whatever its name says; null when it is nothing that proves an approval. */
export function documentType(bytes: Uint8Array): DocumentType | null {
  const beginning = String.fromCharCode(...bytes.subarray(0, 8));
  return BEGINNINGS.find(([, mark]) => beginning.startsWith(mark))?.[0] ?? null;
}

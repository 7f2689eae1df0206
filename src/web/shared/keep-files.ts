import { Refusal } from '../../kernel/index.js';
import { DOCUMENT_MAX_BYTES } from '../../platform/documents/index.js';
import { UploadedFile } from '../../platform/http/index.js';
import type { FieldProblem } from './render/page-context.js';

const MIB = 1024 * 1024;

/** How large each may be, as people read it. */
export const FILE_LIMIT = `${DOCUMENT_MAX_BYTES / MIB} MiB`;

/** What may be wrong with a file, said at its field; anything else is wrong with what it belongs to. */
const AT_THE_FIELD = new Set([
  'document-unfit',
  'document-too-large',
  'attachments-too-many',
  'shared-too-many',
  'file-infected',
  'scan-unavailable',
]);

/**
 * Keeps the files chosen in the field `files` of a form, each by itself: one that is refused takes none along.
 * @returns what `keep` made of each
 */
export async function keepFiles<T>(
  { files }: Readonly<Record<string, unknown>>,
  keep: (file: UploadedFile) => Promise<T>,
  problems: FieldProblem[],
): Promise<T[]> {
  const kept: T[] = [];
  for (const file of [files].flat()) {
    if (!(file instanceof UploadedFile) || file.name === '') continue;
    try {
      kept.push(await keep(file));
    } catch (error) {
      if (!(error instanceof Refusal) || !AT_THE_FIELD.has(error.code)) throw error;
      problems.push({ field: 'files', key: `refusal.${error.code}`, params: error.params });
    }
  }
  return kept;
}

import { Refusal, type Actor } from '../../kernel/index.js';
import type { AttachingService } from '../../pipeline/index.js';
import { UploadedFile } from '../../platform/http/index.js';
import type { FieldProblem } from '../shared/render/page-context.js';

/** What may be wrong with a file, said at its field; anything else is wrong with the answer. */
const AT_THE_FIELD = new Set([
  'document-unfit',
  'document-too-large',
  'attachments-too-many',
  'file-infected',
  'scan-unavailable',
]);

/** What a form says of files: those it showed, those of them to leave out, and new ones. */
type Entries = Readonly<Record<string, unknown>>;

/**
 * Keeps the files chosen in a form, each by itself: one that is refused takes none along.
 * @returns ids of those kept
 */
export async function keepFiles(
  attaching: AttachingService,
  actor: Actor,
  packageId: string,
  { files }: Entries,
  problems: FieldProblem[],
): Promise<string[]> {
  const kept: string[] = [];
  for (const file of [files].flat()) {
    if (!(file instanceof UploadedFile) || file.name === '') continue;
    try {
      kept.push((await attaching.attach(actor, packageId, file)).id);
    } catch (error) {
      if (!(error instanceof Refusal) || !AT_THE_FIELD.has(error.code)) throw error;
      problems.push({ field: 'files', key: `refusal.${error.code}`, params: error.params });
    }
  }
  return kept;
}

/** Those of the files that stay with the answer. @param kept came with this form */
export function filesStaying(
  { attachments, removed }: Entries,
  there: ReadonlySet<string>,
  kept: readonly string[],
): string[] {
  const shown = [attachments].flat();
  const left = [removed].flat();
  return [...there].filter((id) => kept.includes(id) || (shown.includes(id) && !left.includes(id)));
}

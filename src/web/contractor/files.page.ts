import { SHARED_FILES_MAX } from '../../pipeline/index.js';
import type { DocumentRead } from '../../platform/documents/index.js';
import type { SharedFile, Tender } from '../../tenders/index.js';
import type { FileShown } from '../shared/file-shown.js';
import { FILE_LIMIT } from '../shared/keep-files.js';
import { contractorPaths } from './paths.js';

export interface FilesPage {
  readonly tenderTitle: string;
  readonly tenderHref: string;
  readonly href: string;
  readonly visibility: Tender['visibility'];
  /** What enterprises may have, and how often they took it. */
  readonly files: readonly (FileShown &
    Pick<SharedFile, 'isOriginal' | 'addedAt'> & {
      readonly reads: readonly DocumentRead[];
      readonly removeHref: string;
    })[];
  /** Where the document itself is shared; null when it is, or when the tender is taken back. */
  readonly originalHref: string | null;
  /** Nothing changes any more in what was taken back. */
  readonly canChange: boolean;
  readonly max: number;
  readonly limit: string;
}

export function filesPage({
  tender,
  files,
  reads,
}: {
  readonly tender: Pick<Tender, 'id' | 'title' | 'status' | 'visibility'>;
  readonly files: readonly SharedFile[];
  readonly reads: readonly DocumentRead[];
}): FilesPage {
  const href = contractorPaths.files(tender.id);
  const canChange = tender.status !== 'withdrawn';
  return {
    tenderTitle: tender.title,
    tenderHref: contractorPaths.tender(tender.id),
    href,
    visibility: tender.visibility,
    files: files.map(({ id, ...file }) => ({
      ...file,
      href: contractorPaths.file(tender.id, id),
      reads: reads.filter(({ documentId }) => documentId === id),
      removeHref: `${contractorPaths.file(tender.id, id)}/removal`,
    })),
    originalHref: canChange && !files.some(({ isOriginal }) => isOriginal) ? `${href}/original` : null,
    canChange,
    max: SHARED_FILES_MAX,
    limit: FILE_LIMIT,
  };
}

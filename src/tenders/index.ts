export * from './domain/index.js';
export { openedTenders, publicTender, publicTenders, type PublicTender } from './audience.repository.js';
export { writeOcds } from './formats/write-ocds.js';
export { buyerDraft } from './buyer-draft.repository.js';
export { columnLayouts, type StoredLayout } from './column-layout.repository.js';
export {
  descriptionDraft,
  descriptionOfImport,
  openDescriptions,
  type DescriptionDraft,
} from './description-draft.repository.js';
export { DescriptionDrafts } from './description-drafts.service.js';
export { LayoutService } from './layout.service.js';
export { ReadingAnswersService } from './reading-answers.service.js';
export {
  CorrectionService,
  type Correction,
  type CorrectionDone,
  type CorrectionSeen,
  type DifferencesShown,
} from './correction.service.js';
export { draftRows, type DraftPackage, type DraftProposal } from './draft-rows.js';
export { LIMITS, limitInWords, parseTender, placesIn, type LimitId } from './formats/index.js';
export {
  fileContent,
  importById,
  lockImport,
  numberingOfImport,
  openImports,
  type Import,
} from './import.repository.js';
export { oneProcessInChild, parseInChild, type ParseOptions } from './parse-in-child.js';
export { loadLabourTables } from './labour-shares.js';
export { lineIdsAsked, linesAsked, type LinesFound, type LinesIn } from './lines-asked.query.js';
export { listTenders, type TenderSummary } from './list-tenders.query.js';
export {
  packageChanges,
  figuresRead,
  undoableAct,
  type PackageChangeKind,
  type PackageChangeShown,
  type UndoableAct,
  type UndoableChange,
} from './package-change.repository.js';
export { packageQuantities, type PackageQuantity } from './package-quantities.query.js';
export {
  keepPublicChange,
  latestPublicChanges,
  PUBLIC_CHANGES,
  publicChangesAfter,
  type PublicChange,
  type PublicChangeKind,
} from './public-change.repository.js';
export { ownsPackage, ownsReading, ownsTender } from './owner.query.js';
export { PackageEditing } from './package-editing.service.js';
export { amendmentsOf } from './package-amendment.repository.js';
export { additionsOf, deadlineChanges, packageWithdrawal, withdrawalsOf } from './published.repository.js';
export { PublishedTenderService } from './published.service.js';
export {
  insertSharedFile,
  sharedFile,
  sharedFilesOf,
  shareOriginal,
  unshare,
  type SharedFile,
} from './shared-file.repository.js';
export { openTendersWithLaw, tendersWithLawAfter } from './tenders-with-law.query.js';
export {
  countOffered,
  linesOf,
  lockTender,
  linesOfTender,
  lotsOf,
  offeredOf,
  mayChangePackage,
  packageById,
  packagesById,
  packagesInShort,
  packagesOf,
  tenderById,
  unplacedLines,
  type PackageInShort,
} from './tender.repository.js';
export {
  TenderService,
  type DraftCreated,
  type PackageCorrection,
  type ReadingResult,
  type TenderCorrection,
} from './tender.service.js';
export { TendersModule } from './tenders.module.js';

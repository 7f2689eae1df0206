export { documentReads, type DocumentRead, type DocumentReading } from './document-reads.query.js';
export {
  asDocument,
  DOCUMENT_MAX_BYTES,
  DOCUMENT_TYPES,
  PROOF_TYPES,
  type DocumentBrought,
  type StoredDocument,
} from './document-type.js';

import { Injectable } from '@nestjs/common';
import { opportunityById } from '../answers/index.js';
import { Refusal, type Actor } from '../kernel/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/db/index.js';
import {
  asDocument,
  documentReads,
  DOCUMENT_TYPES,
  type DocumentRead,
  type StoredDocument,
} from '../platform/documents/index.js';
import { newId } from '../platform/ids.js';
import { FileScan } from '../platform/malware/index.js';
import {
  insertSharedFile,
  lockTender,
  tenderById,
  sharedFile,
  sharedFilesOf,
  shareOriginal,
  unshare,
  type SharedFile,
  type Tender,
} from '../tenders/index.js';

/** How many files may stand beside a tender, its document apart. */
export const SHARED_FILES_MAX = 10;

/** Files of a tender for the enterprises that see it. Nothing is shared that its contractor did not say. */
@Injectable()
export class SharingService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly scan: FileScan,
  ) {}

  /** What is shared of the actor's tender, and who opened it. @throws Refusal not-found */
  async list(
    actor: Actor,
    tenderId: string,
  ): Promise<{
    readonly tender: Tender;
    readonly files: readonly SharedFile[];
    readonly reads: readonly DocumentRead[];
  }> {
    return this.db.transaction(actor, async (tx) => {
      const tender = ownOf(actor, await tenderById(tx, tenderId));
      const files = await sharedFilesOf(tx, tenderId);
      const ids = files.map(({ id }) => id);
      const reads =
        ids.length > 0 ? await documentReads(tx, tender.organisationId, 'tender-document.read', ids) : [];
      return { tender, files, reads };
    });
  }

  /**
   * Adds a file to a tender, published or not.
   * @throws Refusal not-found, tender-closed, shared-too-many, document-unfit, document-too-large and those of the scan
   */
  async add(
    actor: Actor,
    tenderId: string,
    file: { readonly name: string; readonly bytes: Uint8Array },
  ): Promise<void> {
    const document = asDocument(file, DOCUMENT_TYPES);
    const scanned = await this.scan.demandClean(document.content);
    await this.change(actor, tenderId, 'tender-document.shared', async (tx, row) => {
      const added = (await sharedFilesOf(tx, tenderId)).filter(({ isOriginal }) => !isOriginal);
      if (added.length >= SHARED_FILES_MAX)
        throw new Refusal('shared-too-many', { name: document.name, max: SHARED_FILES_MAX });
      await insertSharedFile(tx, { ...row, ...document, scanned });
    });
  }

  /** Shares the document as it was brought; the one that corrects it follows. @throws Refusal not-found, tender-closed */
  async addOriginal(actor: Actor, tenderId: string): Promise<void> {
    await this.change(actor, tenderId, 'tender-document.shared', (tx, row) => shareOriginal(tx, row));
  }

  /** Nobody can get it any more; who has it, has it. @throws Refusal not-found, tender-closed */
  async remove(actor: Actor, tenderId: string, id: string): Promise<void> {
    await this.change(actor, tenderId, 'tender-document.unshared', async (tx) => {
      if (!(await unshare(tx, tenderId, id))) throw new Refusal('not-found');
    });
  }

  /** @throws Refusal not-found */
  async own(actor: Actor, tenderId: string, id: string): Promise<StoredDocument> {
    return this.db.transaction(actor, async (tx) => {
      ownOf(actor, await tenderById(tx, tenderId));
      const found = await sharedFile(tx, tenderId, id);
      if (!found) throw new Refusal('not-found');
      return found;
    });
  }

  /**
   * A file of the tender of a package that the actor's enterprise sees. That it was read stands in the contractor's record.
   * @throws Refusal not-found, alike for what does not exist and what it may not know of
   */
  async seen(actor: Actor, packageId: string, id: string): Promise<StoredDocument> {
    const { organisationId } = actor;
    return this.db.transaction(actor, async (tx) => {
      const about = await opportunityById(tx, organisationId ?? '', packageId);
      const found = about && (await sharedFile(tx, about.tenderId, id));
      if (!found) throw new Refusal('not-found');
      await audit(tx, {
        organisationId: found.organisationId,
        action: 'tender-document.read',
        subjectId: id,
        details: { by: organisationId },
        at: this.clock.now(),
      });
      return found;
    });
  }

  private async change(
    actor: Actor,
    tenderId: string,
    action: string,
    work: (tx: Tx, row: Parameters<typeof shareOriginal>[1]) => Promise<void>,
  ): Promise<void> {
    const { personId } = actor;
    if (!personId) throw new Refusal('sign-in-needed');
    await this.db.transaction(actor, async (tx) => {
      const { organisationId, status } = ownOf(actor, await lockTender(tx, tenderId));
      if (status === 'withdrawn') throw new Refusal('tender-closed');
      const at = this.clock.now();
      await work(tx, { id: newId(at), organisationId, tenderId, by: personId, at });
      await audit(tx, { organisationId, action, subjectId: tenderId, at });
    });
  }
}

function ownOf({ organisationId }: Actor, tender: Tender | null): Tender {
  if (!tender || tender.organisationId !== organisationId) throw new Refusal('not-found');
  return tender;
}

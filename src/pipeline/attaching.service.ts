import { Injectable } from '@nestjs/common';
import {
  ANSWER_FILES_MAX,
  AnswerService,
  attachmentOf,
  attachmentOfAnswer,
  attachmentsOf,
  insertAttachment,
  standingAnswer,
  type AttachedFile,
} from '../answers/index.js';
import { Refusal, type Actor } from '../kernel/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/db/index.js';
import { asDocument, DOCUMENT_TYPES, type StoredDocument } from '../platform/documents/index.js';
import { newId } from '../platform/ids.js';
import { FileScan } from '../platform/malware/index.js';

/** Files beside an answer: brought by the enterprise, read by it and by whoever decides on the answer, by nobody else. */
@Injectable()
export class AttachingService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly scan: FileScan,
    private readonly answers: AnswerService,
  ) {}

  /**
   * Keeps a file for the answer to a package. Nobody else reads it before it is sent with an answer.
   * @throws Refusal document-unfit, document-too-large, attachments-too-many, those of the scan for malware and those of
   *   `AnswerService.demandOpen`
   */
  async attach(
    actor: Actor,
    packageId: string,
    file: { readonly name: string; readonly bytes: Uint8Array },
  ): Promise<AttachedFile> {
    const { organisationId, personId } = actor;
    if (!organisationId || !personId) throw new Refusal('sign-in-needed');
    // Whoever may not know of the package is not told what is wrong with the file.
    await this.db.transaction(actor, (tx) => this.answers.demandOpen(tx, actor, packageId));
    const document = asDocument(file, DOCUMENT_TYPES);
    const scanned = await this.scan.demandClean(document.content);
    return this.db.transaction(actor, async (tx) => {
      const { contractorOrganisationId } = await this.answers.demandOpen(tx, actor, packageId);
      const kept = await attachmentsOf(tx, packageId, organisationId);
      const sent = (await standingAnswer(tx, packageId, organisationId))?.attachments ?? [];
      if (kept.filter(({ id }) => !sent.includes(id)).length >= ANSWER_FILES_MAX)
        throw new Refusal('attachments-too-many', { name: document.name, max: ANSWER_FILES_MAX });
      const receivedAt = this.clock.now();
      const id = newId(receivedAt);
      await insertAttachment(tx, {
        ...document,
        id,
        organisationId,
        contractorOrganisationId,
        packageId,
        scanned,
        receivedBy: personId,
        receivedAt,
      });
      return { id, name: document.name, sizeBytes: document.content.length, scanned };
    });
  }

  /** What the actor's own enterprise attached. @throws Refusal not-found, alike for what is another's */
  async own(actor: Actor, packageId: string, id: string): Promise<StoredDocument> {
    const found = await this.db.transaction(actor, (tx) =>
      attachmentOf(tx, packageId, actor.organisationId ?? '', id),
    );
    if (!found) throw new Refusal('not-found');
    return found;
  }

  /**
   * What stands beside an answer that the actor decides on. That it was read stands in the enterprise's record.
   * @throws Refusal not-found, alike for what does not exist and what is another's
   */
  async ofAnswer(actor: Actor, tenderId: string, answerId: string, id: string): Promise<StoredDocument> {
    const { organisationId } = actor;
    if (!organisationId) throw new Refusal('not-found');
    return this.db.transaction(actor, async (tx) => {
      const of = { tenderId, answerId, contractorOrganisationId: organisationId };
      const found = await attachmentOfAnswer(tx, of, id);
      if (!found) throw new Refusal('not-found');
      await audit(tx, {
        organisationId: found.organisationId,
        action: 'answer-attachment.read',
        subjectId: id,
        details: { by: organisationId },
        at: this.clock.now(),
      });
      return found;
    });
  }
}

import { Injectable } from '@nestjs/common';
import { Refusal, type Actor } from '../kernel/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { newId } from '../platform/ids.js';
import { answerable, standingAnswer } from './answer.repository.js';
import { AnswerService } from './answer.service.js';
import { attachmentsOf, keepAttachments } from './attachment.repository.js';
import type { DraftEntries } from './domain/index.js';
import { answerDraft, deleteDraft, saveDraft } from './draft.repository.js';

/** Answers that are begun: an enterprise has one of each package, which all its people go on with. */
@Injectable()
export class AnswerDraftService {
  constructor(
    private readonly clock: Clock,
    private readonly answers: AnswerService,
  ) {}

  /**
   * Keeps what is entered, in place of what was kept before. Files that it leaves out and that were never sent are deleted.
   * @param seen the draft that the person looked at; null where there was none
   * @throws Refusal version-changed when a colleague saved meanwhile, and those of `AnswerService.demandOpen`
   */
  async save(
    tx: Tx,
    actor: Actor,
    packageId: string,
    entries: DraftEntries,
    seen: string | null,
  ): Promise<void> {
    const { organisationId, personId } = actor;
    if (!organisationId || !personId) throw new Refusal('sign-in-needed');
    await this.answers.demandOpen(tx, actor, packageId, true);
    if (((await answerDraft(tx, packageId, organisationId))?.id ?? null) !== seen)
      throw new Refusal('version-changed');
    const savedAt = this.clock.now();
    const row = { id: newId(savedAt), organisationId, packageId, entries, savedBy: personId, savedAt };
    await saveDraft(tx, row);
    const sent = (await standingAnswer(tx, packageId, organisationId))?.attachments ?? [];
    const files = (await attachmentsOf(tx, packageId, organisationId)).map(({ id }) => id);
    const left = [entries['removed'] ?? []].flat();
    const staying = files.filter((id) => sent.includes(id) || !left.includes(id));
    await keepAttachments(tx, packageId, organisationId, staying);
  }

  /**
   * Forgets it, with the files that were never sent. Safe to repeat.
   * @param seen as in `save`
   * @throws Refusal version-changed when a colleague saved meanwhile
   */
  async discard(tx: Tx, actor: Actor, packageId: string, seen: string | null): Promise<void> {
    const organisationId = actor.organisationId ?? '';
    // Nobody saves or sends meanwhile; what is over can be thrown away, too.
    await answerable(tx, packageId, organisationId, this.clock.now());
    const draft = await answerDraft(tx, packageId, organisationId);
    if (draft && draft.id !== seen) throw new Refusal('version-changed');
    const sent = (await standingAnswer(tx, packageId, organisationId))?.attachments ?? [];
    await deleteDraft(tx, packageId, organisationId);
    await keepAttachments(tx, packageId, organisationId, sent);
  }
}

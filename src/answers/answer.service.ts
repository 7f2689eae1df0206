import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { compareDecimals, Refusal, type Actor, type Decimal } from '../kernel/index.js';
import { audit } from '../platform/audit/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { emit } from '../platform/events/index.js';
import { newId } from '../platform/ids.js';
import { packageWithdrawal } from '../tenders/index.js';
import {
  answerable,
  endStandingAnswer,
  insertAnswer,
  standingAnswer,
  type Answerable,
} from './answer.repository.js';
import { attachmentsOf, keepAttachments } from './attachment.repository.js';
import type { Answer, AnswerGiven } from './domain/index.js';
import { answerDraft, deleteDraft } from './draft.repository.js';
import { opportunityById, type Opportunity } from './opportunities.query.js';

export interface AnswerKept {
  readonly answer: Answer;
  /** The event to tell the contractor of; null when the same answer stood already. */
  readonly eventId: string | null;
}

/** What a person looked at while answering. */
export interface AnswerSeen {
  readonly packageVersion: number;
  /** Of the answer of their organisation that stood; null without one. */
  readonly answerId: string | null;
  /** Of the draft of their organisation; null without one. */
  readonly draftId: string | null;
}

@Injectable()
export class AnswerService {
  constructor(private readonly clock: Clock) {}

  /**
   * What an enterprise may know of a package it matches. That it was read stands in the contractor's record.
   * @throws Refusal not-found, alike for what does not exist and what is not shown to it
   */
  async read(tx: Tx, actor: Actor, packageId: string): Promise<Opportunity> {
    const found = await opportunityById(tx, actor.organisationId ?? '', packageId);
    if (!found) throw new Refusal('not-found');
    await audit(tx, {
      organisationId: found.contractorOrganisationId,
      action: 'work-package.read',
      subjectId: packageId,
      details: { by: actor.organisationId },
      at: this.clock.now(),
    });
    return found;
  }

  /**
   * That the enterprise can answer the package now, and no decision falls between.
   * @param takesBack whoever no longer fits can only take its answer back
   * @throws Refusal not-found, tender-not-published, package-awarded-already, answer-awarded, answer-too-late,
   *   package-withdrawn, no-longer-a-match
   */
  async demandOpen(tx: Tx, actor: Actor, packageId: string, takesBack = false): Promise<Answerable> {
    const now = this.clock.now();
    const about = await answerable(tx, packageId, actor.organisationId ?? '', now);
    if (!about) throw new Refusal('not-found');
    if (about.status !== 'published') throw new Refusal('tender-not-published');
    if (await packageWithdrawal(tx, packageId)) throw new Refusal('package-withdrawn');
    if (about.isClosed) throw new Refusal('package-awarded-already');
    if (about.isPromised) throw new Refusal('answer-awarded');
    if (about.deadline && about.deadline <= now) throw new Refusal('answer-too-late');
    if (!about.fitsNow && !takesBack) throw new Refusal('no-longer-a-match');
    return about;
  }

  /**
   * Keeps an enterprise's answer to a package it matches. A second answer replaces the first, which keeps its
   * time; the same answer again changes nothing. Its draft, and files that are not sent with it, are deleted.
   * @throws Refusal those of `demandOpen`; version-changed when a colleague answered or saved, the package changed since `seen`,
   *   or a file is gone
   */
  async give(
    tx: Tx,
    actor: Actor,
    packageId: string,
    given: AnswerGiven,
    seen: AnswerSeen | null = null,
  ): Promise<AnswerKept> {
    const kept = await this.record(tx, actor, packageId, given, seen);
    // What was begun is said.
    await keepAttachments(tx, packageId, actor.organisationId!, given.attachments);
    await deleteDraft(tx, packageId, actor.organisationId!);
    return kept;
  }

  private async record(
    tx: Tx,
    actor: Actor,
    packageId: string,
    given: AnswerGiven,
    seen: AnswerSeen | null,
  ): Promise<AnswerKept> {
    if (!actor.organisationId || !actor.personId) throw new Refusal('sign-in-needed');
    const about = await this.demandOpen(tx, actor, packageId, given.kind === 'no');
    const now = this.clock.now();
    const standing = await standingAnswer(tx, packageId, actor.organisationId);
    if (standing && isSame(standing, given, about.packageVersion)) return { answer: standing, eventId: null };

    if (seen && (seen.answerId !== (standing?.id ?? null) || seen.packageVersion !== about.packageVersion))
      throw new Refusal('version-changed');
    // A colleague's words are not thrown away unseen.
    const draft = await answerDraft(tx, packageId, actor.organisationId);
    if (seen && draft && draft.id !== seen.draftId) throw new Refusal('version-changed');
    const brought = await attachmentsOf(tx, packageId, actor.organisationId);
    if (given.attachments.some((file) => !brought.some(({ id }) => id === file)))
      throw new Refusal('version-changed');
    const id = newId(now);
    await endStandingAnswer(tx, packageId, about.enterpriseId, now);
    await insertAnswer(tx, {
      ...given,
      id,
      organisationId: actor.organisationId,
      answeredBy: actor.personId,
      about,
      at: now,
    });
    const eventId = await emit(tx, {
      type: 'answer.given',
      organisationId: actor.organisationId,
      subjectId: id,
      payload: {
        packageId,
        tenderId: about.tenderId,
        enterpriseId: about.enterpriseId,
        kind: given.kind,
        reason: given.reason,
      },
      at: now,
    });
    return { answer: (await standingAnswer(tx, packageId, actor.organisationId))!, eventId };
  }

  /**
   * Says of a package that changed that the answer is still the same. An answer that somebody began instead stays begun.
   * @param seen the version of the package that the person looked at
   * @throws Refusal not-found, version-changed, and those of `give`
   */
  async reconfirm(tx: Tx, actor: Actor, packageId: string, seen: number): Promise<AnswerKept> {
    const standing = await standingAnswer(tx, packageId, actor.organisationId ?? '');
    if (!standing) throw new Refusal('not-found');
    const about = await answerable(tx, packageId, actor.organisationId ?? '', this.clock.now());
    if (about?.packageVersion !== seen) throw new Refusal('version-changed');
    return this.record(tx, actor, packageId, standing, null);
  }
}

function isSamePrice(left: Decimal | null, right: Decimal | null): boolean {
  return left === null || right === null ? left === right : compareDecimals(left, right) === 0;
}

function isSame(standing: Answer, given: AnswerGiven, packageVersion: number): boolean {
  return (
    standing.packageVersion === packageVersion &&
    standing.kind === given.kind &&
    standing.reason === given.reason &&
    standing.part === given.part &&
    isDeepStrictEqual([...standing.lines].sort(), [...given.lines].sort()) &&
    isDeepStrictEqual(standing.replies, given.replies) &&
    standing.message === given.message &&
    standing.startsOn === given.startsOn &&
    standing.endsOn === given.endsOn &&
    standing.conditions === given.conditions &&
    isDeepStrictEqual([...standing.attachments].sort(), [...given.attachments].sort()) &&
    isSamePrice(standing.price, given.price)
  );
}

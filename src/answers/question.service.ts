import { Injectable } from '@nestjs/common';
import { Refusal, type Actor } from '../kernel/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db/index.js';
import { emit } from '../platform/events/index.js';
import { newId } from '../platform/ids.js';
import { packageWithdrawal, tenderById } from '../tenders/index.js';
import { answerable } from './answer.repository.js';
import { insertClarification, insertQuestion, questionById } from './question.repository.js';

/** The conversation about a package: an enterprise asks, the contractor answers once, to everybody. */
@Injectable()
export class QuestionService {
  constructor(private readonly clock: Clock) {}

  /**
   * Asks about a package the enterprise matches, until the deadline.
   * @returns the event to tell the contractor of; null when the same was asked already
   * @throws Refusal not-found, tender-not-published, package-awarded-already, answer-too-late, no-longer-a-match,
   *   package-withdrawn
   */
  async ask(tx: Tx, actor: Actor, packageId: string, text: string): Promise<string | null> {
    if (!actor.organisationId || !actor.personId) throw new Refusal('sign-in-needed');
    const about = await answerable(tx, packageId, actor.organisationId, this.clock.now());
    if (!about) throw new Refusal('not-found');
    if (about.status !== 'published') throw new Refusal('tender-not-published');
    if (await packageWithdrawal(tx, packageId)) throw new Refusal('package-withdrawn');
    if (about.isClosed) throw new Refusal('package-awarded-already');
    if (!about.fitsNow) throw new Refusal('no-longer-a-match');
    const at = this.clock.now();
    if (about.deadline && about.deadline <= at) throw new Refusal('answer-too-late');
    const { contractorOrganisationId, tenderId } = about;
    const id = newId(at);
    const question = { id, contractorOrganisationId, tenderId, packageId, text, at };
    const { organisationId, personId: askedBy } = actor;
    if (!(await insertQuestion(tx, { ...question, organisationId, askedBy }))) return null;
    const payload = { packageId, tenderId };
    return emit(tx, { type: 'question.asked', organisationId, subjectId: id, payload, at });
  }

  /**
   * Answers a question, once and for everybody who sees the package.
   * @returns the event to tell enterprises of
   * @throws Refusal not-found, tender-not-published, package-withdrawn, question-answered-already
   */
  async reply(tx: Tx, actor: Actor, tenderId: string, id: string, text: string): Promise<string> {
    if (!actor.organisationId || !actor.personId) throw new Refusal('sign-in-needed');
    const question = await questionById(tx, tenderId, id);
    if (!question) throw new Refusal('not-found');
    if ((await tenderById(tx, tenderId))?.status !== 'published') throw new Refusal('tender-not-published');
    if (await packageWithdrawal(tx, question.packageId)) throw new Refusal('package-withdrawn');
    const at = this.clock.now();
    if (!(await insertClarification(tx, { id, text, saidBy: actor.personId, at })))
      throw new Refusal('question-answered-already');
    const payload = { packageId: question.packageId, tenderId };
    const { organisationId } = actor;
    return emit(tx, { type: 'question.answered', organisationId, subjectId: id, payload, at });
  }
}

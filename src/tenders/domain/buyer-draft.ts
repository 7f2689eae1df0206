import type { Tender } from './tender.js';

/** Answers about the buyer by field, as the wizard names them. Null: the field was emptied. */
export type FieldAnswers = Readonly<Record<string, unknown>>;

/** What stands of one question until all answers are confirmed together. */
export interface DraftAnswer {
  readonly question: string;
  readonly answers: FieldAnswers;
  readonly answeredBy: string;
  /** Null when the person has left. */
  readonly answeredByName: string | null;
  readonly answeredAt: Date;
}

/** Answers confirmed before, and over them those given since. */
export function answersSoFar(confirmed: FieldAnswers | null, draft: readonly DraftAnswer[]): FieldAnswers {
  return Object.assign({}, confirmed, ...draft.map(({ answers }) => answers)) as FieldAnswers;
}

/** The same text for the same answers, whatever their order; an emptied field counts as absent. */
export function answersText(answers: FieldAnswers, fields: readonly string[] = Object.keys(answers)): string {
  const stated = [...fields]
    .sort()
    .filter((field) => answers[field] !== undefined && answers[field] !== null);
  return JSON.stringify(stated.map((field) => [field, answers[field]]));
}

/** Whether an answer given since the last confirmation says something else: the clause chosen rests on the old ones. */
export function isAnsweredOtherwise(confirmed: FieldAnswers, draft: readonly DraftAnswer[]): boolean {
  return answersText(answersSoFar(confirmed, draft)) !== answersText(confirmed);
}

/** One person's answer to one question. */
export interface AnswerGiven {
  readonly question: string;
  /** Every field of the question. */
  readonly answers: FieldAnswers;
  /** What stood when the person was asked, by `answersText`. */
  readonly seen: string;
  readonly personId: string;
}

/**
 * Whether an answer would overwrite another person's that its giver has not seen. One's own, given on another device
 * or before going back, may be overwritten; so may the same answer.
 */
export function overwritesUnseen(
  confirmed: FieldAnswers | null,
  draft: readonly DraftAnswer[],
  given: AnswerGiven,
): boolean {
  const stands = answersText(answersSoFar(confirmed, draft), Object.keys(given.answers));
  if (stands === given.seen || stands === answersText(given.answers)) return false;
  return draft.find(({ question }) => question === given.question)?.answeredBy !== given.personId;
}

/** What a person saw before confirming: all answers, and when answers were confirmed last. */
export interface AnswersSeen {
  readonly answers: string;
  readonly confirmedAt: string;
}

/** `confirmed`: somebody confirmed just these answers meanwhile, and there is nothing left to do. */
export function sinceSeen(seen: AnswersSeen, now: AnswersSeen): 'as-seen' | 'changed' | 'confirmed' {
  if (seen.answers !== now.answers) return 'changed';
  return seen.confirmedAt === now.confirmedAt ? 'as-seen' : 'confirmed';
}

export function answersSeen(
  { buyer, clause }: Pick<Tender, 'buyer' | 'clause'>,
  draft: readonly DraftAnswer[],
): AnswersSeen {
  const answers = answersText(answersSoFar(buyer?.answers ?? null, draft));
  return { answers, confirmedAt: clause?.lawKnownAt ?? '' };
}

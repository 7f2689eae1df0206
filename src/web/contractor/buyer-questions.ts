import { isDay, type Day } from '../../kernel/index.js';
import {
  buyerRegime,
  decidingQuestions,
  LEVELS,
  MAIN_CLAUSES,
  type Buyer,
  type Level,
  type MainClause,
} from '../../legal-basis/index.js';

/** One question per page, in the order that decides; two of them only when the answer before asks for it. */
export const QUESTIONS = ['authority', 'level', 'funding', 'handover', 'main', 'main-details'] as const;
export type Question = (typeof QUESTIONS)[number];
/** After the last question. */
export const CHECK = 'check';

/** What can be answered to a question that is a choice. */
export const CHOICES = {
  authority: ['no', 'authority', 'utility', 'unknown'],
  level: LEVELS,
  funding: ['none', 'half', 'grant', 'unknown'],
  handover: ['no', 'yes', 'unknown'],
  main: ['no', 'yes', 'unknown'],
} as const;

export interface BuyerAnswers {
  readonly authority?: (typeof CHOICES.authority)[number];
  readonly level?: Level;
  readonly funding?: (typeof CHOICES.funding)[number];
  readonly handover?: (typeof CHOICES.handover)[number];
  readonly main?: (typeof CHOICES.main)[number];
  readonly mainClause?: MainClause;
  readonly mainNoticeDate?: Day;
  /** Number or name of the main contract, as the contractor writes it. */
  readonly mainContract?: string;
}

/** What the law is asked with, of the buyer. */
export interface BuyerVerdict {
  readonly buyer: Buyer;
  readonly level: Level | null;
  readonly mainClause: MainClause | null;
  readonly mainContract: string | null;
  readonly mainNoticeDate: Day | null;
}

/** The fields of each question: what its page sends, and what is kept of it. */
export const FIELDS = {
  authority: ['authority'],
  level: ['level'],
  funding: ['funding'],
  handover: ['handover'],
  main: ['main'],
  'main-details': ['mainClause', 'mainNoticeDate', 'mainContract'],
} as const satisfies Record<Question, readonly (keyof BuyerAnswers)[]>;

/** What is kept of one question; null for a field that was left empty. */
export function answersTo(question: Question, answers: BuyerAnswers): Readonly<Record<string, unknown>> {
  return Object.fromEntries(FIELDS[question].map((field) => [field, answers[field] ?? null]));
}

function oneOf<Choice extends string>(choices: readonly Choice[], text: unknown): Choice | undefined {
  return choices.find((choice) => choice === text);
}

/** Reads answers from a query, a form or the stored draft; what makes no sense is left out. */
export function readAnswers(raw: Readonly<Record<string, unknown>>): BuyerAnswers {
  const mainContract =
    typeof raw['mainContract'] === 'string' ? raw['mainContract'].trim().slice(0, 200) : '';
  const read = {
    authority: oneOf(CHOICES.authority, raw['authority']),
    level: oneOf(CHOICES.level, raw['level']),
    funding: oneOf(CHOICES.funding, raw['funding']),
    handover: oneOf(CHOICES.handover, raw['handover']),
    main: oneOf(CHOICES.main, raw['main']),
    mainClause: oneOf(MAIN_CLAUSES, raw['mainClause']),
    mainNoticeDate: isDay(raw['mainNoticeDate']) ? raw['mainNoticeDate'] : undefined,
    mainContract: mainContract === '' ? undefined : mainContract,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

const QUESTION_OF = { 1: 'authority', 2: 'funding', 3: 'handover', 4: 'main' } as const;
/** A page that follows a question when its answer asks for details. */
const DETAILS = { authority: 'level', main: 'main-details' } as const;

/** The questions these answers lead through, in order: those that decide by law, and their details. */
export function questionsFor(answers: BuyerAnswers): Question[] {
  const isPublic = answers.authority === 'authority' || answers.authority === 'utility';
  return decidingQuestions({ authority: authorityInLaw(answers) }).flatMap((number): Question[] => {
    const question = QUESTION_OF[number];
    if (question === 'authority' && isPublic) return [question, DETAILS.authority];
    return question === 'main' && answers.main === 'yes' ? [question, DETAILS.main] : [question];
  });
}

function authorityInLaw({ authority }: BuyerAnswers) {
  return authority === 'utility' ? 'entity' : (authority ?? null);
}

/** True when the question has its answer. */
export function isAnswered(question: Question, answers: BuyerAnswers): boolean {
  if (question === 'main-details')
    return answers.mainClause !== undefined && answers.mainNoticeDate !== undefined;
  return answers[question] !== undefined;
}

/** Where to go after a question: the next one without an answer, else the check of all answers. */
export function nextQuestion(question: Question, answers: BuyerAnswers): Question | typeof CHECK {
  const path = questionsFor(answers);
  return path.slice(path.indexOf(question) + 1).find((next) => !isAnswered(next, answers)) ?? CHECK;
}

export function previousQuestion(question: Question | typeof CHECK, answers: BuyerAnswers): Question | null {
  const path = questionsFor(answers);
  const at = question === CHECK ? path.length : path.indexOf(question);
  return path[at - 1] ?? null;
}

/** The first question that still has no answer, or null when all have. */
export function openQuestion(answers: BuyerAnswers): Question | null {
  return questionsFor(answers).find((question) => !isAnswered(question, answers)) ?? null;
}

/** What the law is asked with; who the buyer is to it, the legal basis decides. */
export function classifyBuyer(answers: BuyerAnswers): BuyerVerdict {
  const { buyer, mainClause } = buyerRegime({
    authority: authorityInLaw(answers),
    moreThanHalfPublic: toldOf(answers.funding, 'half'),
    grantWithClause: toldOf(answers.funding, 'grant'),
    handedOver: answers.handover ?? null,
    partOfPublicContract: answers.main ?? null,
    mainClause: answers.mainClause ?? null,
  });
  const isSubcontract = buyer === 'pep';
  return {
    buyer,
    level: answers.level ?? null,
    mainClause,
    mainContract: isSubcontract ? (answers.mainContract ?? null) : null,
    mainNoticeDate: isSubcontract ? (answers.mainNoticeDate ?? null) : null,
  };
}

function toldOf(funding: BuyerAnswers['funding'], yes: 'half' | 'grant'): 'yes' | 'no' | 'unknown' | null {
  if (funding === undefined) return null;
  if (funding === 'unknown') return 'unknown';
  return funding === yes ? 'yes' : 'no';
}

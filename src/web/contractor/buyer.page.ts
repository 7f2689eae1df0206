import {
  answersSeen,
  answersSoFar,
  answersText,
  type DraftAnswer,
  type FieldAnswers,
  type Tender,
} from '../../tenders/index.js';
import {
  CHECK,
  CHOICES,
  classifyBuyer,
  FIELDS,
  openQuestion,
  previousQuestion,
  questionsFor,
  readAnswers,
  type BuyerAnswers,
  type BuyerVerdict,
  type Question,
} from './buyer-questions.js';
import { contractorPaths } from './paths.js';

/** Answers as they stand: those confirmed before, under those given since. */
export interface BuyerSoFar {
  readonly tender: Tender;
  readonly draft: readonly DraftAnswer[];
}

export interface BuyerPage {
  readonly question: Question;
  readonly href: string;
  readonly backHref: string;
  readonly tenderHref: string;
  readonly answers: BuyerAnswers;
  /** What can be ticked; empty for the page of details. */
  readonly choices: readonly string[];
  /** What stands of this question, sent back with the answer: who overwrites another's has seen it. */
  readonly seen: string;
  /** Which question of how many on this path. */
  readonly step: number;
  readonly steps: number;
}

export interface BuyerCheckPage {
  readonly href: string;
  readonly backHref: string;
  readonly tenderHref: string;
  readonly rows: readonly {
    readonly question: Question;
    readonly answer: string | null;
    readonly changeHref: string;
    /** Who answered it, when that was not the reader. */
    readonly by: string | null;
  }[];
  readonly seenAnswers: string;
  readonly seenConfirmedAt: string;
  readonly answers: BuyerAnswers;
  readonly verdict: BuyerVerdict;
}

export function answersNow(soFar: BuyerSoFar): BuyerAnswers {
  return readAnswers(storedAnswers(soFar));
}

function storedAnswers({ tender, draft }: BuyerSoFar): FieldAnswers {
  return answersSoFar(tender.buyer?.answers ?? null, draft);
}

/** Where the person continues: at the first question without an answer, else at the check of all. */
export function continueHref(soFar: BuyerSoFar): string {
  return contractorPaths.buyerQuestion(soFar.tender.id, openQuestion(answersNow(soFar)) ?? CHECK);
}

/** @param seen what stood when the person was first asked, when the page comes back */
export function buyerPage(soFar: BuyerSoFar, question: Question, seen?: string): BuyerPage {
  const answers = answersNow(soFar);
  const path = questionsFor(answers);
  return {
    question,
    ...hrefs(soFar.tender.id, question, answers),
    answers,
    choices: question === 'main-details' ? [] : CHOICES[question],
    // As they are stored, not as they are read: what stands is compared so.
    seen: seen ?? answersText(storedAnswers(soFar), FIELDS[question]),
    step: Math.max(1, path.indexOf(question) + 1),
    steps: path.length,
  };
}

/** @param reader whose own answers need no name */
export function buyerCheckPage(soFar: BuyerSoFar, reader: string): BuyerCheckPage {
  const { tender, draft } = soFar;
  const answers = answersNow(soFar);
  const seen = answersSeen(tender, draft);
  return {
    ...hrefs(tender.id, CHECK, answers),
    rows: questionsFor(answers).map((question) => {
      const given = draft.find((one) => one.question === question);
      return {
        question,
        answer: question === 'main-details' ? null : (answers[question] ?? null),
        changeHref: contractorPaths.buyerQuestion(tender.id, question),
        by: given && given.answeredBy !== reader ? given.answeredByName : null,
      };
    }),
    seenAnswers: seen.answers,
    seenConfirmedAt: seen.confirmedAt,
    answers,
    verdict: classifyBuyer(answers),
  };
}

function hrefs(tenderId: string, at: Question | typeof CHECK, answers: BuyerAnswers) {
  const previous = previousQuestion(at, answers);
  const tenderHref = contractorPaths.tender(tenderId);
  return {
    href: contractorPaths.buyerQuestion(tenderId, at),
    backHref: previous ? contractorPaths.buyerQuestion(tenderId, previous) : tenderHref,
    tenderHref,
  };
}

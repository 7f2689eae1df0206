import {
  CHECK,
  CHOICES,
  classifyBuyer,
  previousQuestion,
  questionsFor,
  type BuyerAnswers,
  type BuyerVerdict,
  type Question,
} from './buyer-questions.js';
import { contractorPaths } from './paths.js';

export interface BuyerPage {
  readonly tenderId: string;
  readonly question: Question;
  readonly href: string;
  readonly backHref: string;
  readonly answers: BuyerAnswers;
  /** What can be ticked; empty for the page of details. */
  readonly choices: readonly string[];
  /** Answers of the other questions, carried along. */
  readonly carried: readonly { readonly name: string; readonly value: string }[];
  /** Which question of how many on this path. */
  readonly step: number;
  readonly steps: number;
}

export interface BuyerCheckPage {
  readonly href: string;
  readonly backHref: string;
  readonly rows: readonly {
    readonly question: Question;
    readonly answer: string | null;
    readonly changeHref: string;
  }[];
  readonly carried: readonly { readonly name: string; readonly value: string }[];
  readonly answers: BuyerAnswers;
  readonly verdict: BuyerVerdict;
}

const OWN_FIELDS: Readonly<Record<Question, readonly string[]>> = {
  authority: ['authority'],
  level: ['level'],
  funding: ['funding'],
  handover: ['handover'],
  main: ['main'],
  'main-details': ['mainClause', 'mainNoticeDate', 'mainContract'],
};

function withAnswers(path: string, answers: BuyerAnswers): string {
  const query = new URLSearchParams(Object.entries(answers) as [string, string][]).toString();
  return query ? `${path}?${query}` : path;
}

/** Address of a question (or of the check) that carries the answers given so far. */
export function questionHref(tenderId: string, question: string, answers: BuyerAnswers): string {
  return withAnswers(contractorPaths.buyer(tenderId, question), answers);
}

function carry(answers: BuyerAnswers, except: readonly string[]): { name: string; value: string }[] {
  return Object.entries(answers)
    .filter(([name]) => !except.includes(name))
    .map(([name, value]) => ({ name, value: String(value) }));
}

export function buyerPage(tenderId: string, question: Question, answers: BuyerAnswers): BuyerPage {
  const path = questionsFor(answers);
  const previous = previousQuestion(question, answers);
  return {
    tenderId,
    question,
    href: contractorPaths.buyer(tenderId, question),
    backHref: previous ? questionHref(tenderId, previous, answers) : contractorPaths.tender(tenderId),
    answers,
    choices: question === 'main-details' ? [] : CHOICES[question],
    carried: carry(answers, OWN_FIELDS[question]),
    step: path.indexOf(question) + 1,
    steps: path.length,
  };
}

export function buyerCheckPage(tenderId: string, answers: BuyerAnswers): BuyerCheckPage {
  const previous = previousQuestion(CHECK, answers);
  return {
    href: contractorPaths.buyer(tenderId, CHECK),
    backHref: previous ? questionHref(tenderId, previous, answers) : contractorPaths.tender(tenderId),
    rows: questionsFor(answers).map((question) => ({
      question,
      answer: question === 'main-details' ? null : (answers[question] ?? null),
      changeHref: questionHref(tenderId, question, answers),
    })),
    carried: carry(answers, []),
    answers,
    verdict: classifyBuyer(answers),
  };
}

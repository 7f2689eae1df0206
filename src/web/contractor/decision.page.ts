import {
  CONFIRM_DAYS,
  contractorActs,
  DECLINE_REASONS,
  standingState,
  type Answer,
  type ContractorAct,
  type Decision,
  type DeclineReason,
  type StandingState,
} from '../../answers/index.js';
import type { FileShown } from '../shared/file-shown.js';
import { filesOfAnswer } from './board.page.js';
import { contractorPaths } from './paths.js';

export interface DecisionPage {
  readonly title: string;
  readonly answer: Answer;
  /** What came with it. */
  readonly files: readonly FileShown[];
  /** What was asked of whoever answers. */
  readonly questions: readonly string[];
  readonly state: StandingState;
  readonly decision: Pick<
    Decision,
    'id' | 'reason' | 'message' | 'confirmBy' | 'decidedAt' | 'decidedByName'
  >;
  /** What can be decided now. */
  readonly acts: readonly ContractorAct[];
  readonly reasons: readonly DeclineReason[];
  readonly confirmDays: number;
  /** Where the hours of what was won are entered; null for a tender without an obligation. */
  readonly obligationHref: string | null;
  readonly href: string;
  readonly boardHref: string;
}

export function decisionPage(found: {
  readonly answer: Answer;
  readonly decision: Decision;
  readonly packageTitle: string;
  readonly questions: readonly string[];
  readonly obligationHref: string | null;
  readonly now: Date;
}): DecisionPage {
  const { answer, decision, now } = found;
  const state = standingState(decision.state, decision.confirmBy, now);
  return {
    title: found.packageTitle,
    answer,
    files: filesOfAnswer(answer),
    questions: found.questions,
    decision,
    state,
    acts: decision.tenderStatus === 'published' ? contractorActs(state) : [],
    reasons: DECLINE_REASONS,
    confirmDays: CONFIRM_DAYS,
    obligationHref: state === 'confirmed' ? found.obligationHref : null,
    href: contractorPaths.decision(answer.tenderId, answer.id),
    boardHref: contractorPaths.boardAt(answer.tenderId, answer.packageId),
  };
}

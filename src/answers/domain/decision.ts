import { Refusal, type Problem } from '../../kernel/index.js';
import { ANSWER_TEXT_MAX } from './check-answer.js';

/** What an answer came to; a contractor decides on each, and whoever is awarded the work has the last word. */
export const DECISION_STATES = ['retained', 'declined', 'awarded', 'confirmed', 'refused'] as const;
export type DecisionState = (typeof DECISION_STATES)[number];

/** `waiting`: nothing was decided. `lapsed`: awarded, and not confirmed in time. */
export type StandingState = DecisionState | 'waiting' | 'lapsed';

/** What the contractor may do. */
export const CONTRACTOR_ACTS = ['retain', 'decline', 'award'] as const;
/** What the winner may do. */
export const WINNER_ACTS = ['confirm', 'refuse'] as const;
export type ContractorAct = (typeof CONTRACTOR_ACTS)[number];
export type WinnerAct = (typeof WINNER_ACTS)[number];
export type DecisionAct = ContractorAct | WinnerAct;

/** Why not, as the enterprise reads it. `another-chosen` also follows by itself from the award to another. */
export const DECLINE_REASONS = ['another-chosen', 'scope', 'dates', 'price', 'not-placed', 'other'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** How long the winner has to confirm, in days. */
export const CONFIRM_DAYS = 7;

const NEXT: Readonly<Record<StandingState, Partial<Readonly<Record<DecisionAct, DecisionState>>>>> = {
  waiting: { retain: 'retained', decline: 'declined', award: 'awarded' },
  retained: { decline: 'declined', award: 'awarded' },
  // A winner may refuse: whoever was declined can be come back to.
  declined: { retain: 'retained', award: 'awarded' },
  // What was promised is not taken back while it can be confirmed.
  awarded: { confirm: 'confirmed', refuse: 'refused' },
  lapsed: { retain: 'retained', decline: 'declined', award: 'awarded' },
  // Both are the enterprise's last word on this answer; it may give another answer.
  confirmed: {},
  refused: {},
};

/** The state an act leads to. @throws Refusal decision-not-possible */
export function afterAct(state: StandingState, act: DecisionAct): DecisionState {
  const next = NEXT[state][act];
  if (!next) throw new Refusal('decision-not-possible');
  return next;
}

export function contractorActs(state: StandingState): ContractorAct[] {
  return CONTRACTOR_ACTS.filter((act) => NEXT[state][act] !== undefined);
}

/** @param confirmBy of an award */
export function standingState(state: DecisionState | null, confirmBy: Date | null, now: Date): StandingState {
  if (state === 'awarded' && confirmBy !== null && confirmBy <= now) return 'lapsed';
  return state ?? 'waiting';
}

export interface DecisionGiven<Act extends DecisionAct = DecisionAct> {
  readonly act: Act;
  /** With `decline` only. */
  readonly reason: DeclineReason | null;
  readonly message: string | null;
}

/** Reads what a contractor decides, as a form or an API call sends it. */
export function checkDecision(
  given: Readonly<Record<string, unknown>>,
): DecisionGiven<ContractorAct> | Problem[] {
  return check(given, CONTRACTOR_ACTS);
}

/** Reads what the winner says, as a form or an API call sends it. */
export function checkWinnerReply(
  given: Readonly<Record<string, unknown>>,
): DecisionGiven<WinnerAct> | Problem[] {
  return check(given, WINNER_ACTS);
}

function check<Act extends DecisionAct>(
  given: Readonly<Record<string, unknown>>,
  acts: readonly Act[],
): DecisionGiven<Act> | Problem[] {
  const act = acts.find((known) => known === given['act']);
  if (act === undefined) return [problem('decision.act.unknown', '/act', null, acts.join(', '))];
  const reason = DECLINE_REASONS.find((known) => known === given['reason']) ?? null;
  if (act === 'decline' && reason === null)
    return [problem('decision.reason.missing', '/reason', null, DECLINE_REASONS.join(', '))];
  const { message: said } = given;
  const message = typeof said === 'string' ? said.trim().normalize('NFC') : '';
  if (message.length > ANSWER_TEXT_MAX)
    return [problem('answer.text.too-long', '/message', String(message.length), String(ANSWER_TEXT_MAX))];
  return { act, reason: act === 'decline' ? reason : null, message: message === '' ? null : message };
}

const problem = (code: string, pointer: string, found: string | null, expected: string): Problem => ({
  code,
  severity: 'error',
  place: { pointer },
  found,
  expected,
});

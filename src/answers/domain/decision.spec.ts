import fc from 'fast-check';
import { Refusal } from '../../kernel/index.js';
import {
  afterAct,
  checkDecision,
  checkWinnerReply,
  CONTRACTOR_ACTS,
  contractorActs,
  DECISION_STATES,
  standingState,
  WINNER_ACTS,
  type DecisionAct,
  type StandingState,
} from './decision.js';

const STATES: readonly StandingState[] = ['waiting', 'lapsed', ...DECISION_STATES];
const ACTS: readonly DecisionAct[] = [...CONTRACTOR_ACTS, ...WINNER_ACTS];

/** Every act in every state, written out apart from the code: a dash is refused. */
const TABLE = `
            retain    decline   award    confirm    refuse
  waiting   retained  declined  awarded  -          -
  lapsed    retained  declined  awarded  -          -
  retained  -         declined  awarded  -          -
  declined  retained  -         awarded  -          -
  awarded   -         -         -        confirmed  refused
  confirmed -         -         -        -          -
  refused   -         -         -        -          -`;
const [heads, ...lines] = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const CASES = lines.flatMap(([state, ...cells]) => cells.map((to, at) => [state, heads![at], to] as const));

const tried = (state: StandingState, act: DecisionAct): string => {
  try {
    return afterAct(state, act);
  } catch (error) {
    return error instanceof Refusal && error.code === 'decision-not-possible' ? '-' : String(error);
  }
};

describe('the decision on an answer', () => {
  it('says what every act does in every state', () => {
    expect(CASES).toHaveLength(STATES.length * ACTS.length);
    expect(new Set(CASES.map(([state]) => state))).toEqual(new Set(STATES));
  });
  it.each(CASES)('%s, %s: %s', (state, act, to) => {
    expect(tried(state as StandingState, act as DecisionAct)).toBe(to);
  });

  it('whatever is tried in whatever order, what the winner said stands, and it only speaks of an award', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ACTS), { maxLength: 30 }), (acts) => {
        let state: StandingState = 'waiting';
        for (const act of acts) {
          const before: StandingState = state;
          const to = tried(before, act);
          if (to !== '-') state = to as StandingState;
          const isLast = before === 'confirmed' || before === 'refused';
          const bySpeaking = state !== before && (state === 'confirmed' || state === 'refused');
          expect([isLast && state !== before, bySpeaking && before !== 'awarded']).toEqual([false, false]);
        }
      }),
    );
  });

  it('offers the contractor what it may do, and nothing else', () => {
    for (const state of STATES)
      expect(contractorActs(state)).toEqual(CONTRACTOR_ACTS.filter((act) => tried(state, act) !== '-'));
  });

  it('an award lapses when its term is over, to the millisecond', () => {
    const term = new Date('2026-12-01T10:00:00.000Z');
    const before = new Date('2026-12-01T09:59:59.999Z');
    expect(standingState('awarded', term, before)).toBe('awarded');
    expect(standingState('awarded', term, term)).toBe('lapsed');
    expect(standingState('retained', null, term)).toBe('retained');
    expect(standingState(null, null, term)).toBe('waiting');
  });
});

describe('a decision as it is sent', () => {
  it.each([
    [{}, ['decision.act.unknown']],
    [{ act: 'confirm' }, ['decision.act.unknown']],
    [{ act: 'decline' }, ['decision.reason.missing']],
    [{ act: 'decline', reason: 'ugly' }, ['decision.reason.missing']],
    [{ act: 'retain', message: 'x'.repeat(2001) }, ['answer.text.too-long']],
  ])('%j is refused: %j', (given, codes) => {
    const checked = checkDecision(given);
    expect(Array.isArray(checked) && checked.map(({ code }) => code)).toEqual(codes);
  });
  it('keeps a reason with a decline alone', () => {
    expect(checkDecision({ act: 'award', reason: 'scope', message: ' Bravo ' })).toEqual({
      act: 'award',
      reason: null,
      message: 'Bravo',
    });
    expect(checkWinnerReply({ act: 'award' })).toHaveLength(1);
    expect(checkWinnerReply({ act: 'refuse' })).toEqual({ act: 'refuse', reason: null, message: null });
  });
});

import {
  answersSeen,
  answersSoFar,
  answersText,
  overwritesUnseen,
  sinceSeen,
  type DraftAnswer,
} from './buyer-draft.js';

const ANNE = '00000000-0000-7000-8000-00000000000a';
const BOB = '00000000-0000-7000-8000-00000000000b';

const CLAUSE = {
  decidedOn: '2026-11-24',
  lawKnownAt: '2026-11-24T10:00:00.000Z',
  answer: {},
  instrument: null,
  basis: null,
};

function draft(question: string, answers: Record<string, unknown>, answeredBy: string): DraftAnswer {
  return { question, answers, answeredBy, answeredByName: null, answeredAt: new Date(0) };
}

describe('answers that are not confirmed yet', () => {
  it('lie over those confirmed before, and empty what was emptied', () => {
    const so = answersSoFar({ main: 'yes', mainContract: '12' }, [
      draft('main-details', { mainContract: null }, ANNE),
    ]);
    expect(answersText(so)).toBe(answersText({ main: 'yes' }));
  });

  it('are the same in any order', () => {
    expect(answersText({ b: 1, a: 2 })).toBe(answersText({ a: 2, b: 1 }));
    expect(answersText({ a: 1, b: 2 }, ['a'])).toBe(answersText({ a: 1 }));
  });

  const nothing = answersText({});
  const no = answersText({ authority: 'no' });
  it.each([
    ['nobody answered', null, [], nothing, false],
    [
      'one answered oneself, on another device',
      null,
      [draft('authority', { authority: 'no' }, ANNE)],
      nothing,
      false,
    ],
    ['another answered unseen', null, [draft('authority', { authority: 'no' }, BOB)], nothing, true],
    ['another answered and it was shown', null, [draft('authority', { authority: 'no' }, BOB)], no, false],
    [
      'another answered the same',
      null,
      [draft('authority', { authority: 'authority' }, BOB)],
      nothing,
      false,
    ],
    ['another answered another question', null, [draft('level', { level: 'local' }, BOB)], nothing, false],
    ['all was confirmed meanwhile', { authority: 'no' }, [], nothing, true],
  ] as const)('are overwritten unseen when %s: %#', (_, confirmed, stored, seen, expected) => {
    const given = { question: 'authority', answers: { authority: 'authority' }, seen, personId: ANNE };
    expect(overwritesUnseen(confirmed, stored, given)).toBe(expected);
  });

  it('are confirmed as they were seen, or not', () => {
    const seen = answersSeen({ buyer: null, clause: null }, [draft('authority', { authority: 'no' }, ANNE)]);
    expect(sinceSeen(seen, seen)).toBe('as-seen');
    const confirmed = (authority: string) =>
      answersSeen({ buyer: { answers: { authority }, facts: {} }, clause: CLAUSE }, []);
    expect(sinceSeen(seen, confirmed('no'))).toBe('confirmed');
    expect(sinceSeen(seen, confirmed('unknown'))).toBe('changed');
  });
});

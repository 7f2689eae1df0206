import fc from 'fast-check';
import { ANSWER_TEXT_MAX, checkAnswer } from './check-answer.js';

describe('an answer', () => {
  it.each([
    [{ kind: 'maybe' }, ['answer.kind.unknown']],
    [{}, ['answer.kind.unknown']],
    [{ kind: 'no' }, ['answer.reason.missing']],
    [{ kind: 'no', reason: 'because' }, ['answer.reason.missing']],
    [{ kind: 'part', part: '  ' }, ['answer.part.missing']],
    [{ kind: 'full', message: 'x'.repeat(ANSWER_TEXT_MAX + 1) }, ['answer.text.too-long']],
  ])('%j is refused: %j', (given, codes) => {
    const checked = checkAnswer(given);
    expect(Array.isArray(checked) && checked.map((p) => p.code)).toEqual(codes);
  });

  it('keeps a reason with a no alone, and a part with a part alone', () => {
    expect(checkAnswer({ kind: 'full', reason: 'too-far', part: 'all', message: ' Oui ' })).toEqual({
      kind: 'full',
      reason: null,
      part: null,
      message: 'Oui',
    });
    expect(checkAnswer({ kind: 'no', reason: 'too-far' })).toMatchObject({ reason: 'too-far', part: null });
  });

  it('never throws, whatever is sent', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.anything()), (given) => void checkAnswer(given)));
  });
});

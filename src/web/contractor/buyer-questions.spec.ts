import {
  classifyBuyer,
  isAnswered,
  nextQuestion,
  openQuestion,
  questionsFor,
  readAnswers,
} from './buyer-questions.js';

describe('the questions about the buyer', () => {
  it('are two for a public buyer and four for a private one, with details only when asked for', () => {
    expect(questionsFor({ authority: 'authority' })).toEqual(['authority', 'level']);
    expect(questionsFor({ authority: 'no' })).toEqual(['authority', 'funding', 'handover', 'main']);
    expect(questionsFor({ authority: 'unknown', main: 'yes' }).at(-1)).toBe('main-details');
  });

  it('lead to the next one without an answer, then to the check', () => {
    expect(nextQuestion('authority', { authority: 'no' })).toBe('funding');
    expect(nextQuestion('authority', { authority: 'no', funding: 'none', handover: 'no', main: 'no' })).toBe(
      'check',
    );
    expect(openQuestion({ authority: 'no', funding: 'none' })).toBe('handover');
    expect(openQuestion({ authority: 'utility', level: 'local' })).toBeNull();
  });

  it('need the clause and the day of a main contract, not its number', () => {
    const answers = { main: 'yes', mainClause: 'flex' } as const;
    expect(isAnswered('main-details', answers)).toBe(false);
    expect(isAnswered('main-details', { ...answers, mainNoticeDate: '2026-03-02' })).toBe(true);
  });

  it.each([
    [{ authority: 'authority', level: 'local' }, 'public'],
    [{ authority: 'utility', level: 'regional' }, 'public-utility'],
    [{ authority: 'no', funding: 'none', handover: 'no', main: 'no' }, 'private'],
    [{ authority: 'unknown', funding: 'unknown', handover: 'unknown', main: 'unknown' }, 'private'],
    [{ authority: 'no', funding: 'half', handover: 'no', main: 'no' }, 'private-captured'],
    [{ authority: 'no', funding: 'none', handover: 'yes', main: 'no' }, 'private-captured'],
    [{ authority: 'no', funding: 'grant', handover: 'no', main: 'no' }, 'private-subsidy'],
    [{ authority: 'no', funding: 'none', handover: 'no', main: 'yes', mainClause: 'flex' }, 'pep'],
  ] as const)('make of %j a buyer that is %s', (answers, buyer) => {
    expect(classifyBuyer(answers).buyer).toBe(buyer);
  });

  it('keep nothing that makes no sense', () => {
    expect(
      readAnswers({ authority: 'king', level: ['local'], mainNoticeDate: '2026-02-30', mainContract: '  ' }),
    ).toEqual({});
    expect(readAnswers({ mainContract: ' 2026/14 ', main: 'yes' })).toEqual({
      main: 'yes',
      mainContract: '2026/14',
    });
  });
});

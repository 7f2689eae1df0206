import fc from 'fast-check';
import { NO_TERMS, type Asked } from './answer.js';
import { ANSWER_TEXT_MAX, checkAnswer } from './check-answer.js';
import { coveragePercent } from './coverage.js';

const NOTHING: Asked = { price: false, questions: [], lines: new Set(), attachments: new Set() };
const ASKED: Asked = {
  price: false,
  questions: ['Combien de personnes ?', 'Quand ?'],
  lines: new Set(['l1', 'l2']),
  attachments: new Set(['f1', 'f2', 'f3', 'f4', 'f5', 'f6']),
};
const codesOf = (given: Record<string, unknown>): unknown => {
  const checked = checkAnswer(given, ASKED);
  return Array.isArray(checked) ? checked.map(({ code, place }) => [code, place]) : checked;
};

describe('an answer to an offer with questions', () => {
  const both = { reply1: ' Quatre ', reply2: 'En mars' };

  it('replies to each when the work, or a part of it, is taken', () => {
    expect(codesOf({ kind: 'full', reply1: 'Quatre', reply2: ' ' })).toEqual([
      ['answer.reply.missing', { pointer: '/reply2' }],
    ]);
    expect(codesOf({ kind: 'part', lines: 'l1' })).toEqual([
      ['answer.reply.missing', { pointer: '/reply1' }],
      ['answer.reply.missing', { pointer: '/reply2' }],
    ]);
    expect(codesOf({ kind: 'full', ...both })).toMatchObject({ replies: ['Quatre', 'En mars'] });
    expect(codesOf({ kind: 'full', replies: ['Quatre', 'En mars', 'too many'] })).toMatchObject({
      replies: ['Quatre', 'En mars'],
    });
  });

  it('needs none while partners are looked for, and keeps none with a no', () => {
    expect(codesOf({ kind: 'team' })).toMatchObject({ replies: [] });
    expect(codesOf({ kind: 'team', reply2: 'En mars' })).toMatchObject({ replies: ['', 'En mars'] });
    expect(codesOf({ kind: 'no', reason: 'dates', ...both })).toMatchObject({ replies: [] });
  });

  it('names a part by its lines, in place of words or beside them', () => {
    expect(codesOf({ kind: 'part', lines: ['l2', 'l1', 'l2'], ...both })).toMatchObject({
      part: null,
      lines: ['l2', 'l1'],
    });
    expect(codesOf({ kind: 'part', lines: ['l9'], ...both })).toEqual([
      ['answer.line.unknown', { pointer: '/lines' }],
    ]);
    expect(codesOf({ kind: 'full', lines: ['l1'], ...both })).toMatchObject({ lines: [] });
  });

  it('brings files that are there, once each, five at most, and none with a no', () => {
    expect(codesOf({ kind: 'team', attachments: ['f1', 'f1'] })).toMatchObject({ attachments: ['f1'] });
    expect(codesOf({ kind: 'team', attachments: 'f1' })).toMatchObject({ attachments: ['f1'] });
    expect(codesOf({ kind: 'team', attachments: ['f9'] })).toEqual([
      ['answer.attachment.unknown', { pointer: '/attachments' }],
    ]);
    expect(codesOf({ kind: 'team', attachments: [...ASKED.attachments] })).toEqual([
      ['answer.attachment.too-many', { pointer: '/attachments' }],
    ]);
    expect(codesOf({ kind: 'no', reason: 'dates', attachments: ['f1'] })).toMatchObject({ attachments: [] });
  });

  it('keeps as many replies as questions, or none, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('kind', 'reply1', 'reply2', 'replies', 'lines', 'part'), fc.anything()),
        (given) => {
          const checked = checkAnswer({ kind: 'team', ...given }, ASKED);
          expect([0, 2]).toContain(Array.isArray(checked) ? 0 : checked.replies.length);
        },
      ),
    );
  });
});

describe('how much answers cover', () => {
  it('is 100 only when no line is left', () => {
    expect(coveragePercent({ covered: 999, lines: 1000, hasUncounted: false })).toBe(99);
    expect(coveragePercent({ covered: 3, lines: 3, hasUncounted: false })).toBe(100);
    expect(coveragePercent({ covered: 0, lines: 0, hasUncounted: true })).toBeNull();
  });
});

describe('an answer', () => {
  it.each([
    [{ kind: 'maybe' }, ['answer.kind.unknown']],
    [{}, ['answer.kind.unknown']],
    [{ kind: 'no' }, ['answer.reason.missing']],
    [{ kind: 'no', reason: 'because' }, ['answer.reason.missing']],
    [{ kind: 'part', part: '  ' }, ['answer.part.missing']],
    [{ kind: 'full', message: 'x'.repeat(ANSWER_TEXT_MAX + 1) }, ['answer.text.too-long']],
  ])('%j is refused: %j', (given, codes) => {
    const checked = checkAnswer(given, NOTHING);
    expect(Array.isArray(checked) && checked.map((p) => p.code)).toEqual(codes);
  });

  it('keeps a reason with a no alone, and a part with a part alone', () => {
    expect(checkAnswer({ kind: 'full', reason: 'too-far', part: 'all', message: ' Oui ' }, NOTHING)).toEqual({
      ...NO_TERMS,
      kind: 'full',
      reason: null,
      part: null,
      lines: [],
      replies: [],
      message: 'Oui',
      attachments: [],
    });
    expect(checkAnswer({ kind: 'no', reason: 'too-far' }, NOTHING)).toMatchObject({
      reason: 'too-far',
      part: null,
    });
  });

  it('never throws, whatever is sent', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (given) => void checkAnswer(given, NOTHING)),
    );
  });
});

describe('what an answer offers beside its yes', () => {
  const priced: Asked = { price: true, questions: [], lines: new Set(), attachments: new Set() };
  const terms = {
    startsOn: '2027-02-01',
    endsOn: '2027-03-01',
    conditions: ' Eau sur place ',
    price: '2500.50',
  };
  const codes = (given: Record<string, unknown>, asked = priced): unknown => {
    const checked = checkAnswer(given, asked);
    return Array.isArray(checked) ? checked.map(({ code, place }) => [code, place]) : 'taken';
  };

  it('is taken with a yes, and never with a no', () => {
    expect(checkAnswer({ kind: 'full', ...terms }, priced)).toMatchObject({
      ...terms,
      conditions: 'Eau sur place',
    });
    expect(checkAnswer({ kind: 'no', reason: 'dates', ...terms }, priced)).toMatchObject({
      startsOn: null,
      endsOn: null,
      conditions: null,
      price: null,
    });
    expect(checkAnswer({ kind: 'team' }, priced)).toMatchObject({ startsOn: null, price: null });
  });

  it.each([
    [{ kind: 'full' }, [['answer.price.missing', { pointer: '/price' }]]],
    [{ kind: 'part', part: 'le rez' }, [['answer.price.missing', { pointer: '/price' }]]],
    [{ kind: 'full', price: '0' }, [['answer.price.unreadable', { pointer: '/price' }]]],
    [{ kind: 'full', price: '-5' }, [['answer.price.unreadable', { pointer: '/price' }]]],
    [{ kind: 'full', price: '1.234' }, [['answer.price.unreadable', { pointer: '/price' }]]],
    [{ kind: 'full', price: '9999999999999' }, [['answer.price.unreadable', { pointer: '/price' }]]],
    [
      { kind: 'full', price: '5', startsOn: '2027-02-30' },
      [['answer.day.unreadable', { pointer: '/startsOn' }]],
    ],
    [
      { kind: 'full', price: '5', startsOn: '2027-02-02', endsOn: '2027-02-01' },
      [['answer.days.reversed', { pointer: '/endsOn' }]],
    ],
    [
      { kind: 'full', price: '5', conditions: 'x'.repeat(ANSWER_TEXT_MAX + 1) },
      [['answer.text.too-long', { pointer: '/conditions' }]],
    ],
  ])('%j is wrong at its field', (given, expected) => {
    expect(codes(given)).toEqual(expected);
  });

  it('has no price where none is asked', () => {
    expect(codes({ kind: 'full', price: '5' }, NOTHING)).toEqual([
      ['answer.price.not-asked', { pointer: '/price' }],
    ]);
  });
});

import type { Counted, Due } from '../../obligations/domain/index.js';
import { clauseProgress } from './clause-progress.js';

const entry = (stage: Counted['stage'], route: Counted['route'], quantity: string): Counted => ({
  id: `${stage}-${route}-${quantity}`,
  stage,
  route,
  quantity,
  parentId: null,
  endedAt: null,
  verdict: null,
});
const training: Due = { clause: 'training', hours: '100', amount: null };
const flex: Due = { clause: 'flex', hours: '300', amount: '9000' };

describe('the progress of clauses', () => {
  it('adds up what is owed and done, and what is too much in one debt helps no other', () => {
    const ledgers = [
      {
        debt: training,
        entries: [entry('performed', 'training', '500'), entry('proven', 'training', '500')],
      },
      {
        debt: training,
        entries: [entry('waived', 'training', '20'), entry('performed', 'training', '30.5')],
      },
      {
        debt: flex,
        entries: [entry('performed', 'subcontracting', '9000'), entry('proven', 'subcontracting', '9000')],
      },
      {
        debt: flex,
        entries: [entry('performed', 'subcontracting', '6000'), entry('performed', 'training', '100')],
      },
    ];
    expect(clauseProgress(ledgers)).toEqual({
      debts: 4,
      honoured: 2,
      toDecide: 1,
      training: { owed: '780', performed: '230.5', proven: '100' },
      // The third debt was honoured by subcontracting alone: its 300 hours are not due.
      hoursDue: '480',
      subcontracting: { owed: '18000', performed: '15000', proven: '9000' },
    });
  });

  it('is nothing of nothing', () => {
    expect(clauseProgress([])).toMatchObject({ debts: 0, honoured: 0, training: { owed: '0' } });
  });
});

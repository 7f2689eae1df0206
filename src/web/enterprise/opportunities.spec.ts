import type { Opportunity } from '../../answers/index.js';
import { opportunitiesPage, opportunityShown } from './opportunities.page.js';
import { answerPage, opportunityPage } from './opportunity.page.js';

const now = new Date('2026-11-24T09:00:00Z');

function shown(change: Partial<Opportunity> = {}) {
  return opportunityShown(
    {
      packageId: 'p1',
      tenderId: 't1',
      title: 'Peinture',
      tenderTitle: 'Hall 4',
      description: null,
      language: 'pl',
      contractor: 'Constructions Ougrée SA',
      contractorOrganisationId: 'o1',
      municipality: 'Seraing',
      postalCode: '4100',
      trades: ['45442100'],
      sites: [],
      value: '42000.00',
      currency: null,
      hoursMin: '1',
      hoursMax: null,
      startsOn: null,
      endsOn: null,
      deadline: new Date('2026-12-15T11:00:00Z'),
      status: 'published',
      clause: null,
      questions: [],
      verdict: 'match',
      criteria: [],
      answer: null,
      isClosed: false,
      fitsNow: true,
      withdrawal: null,
      ...change,
    },
    [
      { key: 'trade', result: 'pass', required: null, actual: null, evidence: null },
      { key: 'capacity', result: 'unknown', required: null, actual: null, evidence: null },
    ],
  );
}

describe('the list of opportunities', () => {
  it('puts what is open first by deadline, apart from what is answered and what is closed', () => {
    const soon = shown({ packageId: 'soon', deadline: new Date('2026-11-25T11:00:00Z') });
    const late = shown({ packageId: 'late', deadline: new Date('2026-11-24T08:59:59Z') });
    const page = opportunitiesPage(
      [
        shown(),
        soon,
        shown({ packageId: 'done', answer: 'no' }),
        late,
        shown({ packageId: 'gone', status: 'withdrawn' }),
      ],
      now,
    );
    expect(page.open.map((item) => item.packageId)).toEqual(['soon', 'p1']);
    expect(page.answered.map((item) => item.packageId)).toEqual(['done']);
    expect(page.closed.map((item) => item.packageId)).toEqual(['gone', 'late']);
    expect([page.open[0]!.because, page.open[0]!.toCheck]).toEqual([['trade'], ['capacity']]);
  });

  it('shows amounts and languages only when they are whole and ours', () => {
    const { value, hours, documentLanguage } = shown();
    expect([value, hours, documentLanguage]).toEqual([{ amount: '42000.00', currency: 'EUR' }, null, null]);
  });
});

describe('one opportunity', () => {
  it('can be answered until its deadline, not after', () => {
    const facts = {
      lines: [],
      answer: null,
      clarifications: [],
      waiting: [],
      decision: null,
      clauseLabel: null,
      basis: null,
      gates: [],
      terms: null,
      deadlineChange: null,
      amendments: [],
      version: 1,
    };
    expect(opportunityPage(shown(), { ...facts, now }).choices).toHaveLength(4);
    const after = new Date('2026-12-15T11:00:00Z');
    expect(opportunityPage(shown(), { ...facts, now: after }).choices).toEqual([]);
  });

  it.each([
    ['part', 'part'],
    ['everything', 'full'],
    [undefined, 'full'],
  ])('asked for %s shows the answer %s', (asked, kind) => {
    expect(answerPage(shown(), { standing: null, lines: [], packageVersion: 1 }, asked).kind).toBe(kind);
  });
});

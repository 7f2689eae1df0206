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
      asksPrice: false,
      questions: [],
      verdict: 'match',
      criteria: [],
      answer: null,
      draftedAt: null,
      isClosed: false,
      fitsNow: true,
      isInvited: true,
      withdrawal: null,
      ...change,
    },
    [
      { key: 'trade', result: 'pass' },
      { key: 'capacity', result: 'unknown' },
    ],
  );
}

describe('the list of opportunities', () => {
  const soon = shown({ packageId: 'soon', deadline: new Date('2026-11-25T11:00:00Z') });
  const late = shown({ packageId: 'late', deadline: new Date('2026-11-24T08:59:59Z') });
  const items = [
    soon,
    shown(),
    shown({ packageId: 'done', answer: 'no' }),
    shown({ packageId: 'gone', status: 'withdrawn' }),
    late,
  ];
  const few = { items, counts: { open: 2, answered: 1, closed: 2 } };

  it('puts what is open apart from what is answered and what is closed', () => {
    const page = opportunitiesPage(few, {}, now);
    expect(
      page.sections.map(({ state, count, cards }) => [state, count, cards.map((item) => item.packageId)]),
    ).toEqual([
      ['open', 2, ['soon', 'p1']],
      ['answered', 1, ['done']],
      ['closed', 2, ['gone', 'late']],
    ]);
    const [first] = page.sections[0]!.cards;
    expect([first!.because, first!.toCheck]).toEqual([['trade'], ['capacity']]);
    expect([page.filters, page.pages.total]).toEqual([[], 1]);
  });

  it('offers to look for words and at one state when it is long, and keeps both from page to page', () => {
    const many = { items, counts: { open: 437, answered: 80, closed: 1492 } };
    const { pages, filters, lost } = opportunitiesPage(
      many,
      { state: 'open', q: ' Hall  4 ', page: '2' },
      now,
      [],
      [{ tender: 'Hall 4', contractor: 'Constructions Ougrée SA', on: '2026-11-20', reason: null }],
    );
    expect([pages.current, pages.total, pages.href[2]]).toEqual([
      2,
      9,
      '/enterprise/opportunities?state=open&q=Hall++4&page=3',
    ]);
    expect(filters.map(({ state, count, isCurrent }) => [state, count, isCurrent])).toEqual([
      [null, 2009, false],
      ['open', 437, true],
      ['answered', 80, false],
      ['closed', 1492, false],
    ]);
    expect(lost).toEqual([]);
  });

  it('shows the first page for one that is not there, and everything for a state that is none', () => {
    const page = opportunitiesPage(few, { state: 'lost', page: '7' }, now);
    expect([page.pages.current, page.state, page.isNothingOpen]).toEqual([1, null, false]);
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
      reads: [],
      shared: [],
      clarifications: [],
      waiting: [],
      decision: null,
      clauseLabel: null,
      basis: null,
      gates: [],
      terms: null,
      deadlineChanges: [],
      publishedAt: null,
      tenderWithdrawnAt: null,
      withdrawal: null,
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
    const facts = { standing: null, lines: [], packageVersion: 1, words: null, files: [], draft: null };
    expect(answerPage(shown(), facts, { kind: asked, takesWords: false }).kind).toBe(kind);
  });
});

import type { Tender } from '../../tenders/index.js';
import {
  CANDIDATES_A_PAGE,
  publishPage,
  type CandidatesAsked,
  type CandidatesShown,
  type PublishFacts,
} from './publish.page.js';

const COUNT = CANDIDATES_A_PAGE * 2 + 20;
const candidates = Array.from({ length: COUNT }, (_, index) => ({
  enterpriseId: `e${index}`,
  name: index === 117 ? 'Rénov’Insertion' : `Atelier ${index}`,
  packages: 1,
}));
const tender = { id: 't', deadline: null, visibility: 'invited', invited: ['e3'], questions: [] } as unknown;

function shown(asked?: CandidatesAsked, among = candidates): CandidatesShown {
  return publishPage({
    tender: tender as Tender,
    packages: [],
    lacking: [],
    clauseLabel: null,
    today: '2026-11-24',
    invitedNames: new Map([['e3', 'Atelier 3']]),
    forecast: {
      enterprises: among.length,
      batches: [],
      onListOnly: 0,
      recommended: '2026-12-08',
      reach: new Map(),
      candidates: among,
    },
    asked,
  }).candidates;
}
const ids = (page: CandidatesShown): string[] => page.shown.map(({ enterpriseId }) => enterpriseId);

describe('whom to invite by name', () => {
  it('is one list when it can be read at once', () => {
    expect(shown(undefined, candidates.slice(0, 5))).toMatchObject({ count: 5, search: null });
  });

  it('goes page by page to everybody, once, those invited on top', () => {
    const invited = ['e3', 'e99'];
    const pages = [1, 2, 3].map((look) => shown({ invited, look: String(look) }));
    for (const page of pages) expect(ids(page).slice(0, 2)).toEqual(invited);
    const others = pages.flatMap((page) => ids(page).slice(2));
    expect(others.toSorted()).toEqual(
      candidates
        .map(({ enterpriseId }) => enterpriseId)
        .filter((id) => !invited.includes(id))
        .toSorted(),
    );
    expect(pages.map(({ search }) => [search!.previous, search!.next])).toEqual([
      [null, 2],
      [1, 3],
      [2, null],
    ]);
  });

  it('finds a name whatever its accents, and keeps those invited beside it', () => {
    const found = shown({ invited: 'e3', candidate: 'renov’insertion', look: '1' });
    expect(ids(found)).toEqual(['e3', 'e117']);
    expect(found.search).toEqual({ question: 'renov’insertion', found: 1, previous: null, next: null });
  });

  it('forgets whoever was unticked', () => {
    expect(shown({ look: '1' }).shown.some(({ isInvited }) => isInvited)).toBe(false);
    expect(ids(shown())[0]).toBe('e3');
  });
});

describe('what is offered', () => {
  it('is listed as far as a forecast looks, and says how much more there is', () => {
    const packages = Array.from({ length: 60 }, (_, n) => ({ id: `p${n}`, offered: n !== 0 }));
    const page = publishPage({
      tender: tender as Tender,
      packages: packages as unknown as PublishFacts['packages'],
      lacking: [],
      clauseLabel: null,
      today: '2026-11-24',
      invitedNames: new Map(),
      forecast: null,
      asked: undefined,
    });
    expect(page.offered.map(({ id }) => id)).toEqual(packages.slice(1, 51).map(({ id }) => id));
    expect(page.offeredCount).toBe(59);
  });
});

import type { Tender } from '../../tenders/index.js';
import {
  CANDIDATES_A_PAGE,
  LACKING_SHOWN,
  publishPage,
  type CandidatesAsked,
  type CandidatesShown,
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
    offeredCount: 0,
    lacking: [],
    lackingIn: [],
    clauseLabel: null,
    today: '2026-11-24',
    shared: [],
    invitedNames: new Map([['e3', 'Atelier 3']]),
    forecast: {
      isCut: false,
      enterprises: among.length,
      batches: [],
      together: [],
      onListOnly: 0,
      beyond: null,
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

describe('a tender that is too large for a forecast', () => {
  const facts = {
    tender: tender as Tender,
    packages: [],
    offeredCount: 5000,
    lacking: [],
    lackingIn: [],
    clauseLabel: null,
    today: '2026-11-24',
    shared: [],
    invitedNames: new Map([['e3', 'Atelier 3']]),
    forecast: null,
  };

  it('has nobody to tick until somebody looks, but those who are invited', () => {
    const page = publishPage(facts).candidates;
    expect(page).toMatchObject({ count: null, search: { found: null, next: null } });
    expect(ids(page)).toEqual(['e3']);
  });

  it('shows those who are found a page at a time', () => {
    const page = publishPage({ ...facts, candidates, asked: { invited: ['e3'], look: '1' } }).candidates;
    expect(page).toMatchObject({ count: COUNT, search: { found: COUNT - 1, next: 2 } });
    expect(page.shown).toHaveLength(CANDIDATES_A_PAGE + 1);
  });

  it('names what is missing as far as somebody reads it, each with the page of its package', () => {
    const lackingIn = Array.from({ length: LACKING_SHOWN + 1 }, (_, n) => ({ id: `id${n}`, ref: `P${n}` }));
    const lacking = lackingIn.map(({ ref }) => ({
      code: 'package.trade.missing',
      severity: 'error' as const,
      place: { pointer: `/packages/${ref}/trades` },
      found: null,
      expected: null,
      params: {},
      language: 'fr' as const,
      message: ref,
    }));
    const page = publishPage({ ...facts, lacking, lackingIn });
    expect(page.lacking).toHaveLength(LACKING_SHOWN);
    expect(page.lacking[3]!.href).toMatch(/id3$/);
    expect(page.lacksMore).toBe(true);
    expect(publishPage({ ...facts, lacking: lacking.slice(1), lackingIn }).lacksMore).toBe(false);
  });
});

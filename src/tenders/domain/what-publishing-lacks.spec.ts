import type { DraftAnswer } from './buyer-draft.js';
import { NO_TERMS } from './package-terms.js';
import { whatPublishingLacks } from './what-publishing-lacks.js';
import type { Tender, WorkPackage } from './tender.js';

const NOW = new Date('2026-11-24T10:00:00Z');

const complete: Tender = {
  id: 't',
  organisationId: 'o',
  importId: 'i',
  status: 'draft',
  version: 1,
  title: 'Maison de quartier',
  description: null,
  language: 'fr',
  nature: 'works',
  noticeDate: null,
  deadline: new Date('2026-12-24T10:00:00Z'),
  value: null,
  currency: null,
  place: {
    municipality: 'Seraing',
    postalCode: '4100',
    country: 'BE',
    nuts: null,
    nis: '62096',
    sites: ['nis:62096'],
  },
  buyer: { answers: { authority: 'private' }, facts: { buyer: 'private' } },
  asksPrice: false,
  questions: [],
  visibility: 'eligible',
  invited: [],
  clause: {
    decidedOn: '2026-11-24',
    lawKnownAt: NOW.toISOString(),
    answer: {},
    instrument: 'VOLUNTARY',
    basis: 'BE-CONTRACT',
  },
  publishedAt: null,
  withdrawnAt: null,
};

const painting: WorkPackage = {
  id: 'p',
  organisationId: 'o',
  tenderId: 't',
  lotId: 'l',
  ordinal: 0,
  ref: '1-4544',
  title: 'Peinture',
  confirmed: true,
  offered: true,
  mode: 'works-or-service',
  value: null,
  currency: null,
  hoursMin: null,
  hoursMax: null,
  hoursMethod: null,
  sites: ['nis:62096'],
  startsOn: null,
  endsOn: null,
  terms: NO_TERMS,
  version: 1,
};
const offered = [{ workPackage: painting, trades: ['45442100'] }];

const lacks = (tender: Partial<Tender>, packages = offered, draft: readonly DraftAnswer[] = []): string[] =>
  whatPublishingLacks({ ...complete, ...tender }, draft, packages, NOW).map(({ code }) => code);

describe('what a draft lacks to be published', () => {
  it('is nothing when it is complete', () => {
    expect(lacks({})).toEqual([]);
  });

  it.each<[Partial<Tender>, string[]]>([
    [{ buyer: null, clause: null }, ['tender.buyer.unknown']],
    [{ clause: { ...complete.clause!, instrument: null } }, ['tender.clause.unchosen']],
    [{ deadline: null }, ['tender.deadline.missing']],
    // the very instant is too late: nobody could answer
    [{ deadline: NOW }, ['tender.deadline.past']],
    [{ deadline: new Date(NOW.getTime() + 1) }, []],
  ])('%j lacks %j', (tender, codes) => {
    expect(lacks(tender)).toEqual(codes);
  });

  it('is the confirmation of answers about the buyer that say something else than those confirmed', () => {
    const answered = (field: string, answer: unknown): DraftAnswer => ({
      question: field,
      answers: { [field]: answer },
      answeredBy: 'a',
      answeredByName: null,
      answeredAt: NOW,
    });
    expect(lacks({}, offered, [answered('authority', 'private')])).toEqual([]);
    expect(lacks({}, offered, [answered('authority', 'authority')])).toEqual(['tender.buyer.unconfirmed']);
    expect(lacks({}, offered, [answered('funding', 'yes')])).toEqual(['tender.buyer.unconfirmed']);
  });

  it('is told for each package that would match nobody, or everybody', () => {
    expect(lacks({}, [])).toEqual(['tender.packages.none-offered']);
    const blank = { workPackage: { ...painting, sites: [] }, trades: [] };
    expect(whatPublishingLacks(complete, [], [blank], NOW)).toMatchObject([
      { code: 'package.trade.missing', place: { pointer: '/packages/1-4544/trades' } },
      { code: 'package.site.missing', place: { pointer: '/packages/1-4544/sites' } },
    ]);
    const sites = Array.from({ length: 500 }, (_, i) => `geo:50.${1000 + i},5.5`);
    const scattered = { workPackage: { ...painting, sites }, trades: ['45442100'] };
    expect(whatPublishingLacks(complete, [], [scattered], NOW)).toMatchObject([
      {
        code: 'package.sites.too-many',
        place: { pointer: '/packages/1-4544/sites' },
        found: '500',
        expected: '200',
      },
    ]);
  });
});

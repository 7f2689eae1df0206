import { excuseOf, stateOfOffer, type Attempt, type OfferTried, type Outcome } from './attempts.js';
import type { Route } from './obligation.js';

const DEADLINE = new Date('2026-09-21T10:00:00Z');
const BEFORE = new Date('2026-09-21T09:59:59Z');
const offer = (answers: readonly (string | null)[], more: Partial<OfferTried> = {}): OfferTried => ({
  packageId: 'p',
  title: 'Peinture',
  tenderId: 't',
  tenderTitle: 'École',
  route: 'subcontracting',
  publishedAt: new Date('2026-09-01T08:00:00Z'),
  deadline: DEADLINE,
  withdrawnAt: null,
  told: answers.map((answer) => ({ enterprise: 'A', toldAt: null, answer, reason: null, answeredAt: null })),
  ...more,
});
const line = (route: Route, outcome: Outcome, more: Partial<Attempt> = {}): Attempt => ({
  id: 'l',
  route,
  triedBy: 'contractor',
  contacted: 'CISP',
  triedOn: '2026-09-15',
  outcome,
  reason: null,
  document: null,
  corrects: null,
  recordedAt: BEFORE,
  isCorrected: false,
  ...more,
});

describe('an offer', () => {
  it.each<[string, OfferTried, Date, string]>([
    ['runs to the last second', offer([null, 'no']), BEFORE, 'running'],
    ['was in vain when its time is over and nobody said yes', offer([null, 'no']), DEADLINE, 'in-vain'],
    ['was in vain when nobody fitted', offer([]), DEADLINE, 'in-vain'],
    ['was not in vain when one said yes, in part', offer(['no', 'part']), DEADLINE, 'answered'],
    ['was no attempt when taken back before', offer([null], { withdrawnAt: BEFORE }), DEADLINE, 'withdrawn'],
    ['was one when taken back after', offer([null], { withdrawnAt: DEADLINE }), DEADLINE, 'in-vain'],
  ])('%s', (_, tried, now, state) => {
    expect(stateOfOffer(tried, now)).toBe(state);
  });
});

describe('what the log shows', () => {
  const trained = line('training', 'no-answer');
  it.each<[string, Parameters<typeof excuseOf>, string]>([
    ['each route in vain', ['flex', 'WAL', [offer(['no'])], [trained], DEADLINE], 'tried'],
    ['a route not tried', ['flex', 'WAL', [offer(['no'])], [], DEADLINE], 'not-tried'],
    ['a route still running', ['flex', 'WAL', [offer(['no'])], [trained], BEFORE], 'not-tried'],
    ['a route that succeeded', ['flex', 'WAL', [offer(['full'])], [trained], DEADLINE], 'not-tried'],
    ['only the route that the clause opens', ['training', 'WAL', [], [trained], DEADLINE], 'tried'],
    ['an answer awaited', ['training', 'WAL', [], [line('training', 'pending')], DEADLINE], 'not-tried'],
    [
      'a line that another corrects',
      ['training', 'WAL', [], [line('training', 'declined', { isCorrected: true })], DEADLINE],
      'not-tried',
    ],
    ['a region without a rule we know', ['flex', 'BRU', [offer(['no'])], [trained], DEADLINE], 'unknown'],
    ['works nobody knows the place of', ['flex', null, [offer(['no'])], [trained], DEADLINE], 'unknown'],
  ])('%s', (_, facts, finding) => {
    const excuse = excuseOf(...facts);
    expect(excuse.finding).toBe(finding);
    expect(excuse.confidence).toBe(finding === 'unknown' ? 'uncertain' : 'sourced');
  });
});

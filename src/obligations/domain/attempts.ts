import type { Day, Problem } from '../../kernel/index.js';
import type { Confidence, Region } from '../../legal-basis/domain/index.js';
import { FieldReader } from './field-reader.js';
import { routesOf, ROUTES, type DebtClause, type Route } from './obligation.js';

export const OUTCOMES = ['pending', 'no-answer', 'declined', 'unavailable', 'agreed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Who tried: the contractor, or the facilitator for enterprises on its behalf. */
export const TRIERS = ['contractor', 'facilitator'] as const;
export type Trier = (typeof TRIERS)[number];

export interface AttemptGiven {
  readonly route: Route;
  readonly triedBy: Trier;
  readonly contacted: string;
  readonly triedOn: Day;
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly document: string | null;
  /** The line this one corrects. */
  readonly corrects: string | null;
}

/** A line entered by hand. */
export interface Attempt extends AttemptGiven {
  readonly id: string;
  readonly recordedAt: Date;
  /** True when another line corrects it: then it is shown and does not count. */
  readonly isCorrected: boolean;
}

/** What one enterprise did with a package it was told of. */
export interface Told {
  readonly enterprise: string;
  /** When its mail left; null when it was not told by mail. */
  readonly toldAt: Date | null;
  readonly answer: string | null;
  readonly reason: string | null;
  readonly answeredAt: Date | null;
}

/** A package the contractor offered on Maillon. */
export interface OfferTried {
  readonly packageId: string;
  readonly title: string;
  readonly tenderId: string;
  readonly tenderTitle: string;
  readonly route: Route;
  readonly publishedAt: Date;
  readonly deadline: Date;
  readonly withdrawnAt: Date | null;
  readonly told: readonly Told[];
}

/** `in-vain` once its time ran out and nobody said yes; taken back before, it was no attempt. */
export type OfferState = 'running' | 'answered' | 'withdrawn' | 'in-vain';

export function stateOfOffer(offer: OfferTried, now: Date): OfferState {
  if (offer.told.some(({ answer }) => answer !== null && answer !== 'no')) return 'answered';
  if (offer.withdrawnAt !== null && offer.withdrawnAt < offer.deadline) return 'withdrawn';
  return offer.deadline <= now ? 'in-vain' : 'running';
}

/**
 * Reads a line of the log.
 * @param known lines of this obligation: only one of them can be corrected, once
 * @returns the line, or what is wrong with each field
 */
export function checkAttempt(
  given: Readonly<Record<string, unknown>>,
  known: readonly Attempt[],
  clause: DebtClause,
  today: Day,
): AttemptGiven | Problem[] {
  const read = new FieldReader(given);
  const routes = routesOf(clause);
  const outcome = read.oneOf('outcome', OUTCOMES);
  const line: AttemptGiven = {
    route: routes.length === 1 ? routes[0]! : read.oneOf('route', ROUTES),
    triedBy: read.oneOf('triedBy', TRIERS),
    contacted: read.text('contacted'),
    triedOn: read.day('triedOn', today),
    outcome,
    reason: outcome === 'declined' ? read.text('reason') : read.optionalText('reason'),
    document: read.optionalText('document'),
    corrects: read.optionalText('corrects'),
  };
  if (line.corrects !== null && !known.some(({ id, isCorrected }) => id === line.corrects && !isCorrected))
    read.refuse('corrects.unknown', 'corrects');
  return read.problems.length > 0 ? read.problems : line;
}

export interface RouteTried {
  readonly route: Route;
  readonly inVain: number;
  readonly running: number;
  readonly agreed: number;
}

/** What the log says for the buyer to judge. Never a verdict. */
export interface Excuse {
  readonly routes: readonly RouteTried[];
  /**
   * `tried`: each route was tried in vain at least once and none succeeded, which is what excuses a contractor in
   * Wallonia; `not-tried`: some route was not; `unknown`: no rule is known for the region of the works.
   */
  readonly finding: 'tried' | 'not-tried' | 'unknown';
  readonly confidence: Confidence;
  readonly source: string;
}

/**
 * What was tried, route by route, and what that may mean.
 * @source dossier section 3.4, [S36]: each route tried in vain at least once by the contractor or the facilitator for
 *   enterprises. The note read is no act with a day of its own, and what total failure costs is not known: a person,
 *   the buyer, decides.
 */
export function excuseOf(
  clause: DebtClause,
  region: Region | null,
  offers: readonly OfferTried[],
  attempts: readonly Attempt[],
  now: Date,
): Excuse {
  const routes = routesOf(clause).map((route) => {
    const states = offers.filter((offer) => offer.route === route).map((offer) => stateOfOffer(offer, now));
    const outcomes = attempts
      .filter((attempt) => attempt.route === route && !attempt.isCorrected)
      .map((attempt) => attempt.outcome);
    const failed: readonly Outcome[] = ['no-answer', 'declined', 'unavailable'];
    return {
      route,
      inVain:
        states.filter((state) => state === 'in-vain').length +
        outcomes.filter((outcome) => failed.includes(outcome)).length,
      running:
        states.filter((state) => state === 'running').length +
        outcomes.filter((outcome) => outcome === 'pending').length,
      agreed:
        states.filter((state) => state === 'answered').length +
        outcomes.filter((outcome) => outcome === 'agreed').length,
    };
  });
  const isTried = routes.every(({ inVain, agreed }) => inVain > 0 && agreed === 0);
  return {
    routes,
    finding: region !== 'WAL' ? 'unknown' : isTried ? 'tried' : 'not-tried',
    confidence: region === 'WAL' ? 'sourced' : 'uncertain',
    source: 'S36',
  };
}

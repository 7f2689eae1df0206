import {
  excuseOf,
  routesOf,
  stateOfOffer,
  type Attempt,
  type AttemptLog,
  type Excuse,
  type ObligationShown,
  type OfferState,
  type OfferTried,
  type Route,
} from '../../obligations/index.js';
import { contractorPaths } from './paths.js';

export interface AttemptsPage {
  readonly mainContract: string;
  readonly organisation: string;
  readonly at: Date;
  readonly excuse: Excuse;
  readonly offers: readonly (OfferTried & { readonly state: OfferState })[];
  readonly attempts: readonly (Attempt & { readonly correctHref: string })[];
  readonly isEmpty: boolean;
  readonly backHref: string;
  readonly newHref: string;
}

export function attemptsPage(
  { obligation, debt }: ObligationShown,
  { offers, attempts }: AttemptLog,
  organisation: string,
  now: Date,
): AttemptsPage {
  return {
    mainContract: obligation.mainContract,
    organisation,
    at: now,
    excuse: excuseOf(debt.clause, debt.region, offers, attempts, now),
    offers: offers.map((offer) => ({ ...offer, state: stateOfOffer(offer, now) })),
    attempts: attempts.map((attempt) => ({
      ...attempt,
      correctHref: `${contractorPaths.newAttempt(obligation.id)}?corrects=${attempt.id}`,
    })),
    isEmpty: offers.length + attempts.length === 0,
    backHref: contractorPaths.obligation(obligation.id),
    newHref: contractorPaths.newAttempt(obligation.id),
  };
}

export interface AttemptFormPage {
  readonly mainContract: string;
  readonly href: string;
  readonly backHref: string;
  readonly routes: readonly Route[];
  readonly corrected: Attempt | null;
}

/** The form for one line; that of a correction begins with what was written. */
export function attemptFormPage(
  { obligation, debt }: ObligationShown,
  attempts: readonly Attempt[],
  corrects: string | null,
): AttemptFormPage {
  const routes = routesOf(debt.clause);
  return {
    mainContract: obligation.mainContract,
    href: contractorPaths.newAttempt(obligation.id),
    backHref: contractorPaths.attempts(obligation.id),
    routes: routes.length > 1 ? routes : [],
    corrected: attempts.find((line) => line.id === corrects && !line.isCorrected) ?? null,
  };
}

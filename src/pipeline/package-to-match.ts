import type { Cpv } from '../kernel/index.js';
import type { ClauseFacts, Instrument } from '../legal-basis/domain/index.js';
import {
  touchesAsbestos,
  type CredentialRequirement,
  type PackageToMatch,
} from '../matching/domain/index.js';
import type { Finding } from '../tagging/index.js';
import type { PackageTerms, Tender, WorkPackage } from '../tenders/index.js';
import { isUnderPublicRules } from './gates-of-package.js';

/** Trades the contractor stands behind. */
export function confirmedTrades(tags: readonly Finding[]): Cpv[] {
  return tags.filter((tag) => tag.kind === 'trade' && tag.state === 'confirmed').map((tag) => tag.value);
}

/** A stored package as matching asks about it. */
export function packageToMatch(
  tender: Pick<Tender, 'place' | 'buyer' | 'clause'>,
  workPackage: Pick<
    WorkPackage,
    'id' | 'mode' | 'value' | 'currency' | 'hoursMax' | 'sites' | 'startsOn' | 'endsOn' | 'terms'
  >,
  trades: readonly Cpv[],
): PackageToMatch {
  return {
    id: workPackage.id,
    trades,
    allTrades: false,
    mode: workPackage.mode,
    kinds: null,
    value: workPackage.currency === null || workPackage.currency === 'EUR' ? workPackage.value : null,
    hours: workPackage.hoursMax === null ? null : Number(workPackage.hoursMax),
    place: {
      sites: workPackage.sites,
      wholeCountry: false,
      country: tender.place.country ?? 'BE',
      countryWideEnterprises: 'include',
      enterprisesWithin: null,
    },
    start: workPackage.startsOn,
    end: workPackage.endsOn,
    credentials: credentialsAsked(tender, workPackage.terms, trades),
    instrument: (tender.clause?.instrument ?? 'VOLUNTARY') as Instrument,
  };
}

/**
 * Proofs that the contractor says are asked for. What was stated under another buyer or for another trade does not
 * count any more: approval is a rule of public works, a technique one of asbestos.
 */
function credentialsAsked(
  { buyer }: Pick<Tender, 'buyer'>,
  { approval, approvalClass, asbestosTechnique }: PackageTerms,
  trades: readonly Cpv[],
): CredentialRequirement[] {
  const asked: CredentialRequirement[] = [];
  if (approval !== null && isUnderPublicRules(buyer))
    asked.push({ kind: 'agreation', category: approval, class: approvalClass, technique: null });
  if (asbestosTechnique !== null && touchesAsbestos(trades))
    asked.push({ kind: 'asbestos', category: null, class: null, technique: asbestosTechnique });
  return asked;
}

/** The facts the clause was decided on: the match is judged by the same. */
export function factsOfTender(tender: Tender): ClauseFacts | null {
  return (tender.buyer?.facts as ClauseFacts | undefined) ?? null;
}

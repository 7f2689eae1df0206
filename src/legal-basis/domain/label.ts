import type { Buyer, ClauseFacts, Instrument } from './facts.js';

type Speaker = Pick<ClauseFacts, 'buyer' | 'mainContract'>;

const SPEAKS_AS: Readonly<Record<Buyer, string>> = {
  public: 'public',
  'public-utility': 'public',
  'private-captured': 'public',
  private: 'private',
  'private-subsidy': 'private-subsidy',
  pep: 'pep',
};

/** In whose mouth words are put: a contractor cites the number of the contract it executes, or does not know it. */
export function speakerOf({ buyer, mainContract }: Speaker): string {
  return buyer === 'pep' && !mainContract ? 'pep-unnumbered' : SPEAKS_AS[buyer];
}

/**
 * The key of the words that may be used for an instrument in the mouth of a buyer. A private one never
 * "reserves": it would announce a legal force that does not exist.
 * @source dossier section 2.4
 */
export function labelKey(instrument: Instrument, facts: Speaker): string {
  if (facts.buyer === 'pep' && instrument === 'VOLUNTARY') return 'clause.label.VOLUNTARY.private';
  return `clause.label.${instrument}.${speakerOf(facts)}`;
}

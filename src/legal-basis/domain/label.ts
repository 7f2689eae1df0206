import type { Buyer, ClauseFacts, Instrument } from './facts.js';

const SPEAKS_AS: Readonly<Record<Buyer, string>> = {
  public: 'public',
  'public-utility': 'public',
  'private-captured': 'public',
  private: 'private',
  'private-subsidy': 'private-subsidy',
  pep: 'pep',
};

/**
 * The key of the words that may be used for an instrument in the mouth of a buyer. A private one never
 * "reserves": it would announce a legal force that does not exist.
 * @source dossier section 2.4
 */
export function labelKey(instrument: Instrument, facts: Pick<ClauseFacts, 'buyer' | 'mainContract'>): string {
  if (facts.buyer === 'pep' && instrument === 'VOLUNTARY') return 'clause.label.VOLUNTARY.private';
  const unnumbered = facts.buyer === 'pep' && !facts.mainContract ? '-unnumbered' : '';
  return `clause.label.${instrument}.${SPEAKS_AS[facts.buyer]}${unnumbered}`;
}

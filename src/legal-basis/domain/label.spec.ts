import { BUYERS, INSTRUMENTS, type Buyer } from './index.js';
import { labelKey } from './label.js';

/** Dossier 2.4: in whose words an instrument is said. */
const SPEAKS: Readonly<Record<Buyer, string>> = {
  public: 'public',
  'public-utility': 'public',
  'private-captured': 'public',
  private: 'private',
  'private-subsidy': 'private-subsidy',
  pep: 'pep',
};

describe('the words for an instrument', () => {
  it.each(BUYERS.flatMap((buyer) => INSTRUMENTS.map((instrument) => [buyer, instrument] as const)))(
    'in the mouth of %s: %s',
    (buyer, instrument) => {
      const voluntary = buyer === 'pep' && instrument === 'VOLUNTARY';
      const numbered = voluntary
        ? 'clause.label.VOLUNTARY.private'
        : `clause.label.${instrument}.${SPEAKS[buyer]}`;
      expect(labelKey(instrument, { buyer, mainContract: 'A-1' })).toBe(numbered);
      const bare = buyer === 'pep' && !voluntary ? `${numbered}-unnumbered` : numbered;
      expect(labelKey(instrument, { buyer })).toBe(bare);
    },
  );
});

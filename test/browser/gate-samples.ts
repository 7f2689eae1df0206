import { rulesFromFiles } from '../../src/legal-basis/index.js';
import { gatesOfPackage } from '../../src/pipeline/index.js';
import { Messages, MESSAGES_FOLDER } from '../../src/platform/i18n/index.js';
import { NO_TERMS } from '../../src/tenders/index.js';
import { gatesInWords } from '../../src/web/shared/gates-in-words.js';

/** Asbestos under a public contract asks for nearly everything. */
export const sampleGates = gatesInWords(
  gatesOfPackage(
    rulesFromFiles(),
    {
      tender: {
        buyer: { answers: {}, facts: { buyer: 'pep' } },
        nature: 'works',
        value: '650000.00',
        currency: 'EUR',
      },
      item: { value: '48000.00', currency: 'EUR', terms: NO_TERMS },
      trades: ['45262660', '45111100'],
      credentials: [],
    },
    '2026-11-24',
  ),
  Messages.load(MESSAGES_FOLDER),
  'fr',
);

/** One engagement whose approval ended since, and one outside Maillon. */
export const sampleCommitments = [
  {
    entryId: 'l2',
    party: 'Ateliers du Val Mosan',
    packageTitle: 'Peinture intérieure des bureaux et cages d’escalier',
    onDay: { on: '2026-10-12', verdict: 'eligible', reasons: [] },
    today: {
      on: '2026-11-24',
      verdict: 'pending',
      reasons: [
        {
          key: 'approval',
          result: 'fail',
          required: '',
          actual: '',
          source: 'Décret du 20 octobre 2016, entreprises d’insertion',
        },
      ],
    },
    gates: sampleGates,
  },
  {
    entryId: 'l9',
    party: 'CISP du bassin',
    packageTitle: null,
    onDay: null,
    today: null,
    gates: [],
  },
];

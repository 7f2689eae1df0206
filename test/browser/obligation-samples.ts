import type {
  AttemptLog,
  LawOfDebt,
  LedgerEntry,
  ObligationShown,
  Performance,
} from '../../src/obligations/index.js';
import { attemptFormPage, attemptsPage } from '../../src/web/contractor/attempts.page.js';
import { entryPage } from '../../src/web/contractor/entry.page.js';
import { obligationPage } from '../../src/web/contractor/obligation.page.js';
import { correctDebtForm, newDebtForm, obligationsPage } from '../../src/web/contractor/obligations.page.js';
import { performancePage, performancesPage } from '../../src/web/enterprise/performances.page.js';
import { sampleCommitments } from './gate-samples.js';
import type { Sample } from './sample-pages.js';

const NOW = new Date('2026-11-24T09:00:00Z');
const PAINTING = 'Peinture intérieure des bureaux et cages d’escalier';
const GARDENS = 'Aménagement des abords, plantations et entretien pendant deux ans';
const TENDER = 'Réhabilitation du hall 4 des anciens laminoirs, rue Cockerill';
const LAW: LawOfDebt = {
  regime: 'R2016',
  basis: 'BE-2016-87',
  lawVersions: ['3f0b1c52-8a6d-8e21-9c11-0d5a7b2f4e10', '9d2e7a44-1b3c-8f02-8a7e-5c6d7e8f9a0b'],
  confidence: 'recalled',
  citation: { fr: 'Loi du 17 juin 2016, art. 87', nl: 'Wet van 17 juni 2016, art. 87' },
  asks: [],
};
const ledgerEntry = (
  id: string,
  stage: LedgerEntry['stage'],
  quantity: string,
  more: Partial<LedgerEntry> = {},
): LedgerEntry => ({
  id,
  stage,
  route: 'subcontracting',
  quantity,
  onDay: '2026-10-12',
  parentId: null,
  packageId: null,
  packageTitle: null,
  answerId: null,
  party: null,
  document: null,
  note: null,
  recordedAt: NOW,
  endedAt: null,
  endedReason: null,
  enterpriseOrganisationId: null,
  verdict: null,
  verdictReason: null,
  ...more,
});
const obligation: ObligationShown = {
  obligation: {
    id: 'o7',
    organisationId: 'o1',
    tenderId: 't1',
    mainContract: 'École communale du Molinay, marché 2025-114',
  },
  debt: {
    noticeDate: '2025-03-03',
    region: 'WAL',
    clause: 'flex',
    hours: '400.00',
    share: '0.05',
    offer: '1200000.00',
    amount: '60000.00',
    source: 'specification',
    document: 'CSC 2025-114',
    clauseNumber: 'art. 12',
    version: 2,
    reason: 'Avenant 2',
    regime: LAW.regime,
    basis: LAW.basis,
    lawVersions: LAW.lawVersions,
    confidence: 'recalled',
    lawKnownAt: NOW,
    recordedAt: NOW,
    endedAt: null,
  },
  formerDebts: [],
  entries: [
    ledgerEntry('l1', 'planned', '42000.00', { packageId: 'p1', packageTitle: PAINTING }),
    ledgerEntry('l2', 'committed', '38000.00', {
      parentId: 'l1',
      answerId: 'a1',
      party: 'Ateliers du Val Mosan',
      document: 'Bon de commande 2026-88',
    }),
    ledgerEntry('l3', 'performed', '12500.50', { parentId: 'l2', document: 'Facture 2026-031' }),
    ledgerEntry('l4', 'proven', '12500.50', {
      parentId: 'l3',
      document: 'PV de réception',
      party: 'Ville de Seraing, service travaux',
    }),
    ledgerEntry('l5', 'performed', '8000.00', {
      parentId: 'l2',
      document: 'Facture 2026-044',
      enterpriseOrganisationId: 'e1',
      verdict: 'disputed',
      verdictReason: 'Six jours, pas huit',
      onDay: '2026-11-13',
    }),
    ledgerEntry('l6', 'planned', '120.00', {
      route: 'training',
      note: 'Un apprenti sur le chantier, avec le CISP',
    }),
    ledgerEntry('l7', 'waived', '4000.00', {
      document: 'Courrier du 2 octobre',
      party: 'Ville de Seraing',
      note: 'Lot 4 supprimé',
    }),
    ledgerEntry('l8', 'planned', '10.00', {
      route: 'training',
      note: 'Stage',
      endedAt: NOW,
      endedReason: 'Saisi deux fois',
    }),
  ],
};
const log: AttemptLog = {
  offers: [
    {
      packageId: 'p1',
      title: PAINTING,
      tenderId: 't1',
      tenderTitle: TENDER,
      route: 'subcontracting',
      publishedAt: new Date('2026-09-01T08:00:00Z'),
      deadline: new Date('2026-09-21T10:00:00Z'),
      withdrawnAt: null,
      told: [
        {
          enterprise: 'Ateliers du Val Mosan',
          toldAt: NOW,
          answer: 'no',
          reason: 'no-capacity',
          answeredAt: NOW,
        },
        { enterprise: 'Rénov’Insertion', toldAt: null, answer: null, reason: null, answeredAt: null },
      ],
    },
  ],
  attempts: (['pending', 'unavailable'] as const).map((outcome, at) => ({
    id: `t${at}`,
    route: 'training',
    triedBy: 'facilitator',
    contacted: 'CISP du bassin, coordination',
    triedOn: '2026-09-15',
    outcome,
    reason: at === 1 ? 'Aucune place avant juin' : null,
    document: 'Courriel du 15 septembre',
    corrects: at === 1 ? 't0' : null,
    recordedAt: NOW,
    isCorrected: at === 0,
  })),
};
const entryWorld = {
  today: '2026-11-24',
  packages: [{ id: 'p4', title: GARDENS, tenderTitle: TENDER, value: '18000.00' }],
  answers: [{ id: 'a1', packageId: 'p1', enterpriseName: 'Ateliers du Val Mosan' }],
};

/** As the enterprise sees it. */
const performance: Performance = {
  id: 'l5',
  obligationId: 'o7',
  contractorOrganisationId: 'o1',
  contractor: 'Constructions Ougrée',
  packageTitle: PAINTING,
  route: 'training',
  quantity: '120.00',
  onDay: '2026-11-13',
  document: 'Liste des présences, octobre',
  verdict: null,
  reason: null,
  saidAt: null,
};
const disputedByUs: Performance = {
  ...performance,
  id: 'l6',
  route: 'subcontracting',
  verdict: 'disputed',
  reason: 'Six jours, pas huit',
  saidAt: NOW,
};

/** The same debt as the figures read it. */
export const sampleLedger = { debt: obligation.debt, entries: obligation.entries };

/** The pages of a contractor's obligations. */
export const obligationSamples: readonly Sample[] = [
  {
    path: '/obligations',
    role: 'contractor',
    template: 'contractor/views/obligations.njk',
    model: obligationsPage([obligation], [{ id: 't2', title: 'Crèche de Jemeppe' }]),
  },
  {
    path: '/obligations-empty',
    role: 'contractor',
    template: 'contractor/views/obligations.njk',
    model: obligationsPage([], []),
  },
  {
    path: '/obligation',
    role: 'contractor',
    template: 'contractor/views/obligation.njk',
    model: {
      ...obligationPage(obligation, LAW, ['À confirmer.'], log),
      commitments: sampleCommitments,
    },
  },
  {
    path: '/obligation-empty',
    role: 'contractor',
    template: 'contractor/views/obligation.njk',
    model: {
      ...obligationPage({ ...obligation, entries: [] }, LAW, [], { offers: [], attempts: [] }),
      commitments: [],
    },
  },
  {
    path: '/performances',
    role: 'enterprise',
    template: 'enterprise/views/performances.njk',
    model: performancesPage([performance, disputedByUs]),
  },
  {
    path: '/performances-empty',
    role: 'enterprise',
    template: 'enterprise/views/performances.njk',
    model: performancesPage([]),
  },
  {
    path: '/performance',
    role: 'enterprise',
    template: 'enterprise/views/performance.njk',
    model: performancePage(disputedByUs),
    context: { problems: [{ field: 'reason', key: 'problem.obligation.missing.reason' }] },
  },
  {
    path: '/debt-new',
    role: 'contractor',
    template: 'contractor/views/debt.njk',
    model: newDebtForm(null),
    context: { problems: [{ field: 'sharePercent', key: 'problem.obligation.missing.share' }] },
  },
  {
    path: '/debt',
    role: 'contractor',
    template: 'contractor/views/debt.njk',
    model: correctDebtForm('o7', obligation.debt),
  },
  ...(['planned', 'committed', 'performed', 'proven', 'waived'] as const).map((stage): Sample => ({
    path: `/entry-${stage}`,
    role: 'contractor',
    template: 'contractor/views/entry.njk',
    model: entryPage(obligation, stage, null, entryWorld),
    context: { problems: [{ field: 'quantity', key: 'problem.obligation.missing.quantity' }] },
  })),
  {
    path: '/entry-end',
    role: 'contractor',
    template: 'contractor/views/entry-end.njk',
    model: {
      line: obligation.entries[4],
      mainContract: obligation.obligation.mainContract,
      href: '/x',
      backHref: '/y',
    },
  },
  {
    path: '/attempts',
    role: 'contractor',
    template: 'contractor/views/attempts.njk',
    model: attemptsPage(obligation, log, 'Constructions Ougrée SA', NOW),
  },
  {
    path: '/attempts-empty',
    role: 'contractor',
    template: 'contractor/views/attempts.njk',
    model: attemptsPage(obligation, { offers: [], attempts: [] }, 'Constructions Ougrée SA', NOW),
  },
  {
    path: '/attempt',
    role: 'contractor',
    template: 'contractor/views/attempt.njk',
    model: attemptFormPage(obligation, log.attempts, 't1'),
  },
];

import type { Trial, TrialPackage } from '../../src/pipeline/index.js';
import type { ParsedTender } from '../../src/tenders/index.js';
import { trialPackagesPage, trialPage } from '../../src/web/contractor/trial.page.js';

const TOKEN = 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0U1v';
const LABELS = [
  'Peinture de murs intérieurs, deux couches',
  'Peinture de plafonds',
  'Dépose de cloisons légères',
];

const lines = LABELS.map((label, index) => ({
  ref: `2.${index + 1}`,
  label,
  unit: 'm²',
  quantity: '120.5',
  place: { sheet: 'Lot 2', row: 14 + index },
}));

const read = {
  format: 'xlsx',
  formatVersion: null,
  language: 'fr',
  tender: {
    title: 'Hall 4, ateliers-relais',
    buyer: { name: 'Immobilière du Val' },
    deadline: '2026-12-15',
    value: null,
    place: { postalCode: '4100', municipality: 'Seraing', nuts: 'BE332', locality: null, country: 'BE' },
  },
  layout: [],
  processes: [
    { ref: 'A', title: 'Toiture du hall 4', buyer: 'Immobilière du Val' },
    { ref: 'B', title: null, buyer: null },
  ],
  lots: [
    { ref: '1', title: 'Gros œuvre', lines: [] },
    { ref: '2', title: 'Parachèvements', lines: [] },
  ],
  problems: [],
} as unknown as ParsedTender;

const tag = (kind: 'trade' | 'placeable', value: string, reasons: readonly string[], words: string) => ({
  kind,
  value,
  confidence: 0.86,
  accepted: true,
  evidence: [{ text: words, start: 0, end: words.length }],
  parts: [],
  reasons,
  origin: 'machine' as const,
  ruleId: null,
});

const packages: readonly TrialPackage[] = [
  {
    id: 'p1',
    ref: '2-1',
    title: 'Travaux de peinture',
    value: '42000.00',
    currency: 'EUR',
    hoursMin: '310',
    hoursMax: '420',
    quantity: { lines: 14, sum: { quantity: '241', unit: 'm²' } },
    lines: lines.slice(0, 2),
    tags: [tag('trade', '45442100', [], 'Peinture'), tag('placeable', 'yes', ['common_trade'], 'Peinture')],
    reach: { isCut: true, whole: 12, part: 'few', nearly: 7, team: false },
  },
  {
    id: 'p2',
    ref: '2-2',
    title: 'Travaux de démolition',
    value: null,
    currency: null,
    hoursMin: null,
    hoursMax: null,
    quantity: { lines: 1, sum: null },
    lines: lines.slice(2),
    tags: [tag('trade', '45111100', [], 'Dépose')],
    reach: { isCut: false, whole: 0, part: 0, nearly: 'few', team: true },
  },
];

const proposal = (some: readonly TrialPackage[]) => ({
  read,
  lineCounts: [0, LABELS.length],
  packages: some,
  clause: null,
});

const trial = (state: Trial['state'], madeAt: Date): Trial => ({
  id: 'x1',
  fileName: 'metre-hall-4-version-definitive-2026-11.xlsx',
  scanned: true,
  state,
  problems: [],
  proposal: state === 'staged' ? proposal(packages) : null,
  importId: null,
  madeAt,
});

const clauses = [
  { label: 'Engagement social volontaire : il lie les parties qui le signent', basis: 'BE-CONTRACT' },
];

/** What somebody without an account sees of a document. */
export function trialSamples(at: Date, problems: Parameters<typeof trialPage>[2]) {
  const staged = trial('staged', at);
  const shown = (some: readonly TrialPackage[]) =>
    trialPackagesPage({ ...staged, proposal: proposal(some) }, TOKEN, clauses, 1);
  return {
    token: TOKEN,
    read: trialPage(staged, TOKEN, problems, 1),
    waiting: trialPage(trial('received', at), TOKEN, [], 1),
    refused: trialPage(trial('refused', at), TOKEN, problems, 1),
    packages: shown(packages),
    noPackages: shown([]),
  };
}

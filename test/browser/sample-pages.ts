import { anEnterprise } from '../factories/enterprise.factory.js';
import type {
  Answer,
  AnswerDraft,
  Decision,
  FoundOpportunities,
  Question,
  Team,
  TeamRequest,
} from '../../src/answers/index.js';
import { LANGUAGES, type Language, type ProblemInWords, type Role } from '../../src/kernel/index.js';
import {
  clauseOptions,
  rulesFromFiles,
  ruleText,
  type ClauseAnswer,
  type Proposal,
} from '../../src/legal-basis/index.js';
import { MESSAGES_FOLDER, Messages } from '../../src/platform/i18n/index.js';
import type { StoredRule, Tag } from '../../src/tagging/index.js';
import {
  NO_TERMS,
  WITHDRAWAL_REASONS,
  type Import,
  type LinesFound,
  type PackageChangeShown,
  type StoredBillLine,
  type Tender,
  type WorkPackage,
} from '../../src/tenders/index.js';
import { HOLDING_GROUPS, POLICY, type Members } from '../../src/accounts/index.js';
import { membersPage } from '../../src/web/account/members.page.js';
import { dataPage } from '../../src/web/account/personal-data.page.js';
import { mailPage, outboxPage } from '../../src/web/administrator/outbox.page.js';
import { decisionPage } from '../../src/web/contractor/decision.page.js';
import { bringPage } from '../../src/web/contractor/bring.page.js';
import type { MailDocument } from '../../src/platform/mail/index.js';
import type { PublicTender, SharedFile } from '../../src/tenders/index.js';
import {
  answersPage,
  boardPage,
  type BoardFacts,
  type BoardMatch,
} from '../../src/web/contractor/board.page.js';
import { buyerCheckPage, buyerPage, type BuyerSoFar } from '../../src/web/contractor/buyer.page.js';
import { clausesPage } from '../../src/web/contractor/clauses.page.js';
import { filesPage } from '../../src/web/contractor/files.page.js';
import { layoutsPage } from '../../src/web/contractor/layouts.page.js';
import { linesPage } from '../../src/web/contractor/lines.page.js';
import { packagePage } from '../../src/web/contractor/package.page.js';
import { publishPage } from '../../src/web/contractor/publish.page.js';
import { teachPage } from '../../src/web/contractor/teach.page.js';
import { ruleShown } from '../../src/web/shared/tag-rules.page.js';
import { readingPage } from '../../src/web/contractor/reading.page.js';
import { packageLine, tenderPage, type TenderPage } from '../../src/web/contractor/tender.page.js';
import { termsPage } from '../../src/web/contractor/terms.page.js';
import { tendersPage } from '../../src/web/contractor/tenders.page.js';
import { termsKnown, type Profile } from '../../src/pipeline/index.js';
import { sampleGates } from './gate-samples.js';
import { aboutEntries, kindsOffered } from '../../src/web/enterprise/about-form.js';
import { REGIONS } from '../../src/web/enterprise/activity-form.js';
import { profilePage } from '../../src/web/enterprise/profile.page.js';
import { lawList, lawPage } from '../../src/web/law/law.page.js';
import { changesInWords } from '../../src/web/law/changes-in-words.js';
import { rulePage, rulesPage } from '../../src/web/law/rules.page.js';
import { whyClause } from '../../src/web/shared/why-clause.js';
import { opportunitiesPage, type OpportunityShown } from '../../src/web/enterprise/opportunities.page.js';
import { teamCallPage } from '../../src/web/contractor/team-call.page.js';
import { teamPage } from '../../src/web/enterprise/team.page.js';
import { answerPage, opportunityPage } from '../../src/web/enterprise/opportunity.page.js';
import { Assets } from '../../src/web/shared/render/assets.js';
import { visitorContext, type PageContext } from '../../src/web/shared/render/page-context.js';
import { Renderer } from '../../src/web/shared/render/renderer.js';
import { ProductNames } from '../../src/web/shared/product-names.js';
import { whatIfPage } from '../../src/web/contractor/what-if.page.js';
import { rankingPage } from '../../src/web/public/ranking.page.js';
import type { Loss, Uptake, UptakePackage } from '../../src/monitoring/index.js';
import { groupLabels } from '../../src/web/shared/group-labels.js';
import { figuresMap } from '../../src/web/working-group/figures-map.js';
import { figuresPage } from '../../src/web/working-group/figures.page.js';
import type { Say } from '../../src/web/working-group/figures-table.js';
import { pagesOf } from '../../src/web/shared/paging.js';
import { workingGroupPaths } from '../../src/web/working-group/paths.js';
import { READERS, whoMay } from '../../src/web/working-group/who-may.js';
import { askedLoss, lossesPage, lostPage } from '../../src/web/working-group/losses.page.js';
import { listedFigure, packagesPage, publishedPage } from '../../src/web/working-group/packages.page.js';
import { trialSamples } from './trial-samples.js';
import { obligationSamples, sampleLedger } from './obligation-samples.js';

const sampleMessages = Messages.load(MESSAGES_FOLDER);
const inFrench: Say = (key, params) => sampleMessages.text('fr', key, params);
const sampleLosses: readonly Loss[] = [
  { stage: 'placeable', reason: 'not-judged', count: 12 },
  { stage: 'placeable', reason: 'not-placeable', count: 31 },
  { stage: 'answered', reason: 'nobody-answered', count: 7 },
  { stage: 'answered', reason: 'withdrawn', count: 2 },
  { stage: 'interested', reason: 'answer:too-far', count: 6 },
  { stage: 'awarded', reason: 'decision:another-chosen', count: 5 },
];
const NOW = new Date('2026-11-24T09:00:00Z');
const DEADLINE = new Date('2026-12-15T11:00:00Z');
const renderer = new Renderer(Messages.load(MESSAGES_FOLDER), new Assets(), new ProductNames());

const place = {
  municipality: 'Seraing',
  postalCode: '4100',
  country: 'BE',
  nuts: 'BE332',
  nis: '62096',
  sites: ['postal:BE-4100', 'nis:62096', 'nuts:BE332'],
};
const QUESTIONS = ['Avec combien de personnes travaillerez-vous ?'];
const draft: Tender = {
  id: 't1',
  organisationId: 'o1',
  importId: 'i1',
  status: 'draft',
  version: 3,
  title: 'Réhabilitation du hall 4 des anciens laminoirs, rue Cockerill',
  description: 'Second œuvre et abords.',
  language: 'fr',
  nature: 'works',
  noticeDate: null,
  deadline: null,
  value: '812000.00',
  currency: 'EUR',
  place,
  buyer: { answers: { authority: 'no' }, facts: { buyer: 'private' } },
  clause: null,
  questions: QUESTIONS,
  asksPrice: true,
  visibility: 'eligible',
  invited: [],
  publishedAt: null,
  withdrawnAt: null,
};
const published: Tender = {
  ...draft,
  status: 'published',
  deadline: DEADLINE,
  publishedAt: NOW,
  clause: {
    decidedOn: '2026-11-24',
    lawKnownAt: '2026-11-22',
    answer: {},
    instrument: 'VOLUNTARY',
    basis: 'BE-CONTRACT',
  },
};

function workPackage(ordinal: number, title: string, change: Partial<WorkPackage> = {}): WorkPackage {
  return {
    id: `p${ordinal}`,
    organisationId: 'o1',
    tenderId: 't1',
    lotId: 'l1',
    ordinal,
    ref: `P${ordinal}`,
    title,
    confirmed: false,
    offered: false,
    mode: 'works-or-service',
    value: '42000.00',
    currency: 'EUR',
    hoursMin: '620',
    hoursMax: '900',
    hoursMethod: null,
    terms: NO_TERMS,
    sites: place.sites,
    startsOn: '2027-02-01',
    endsOn: '2027-04-30',
    version: 1,
    ...change,
  };
}
const packages = [
  workPackage(1, 'Peinture intérieure des bureaux et cages d’escalier', { confirmed: true, offered: true }),
  workPackage(2, 'Démontage de cloisons et évacuation des déchets', { value: null, hoursMin: null }),
  workPackage(3, 'Charpente métallique'),
  workPackage(4, 'Aménagement des abords, plantations et entretien pendant deux ans', { confirmed: true }),
];

function tag(packageId: string, kind: Tag['kind'], value: string, change: Partial<Tag> = {}): Tag {
  return {
    packageId,
    kind,
    value,
    confidence: 0.86,
    accepted: true,
    evidence: [{ text: 'peinture', start: 0, end: 8 }],
    parts: [],
    reasons: kind === 'placeable' ? ['common_trade', 'labour_intensive'] : [],
    origin: 'machine',
    rule: null,
    state: 'proposed',
    ...change,
  };
}
const tags = [
  tag('p1', 'placeable', 'yes', { state: 'confirmed' }),
  tag('p1', 'trade', '45442100', { state: 'confirmed' }),
  tag('p1', 'trade', '45430000', { confidence: 0.31, accepted: false }),
  tag('p2', 'placeable', 'part', { accepted: false, reasons: ['divisible'] }),
  tag('p2', 'trade', '45110000', { accepted: false }),
  tag('p3', 'placeable', 'no', { reasons: ['heavy_equipment'] }),
  tag('p3', 'trade', '45223210'),
  tag('p4', 'placeable', 'yes'),
  tag('p4', 'trade', '45112700', { origin: 'document', evidence: [] }),
];
const tagsByPackage = Map.groupBy(tags, ({ packageId }) => packageId);
const tagRule: StoredRule = {
  id: 'r1',
  organisationId: 'o1',
  scope: 'organisation',
  pattern: 'sablage de façade',
  numbering: null,
  trade: '45443000',
  placeable: 'yes',
  taughtBy: 'm1',
  taughtByName: 'Claire Dumont',
  taughtAt: NOW,
  acceptedBy: 'm2',
  acceptedByName: 'Karim Benali',
  acceptedAt: NOW,
  measure: {
    bench: { lines: 144, held: 0, before: 0, after: 0 },
    confirmed: { packages: 38, held: 2 },
    broken: [],
  },
  endedAt: null,
};
const numbering = { system: 'CCTB', edition: '01.11', prefix: '81.' };
const tagRules = [
  {
    ...tagRule,
    id: 'r2',
    scope: 'everybody' as const,
    acceptedAt: null,
    acceptedBy: null,
    measure: null,
    trade: null,
  },
  { ...tagRule, numbering },
  { ...tagRule, id: 'r3', placeable: null, endedAt: NOW, taughtByName: null, acceptedByName: null },
].map((rule) => ruleShown(rule, { accept: '/x', end: '/x' }));
const lines: StoredBillLine[] = [
  'Préparation des supports et peinture des murs intérieurs, deux couches',
  'Peinture des plafonds',
  'Peinture des huisseries métalliques, y compris ponçage',
].map((label, ordinal) => ({
  id: `b${ordinal}`,
  lotId: 'l1',
  packageId: 'p1',
  unassignedReason: null,
  ordinal,
  ref: `53.2${ordinal}.1a`,
  catalogueCode: null,
  label,
  unit: 'm²',
  quantity: '1250.50',
  nature: 'QP',
  unitNorm: 'm2',
  kind: ordinal === 2 ? ('option' as const) : ('base' as const),
  section: ['Parachèvements'],
  zone: null,
  unitPrice: null,
  total: null,
  currency: null,
  variant: ordinal === 2,
  place: { sheet: 'Lot 3 - Parachèvements', row: 214 + ordinal },
}));

const change = (
  number: number,
  kind: PackageChangeShown['kind'],
  more: Partial<PackageChangeShown> = {},
) => ({
  id: `c${number}`,
  number,
  kind,
  undoes: null,
  isUndone: false,
  lines: 4,
  titles: ['Peinture intérieure', 'Plafonds'],
  doneBy: 'Claire Dumont',
  doneAt: NOW,
  ...more,
});
const changes: PackageChangeShown[] = [
  change(4, 'undo', { undoes: 3, titles: [] }),
  change(3, 'move', { isUndone: true }),
  change(2, 'merge'),
  change(1, 'split', { doneBy: null }),
];

const problems: ProblemInWords[] = [
  {
    code: 'bill.quantity.unreadable',
    severity: 'error',
    place: { sheet: 'Lot 2', row: 14, column: 'D' },
    found: '12,5,0',
    expected: '12.5',
    message: 'Cette quantité ne se lit pas comme un nombre.',
    language: 'fr',
  },
];
/** As the controller adds what it asks for the page alone. */
const withWho = (page: TenderPage) => ({
  ...page,
  clause: 'Engagement social volontaire : il lie les parties qui le signent',
  packages: page.packages.map((item, at) => ({
    ...item,
    quantity: { packageId: item.id, lines: 4, sum: at % 2 === 0 ? { quantity: '1240.5', unit: 'm²' } : null },
    reach: { isCut: at === 0, whole: 3 - at, part: 2, nearly: 12, team: at === 1 },
  })),
});

const reading = (state: Import['state']): Import => ({
  id: 'i1',
  organisationId: 'o1',
  sourceFileId: 's1',
  fileName: 'metre-hall-4-version-definitive-2026-11.xlsx',
  state,
  problems: [],
  receivedAt: NOW,
  scanned: state === 'applied',
  firstRows:
    state === 'refused'
      ? [
          {
            sheet: 'Feuil1',
            rows: [
              { row: 1, cells: ['Chantier rue Cockerill'], fingerprint: null },
              { row: 3, cells: ['Rep.', 'Travail', 'Ens.', 'Combien'], fingerprint: 'a'.repeat(32) },
              { row: 4, cells: ['1', 'Peinture des murs', 'm2', '120'], fingerprint: null },
            ],
          },
        ]
      : null,
  tenderId: state === 'applied' ? 't1' : null,
  parsed:
    state === 'received' || state === 'refused'
      ? null
      : ({
          format: 'xlsx',
          formatVersion: null,
          language: 'fr',
          numbering: { system: 'CCTB', edition: '01.11' },
          tender: {
            title: draft.title,
            buyer: null,
            deadline: '2026-12-15',
            value: null,
            place: {
              postalCode: '4100',
              municipality: 'Seraing',
              nuts: 'BE332',
              locality: null,
              country: 'BE',
            },
          },
          layout: [
            {
              sheet: 'Lot 2',
              headerRow: 6,
              columns: { ref: 'A', label: 'B', unit: 'C', quantity: 'D' },
              headers: { A: 'Poste', B: 'Désignation', C: 'U', D: 'Quantité', E: 'Remarques du bureau' },
              fingerprint: '0123456789abcdef0123456789abcdef',
              remembered: true,
            },
          ],
          lots: [
            { ref: '1', title: 'Gros œuvre', lines: Array.from({ length: 220 }) },
            { ref: '2', title: 'Parachèvements', lines: Array.from({ length: 131 }) },
          ],
          problems: [],
        } as unknown as Import['parsed']),
});

const tried = trialSamples(NOW, problems);

const law: ClauseAnswer = {
  regime: 'RCONTRACT',
  buyer: 'private',
  aboveThreshold: null,
  threshold: null,
  options: [
    {
      instrument: 'VOLUNTARY',
      basis: 'BE-CONTRACT',
      groups: ['ANY'],
      label: 'Engagement social volontaire',
      confidence: 'sourced',
      labelKey: 'x',
      uncertainGroups: [],
      citation: null,
      inspiredBy: 'BE-2016-15',
    },
    {
      instrument: 'EXEC_COND',
      basis: 'BE-2016-87',
      groups: [],
      label: 'Clause sociale d’exécution',
      confidence: 'recalled',
      labelKey: 'x',
      uncertainGroups: [],
      citation: { fr: 'Loi du 17 juin 2016, art. 87', nl: 'Wet van 17 juni 2016, art. 87' },
      inspiredBy: null,
    },
  ],
  duties: [
    {
      kind: 'motivate',
      basis: 'WAL-CIRC-2016-07-21',
      status: 'in-force',
      confidence: 'sourced',
      citation: { fr: 'Circulaire du 21 juillet 2016', nl: 'Omzendbrief van 21 juli 2016' },
    },
  ],
  askPerson: ['La valeur du marché n’est pas connue : le seuil ne peut pas être vérifié.'],
  asks: [],
  lawAsOf: '2026-11-22',
  confidence: 'sourced',
  versions: [],
};

const matches: BoardMatch[] = [
  {
    packageId: 'p1',
    enterpriseId: 'e1',
    enterprise: 'Ateliers du Val Mosan',
    verdict: 'match',
    rank: 1,
    told: 'delivered',
    viewedAt: NOW,
  },
  {
    packageId: 'p1',
    enterpriseId: 'e2',
    enterprise: 'Rénov’Insertion',
    verdict: 'partial',
    rank: 2,
    told: 'pending',
    viewedAt: null,
  },
  {
    packageId: 'p1',
    enterpriseId: 'e3',
    enterprise: 'Jardins et Bâtis',
    verdict: 'near-miss',
    rank: 3,
    told: null,
    viewedAt: null,
  },
];
const OPEN_TENDER: PublicTender = {
  id: 't1',
  title: draft.title,
  description: draft.description,
  language: 'fr',
  contractor: 'Constructions Ougrée SA',
  municipality: 'Seraing',
  postalCode: '4100',
  deadline: DEADLINE,
  publishedAt: NOW,
  isOpen: true,
  packages: [
    {
      title: 'Peinture intérieure',
      trades: ['45442100'],
      hoursMin: '620',
      hoursMax: '900',
      startsOn: '2027-02-01',
      endsOn: '2027-04-30',
    },
  ],
};
const MAIL_PREVIEW: MailDocument = {
  language: 'fr',
  subject: 'Peinture intérieure à Seraing, répondre avant le 15 décembre',
  preview: '',
  title: 'Un travail pour vous',
  greeting: 'Bonjour Ateliers du Val Mosan,',
  blocks: [
    { kind: 'paragraph', text: 'Constructions Ougrée SA cherche une entreprise sociale.' },
    { kind: 'heading', text: 'Peinture intérieure' },
    { kind: 'facts', items: [{ label: 'Où', value: '4100 Seraing' }] },
    {
      kind: 'checks',
      title: 'Pourquoi vous',
      items: [{ result: 'pass', resultLabel: 'Rempli', label: 'Métier', detail: 'Travaux de peinture' }],
    },
    {
      kind: 'buttons',
      lead: 'Votre réponse',
      items: [{ label: 'Nous pouvons tout faire', url: '/', isMain: true }],
    },
  ],
  footer: { why: 'Vous recevez ce courrier car vous êtes inscrit.', links: [], sender: 'Maillon' },
};
const answer: Answer = {
  id: 'a1',
  tenderId: 't1',
  packageId: 'p1',
  enterpriseId: 'e1',
  enterpriseName: 'Ateliers du Val Mosan',
  packageVersion: 1,
  isOutdated: true,
  answeredAt: NOW,
  kind: 'part',
  reason: null,
  part: 'Les bureaux, 600 m²',
  lines: ['l1'],
  replies: ['Avec deux équipes de trois personnes'],
  message: 'Nous pouvons commencer le 8 février.',
  startsOn: '2027-02-08',
  endsOn: '2027-03-05',
  conditions: 'Eau et électricité sur place.',
  price: '7450.00',
  attachments: ['f1', 'f2'],
  files: [
    { id: 'f1', name: 'références 2026.pdf', sizeBytes: 240_000, scanned: true },
    { id: 'f2', name: 'planning.xlsx', sizeBytes: 18_000, scanned: false },
  ],
};
const SAVED_DRAFT: AnswerDraft = {
  id: 'd1',
  entries: {
    kind: 'part',
    part: 'Les bureaux',
    price: '7 450',
    conditions: 'Eau sur place',
    message: 'Bonjour',
  },
  savedBy: 'Nadia Lambert',
  savedAt: NOW,
};
const SHARED_FILES: SharedFile[] = [
  { id: 's1', name: 'métré.xlsx', scanned: true, isOriginal: true, addedAt: NOW },
  { id: 's2', name: 'plan du rez-de-chaussée.pdf', scanned: false, isOriginal: false, addedAt: NOW },
];
const awardedDecision: Decision = {
  answerId: 'a1',
  organisationId: 'o1',
  enterpriseOrganisationId: 'o2',
  tenderId: 't1',
  packageId: 'p1',
  kind: 'part',
  isOutdated: false,
  tenderStatus: 'published',
  id: 'd1',
  state: 'awarded',
  reason: null,
  message: 'Rendez-vous sur place lundi à 8 heures.',
  confirmBy: new Date('2026-12-05T10:00:00Z'),
  decidedAt: NOW,
  decidedByName: 'Karim Benali',
};
const askedQuestion: Question = {
  id: 'q1',
  packageId: 'p1',
  packageTitle: 'Peinture intérieure',
  enterprise: 'Ateliers du Val Mosan',
  text: 'Les bureaux sont-ils vides pendant les travaux ?\nEt le samedi ?',
  askedAt: NOW,
  reply: null,
  repliedAt: null,
};
const criteria = [
  {
    key: 'trade',
    result: 'pass',
    required: 'Travaux de peinture',
    actual: 'Travaux de peinture',
    evidence: 'activité déclarée',
  },
  { key: 'zone', result: 'pass', required: 'Seraing', actual: '40 km', evidence: null },
  {
    key: 'approval',
    result: 'unknown',
    required: '15/12/2026',
    actual: null,
    evidence: null,
    changeableBy: 'enterprise',
  },
  {
    key: 'capacity',
    result: 'fail',
    required: '900 h',
    actual: '300 h',
    evidence: null,
    changeableBy: 'nobody',
    warning:
      'Avec ce paquet, plus de la moitié du travail que l’entreprise a pris viendrait d’un seul client.',
  },
] as const;
const opportunity: OpportunityShown = {
  questions: QUESTIONS,
  asksPrice: true,
  isClosed: false,
  fitsNow: true,
  isInvited: true,
  withdrawal: null,
  draftedAt: NOW,
  packageId: 'p1',
  title: packages[0]!.title,
  contractor: 'Constructions Ougrée SA',
  municipality: 'Seraing',
  trades: ['45442100'],
  value: { amount: '42000.00', currency: 'EUR' },
  deadline: DEADLINE,
  status: 'published',
  verdict: 'match',
  criteria,
  given: null,
  tenderTitle: draft.title,
  description: draft.description,
  hours: { min: '620', max: '900' },
  startsOn: '2027-02-01',
  endsOn: null,
  postalCode: '4100',
  documentLanguage: 'fr',
};
const TERMS_ASKED = ['approval', 'approvalClass', 'chainLevel', 'asbestosTechnique', 'paymentDays'] as const;
const SAMPLE_TERMS = {
  approval: 'D13',
  approvalClass: 1,
  asbestosTechnique: 'HERMETIC_ZONE',
  paymentDays: 30,
  chainLevel: 1,
};
const team: Team = {
  id: 'k1',
  packageId: 'p1',
  isCalled: false,
  leadOrganisationId: 'o2',
  lead: 'Ateliers du Val Mosan',
  leadPart: 'Les bureaux et le hall',
  offeredTo: 'k3',
  places: [
    {
      id: 'k2',
      part: 'Le carrelage, 300 m²',
      isNamed: false,
      state: 'invited',
      changedAt: NOW,
      partner: null,
    },
    {
      id: 'k3',
      part: 'Les plafonds',
      isNamed: true,
      state: 'accepted',
      changedAt: NOW,
      partner: 'Les Mains Vertes',
    },
    {
      id: 'k4',
      part: 'Le nettoyage',
      isNamed: false,
      state: 'left',
      changedAt: NOW,
      partner: 'Net et Propre',
    },
  ],
};
const teamCalled: Team = {
  ...team,
  isCalled: true,
  leadOrganisationId: null,
  lead: null,
  leadPart: '',
  places: team.places.map((one) => ({ ...one, partner: null })),
};
const teamCalledFor = { tenderId: 't1', packageId: 'p1', title: packages[0]!.title, deadline: DEADLINE };
const teamProposals = [
  {
    key: 'a',
    members: [
      { covers: ['45431000'], share: 1 },
      { covers: ['nis:62096', 'D13'], share: 0.6 },
    ],
    coverage: 1,
    gaps: [],
  },
  {
    key: 'b',
    members: [
      { covers: ['45442100'], share: 0.5 },
      { covers: ['45442100'], share: 0.4 },
    ],
    coverage: 0.9,
    gaps: ['0.1'],
  },
];
const teamAsked: TeamRequest = {
  placeId: 'k2',
  teamId: 'k1',
  packageId: 'p1',
  tenderId: 't1',
  state: 'invited',
  part: 'Le carrelage, 300 m²',
  isNamed: false,
  message: 'Nous peignons, vous posez le sol ?\nRendez-vous sur place mardi.',
  lead: 'Ateliers du Val Mosan',
  contractor: 'Constructions Ougrée SA',
  title: packages[0]!.title,
  tenderTitle: draft.title,
  description: draft.description,
  municipality: 'Seraing',
  postalCode: '4100',
  hoursMin: '620',
  hoursMax: '900',
  startsOn: '2027-02-01',
  deadline: DEADLINE,
  isOpen: true,
};
const about = {
  clarifications: [],
  waiting: [],
  gates: sampleGates,
  terms: SAMPLE_TERMS,
  deadlineChanges: [],
  publishedAt: new Date('2026-11-20T09:00:00Z'),
  tenderWithdrawnAt: null,
  withdrawal: null,
  amendments: [],
  version: 2,
  decision: null,
  lines,
  answer: null,
  reads: [{ documentId: 'f1', role: 'contractor' as const, count: 2, lastAt: NOW }],
  shared: SHARED_FILES,
  clauseLabel: 'Engagement social volontaire',
  basis: 'BE-CONTRACT',
  now: NOW,
};
const closed: OpportunityShown = {
  ...opportunity,
  packageId: 'p9',
  deadline: new Date('2026-11-01T11:00:00Z'),
};
const offeredAs = (counts: Partial<FoundOpportunities['counts']>, items: readonly OpportunityShown[]) => ({
  counts: { open: 0, answered: 0, closed: 0, ...counts },
  items,
});
const manyOpportunities = Array.from({ length: 50 }, (_, n) => ({
  ...opportunity,
  packageId: `many-${n}`,
  title: `${opportunity.title} ${n + 401}`,
  given: n < 37 ? null : ('full' as const),
}));
const answered: OpportunityShown = { ...opportunity, packageId: 'p8', verdict: 'partial', given: 'full' };

const uptakeRow = {
  published: 48,
  placeable: 30,
  eligible: 21,
  notified: 20,
  answered: 9,
  interested: 7,
  retained: 5,
  awarded: 3,
  confirmed: 2,
};
const noUptake = Object.fromEntries(Object.keys(uptakeRow).map((key) => [key, 0])) as typeof uptakeRow;
const few = { ...noUptake, published: 9, placeable: 3, eligible: 1, notified: 1 };
const uptakeGroup = (key: string | null, counts = uptakeRow, name: string | null = null) => ({
  key,
  name,
  counts,
});
const uptake: Uptake = {
  total: { ...uptakeRow, published: 105, placeable: 63, eligible: 43, notified: 41 },
  checked: [{ key: '62096', judged: 30, sought: 51 }],
  groups: {
    contractor: [
      uptakeGroup('o1', uptakeRow, 'Constructions Ougrée SA'),
      uptakeGroup('o2', few, 'Bâtir Meuse'),
    ],
    trade: [
      uptakeGroup('45400000'),
      uptakeGroup('45100000', few),
      uptakeGroup('77300000', { ...uptakeRow, published: 30 }),
      uptakeGroup(null),
    ],
    municipality: [
      uptakeGroup('62096'),
      uptakeGroup('62063', { ...uptakeRow, eligible: 8 }),
      uptakeGroup('62051', few),
      uptakeGroup(null, few),
    ],
    kind: [uptakeGroup('WAL_EI'), uptakeGroup('WAL_ETA')],
    basis: [uptakeGroup('BE-CONTRACT'), uptakeGroup('BE-2016-15'), uptakeGroup(null, few)],
    origin: [uptakeGroup('voluntary'), uptakeGroup('imposed'), uptakeGroup(null, few)],
  },
};
const noGroups: Uptake = {
  total: noUptake,
  checked: [],
  groups: { contractor: [], trade: [], municipality: [], kind: [], basis: [], origin: [] },
};
const labels = groupLabels('fr', Messages.load(MESSAGES_FOLDER), new ProductNames());
const winners = { wanted: 14, won: 3, confirmed: 2 };
const noWinners = { wanted: 0, won: 0, confirmed: 0 };
const packagesAsked = { by: 'municipality', key: '62096', figure: 'placeable' } as const;
const listedPackages: UptakePackage[] = Array.from({ length: 30 }, (_, index) => ({
  tender: 'Réhabilitation du hall 4 des anciens laminoirs',
  ref: `P${index + 1}`,
  title: 'Peinture intérieure des bureaux et cages d’escalier',
  municipality: index % 4 === 0 ? null : 'Seraing',
  publishedOn: '2026-10-12',
}));
const period = { from: '2026-01-01', until: '2026-11-25', known: null };
const mail = {
  id: 'm1',
  recipient: 'contact@val-mosan.example',
  subject: 'Peinture à Seraing : répondre avant le 15 décembre',
  headers: {
    'Message-ID': '<1234567890.abcdef@maillon.example>',
    'List-Unsubscribe': '<https://maillon.example/stop/x>',
  },
  organisationId: '0',
  messageId: '<1234567890.abcdef@maillon.example>',
  html: '<p>Bonjour</p>',
  source: '',
  text: 'Bonjour,\n\nUn paquet de travaux vous concerne.',
  requestId: 'r1',
  sentAt: NOW,
};

const offered = packages.map((item) =>
  packageLine(
    item,
    tags.filter((each) => each.packageId === item.id),
  ),
);
const RULES = rulesFromFiles();
const ofBasis = RULES.versions.filter(({ set, key }) => set === 'basis' && key === 'BE-2016-15');
const asked = clauseOptions(RULES, {
  date: '2026-05-12',
  buyer: 'public',
  level: 'regional',
  region: 'WAL',
  nature: 'works',
  value: '1050000',
  workKind: 'building',
  cpv: '45262660',
});
const proposal: Proposal = {
  id: 'p',
  set: 'basis',
  key: 'BE-2016-15',
  source: ruleText(ofBasis[0]!),
  reason: 'L’arrêté du 3 novembre 2026 change le pourcentage.',
  proposedBy: 'a',
  proposedAt: NOW,
  state: 'open',
  decidedBy: null,
  decidedAt: null,
  decisionReason: null,
};
const profile: Profile = {
  organisation: {
    id: 'o7',
    role: 'enterprise',
    name: 'Ateliers du Val Mosan',
    enterpriseNumber: '0123456749',
    language: 'fr',
    nis: null,
  },
  today: '2026-11-24',
  reads: [{ documentId: 'd1', role: 'administrator', count: 2, lastAt: new Date('2026-11-23T09:12:00Z') }],
  checks: [{ kind: 'WAL_EI', validFrom: '2024-01-01', checkedAt: NOW }],
  documents: [
    {
      id: 'd1',
      kind: 'WAL_EI',
      validFrom: '2024-01-01',
      validUntil: '2026-12-31',
      name: 'Agrément 2024.pdf',
      sizeBytes: 120_000,
    },
  ],
  registered: {
    organisationId: 'o7',
    versionId: 'v1',
    enterprise: anEnterprise({
      approvals: [
        {
          kind: 'WAL_EI',
          validFrom: '2020-01-01',
          validUntil: '2026-11-23',
          state: 'verified',
          authority: null,
          reference: null,
        },
        {
          kind: 'WAL_EI',
          validFrom: '2026-11-24',
          validUntil: null,
          state: 'pending',
          authority: null,
          reference: 'EI-7',
        },
      ],
    }),
  },
};
const organisationMembers: Members = {
  people: [
    {
      id: 'm1',
      name: 'Nadia Lambert',
      email: 'nadia@val-mosan.example',
      organisationRole: 'manager',
      since: NOW,
    },
    { id: 'm2', name: 'Luc Petit', email: 'luc@val-mosan.example', organisationRole: 'member', since: NOW },
  ],
  invitations: [
    {
      id: 'i1',
      name: 'Ann Peeters',
      email: 'ann@val-mosan.example',
      organisationRole: 'member',
      expiresAt: DEADLINE,
    },
  ],
  mayManage: true,
};
const choose = [{ field: 'authority', key: 'buyer.problem.choose' }];

export interface Sample {
  readonly path: string;
  readonly role: Role | null;
  readonly template: string;
  readonly model: object;
  readonly context?: Partial<PageContext>;
}

const ORGANISATIONS: Readonly<Record<Role, string>> = {
  contractor: 'Constructions Ougrée SA',
  enterprise: 'Ateliers du Val Mosan',
  'working-group': 'Groupe de travail économie sociale',
  administrator: 'Maillon',
};

/** Every page of the three groups in states that are told by hand; page-states.ts adds those that follow from them. */
const linesFound: LinesFound = { items: lines, found: lines.length, all: lines.length, lotIds: ['l1'] };

/** A board of one package of which nothing is known yet. */
const emptyBoard: BoardFacts = {
  list: {
    found: 1,
    page: 1,
    packages: 1,
    matched: 0,
    told: 0,
    answered: 0,
    asked: 0,
    questionsWaiting: 0,
    toReconfirm: 0,
  },
  question: {},
  isMatching: false,
  moments: [],
  matches: [],
  listed: new Map(),
  answers: [],
  questions: [],
  decisions: [],
  withdrawals: [],
  teams: [],
  coverage: new Map(),
  now: NOW,
};

export const SAMPLES: readonly Sample[] = [
  {
    path: '/tenders',
    role: 'contractor',
    template: 'contractor/views/tenders.njk',
    model: tendersPage(
      [reading('staged')],
      [
        {
          id: 't1',
          title: draft.title,
          status: 'draft',
          municipality: 'Seraing',
          deadline: null,
          packages: 4,
          offered: 1,
          createdAt: NOW,
        },
        {
          id: 't0',
          title: 'Abords du site Espérance',
          status: 'published',
          municipality: null,
          deadline: DEADLINE,
          packages: 12,
          offered: 5,
          createdAt: NOW,
        },
      ],
      25,
    ),
  },
  {
    path: '/tenders-empty',
    role: 'contractor',
    template: 'contractor/views/tenders.njk',
    model: tendersPage([], [], 25),
  },
  {
    path: '/bring',
    role: 'contractor',
    template: 'contractor/views/bring.njk',
    model: bringPage(
      [{ id: 'd1', entries: { title: 'Toiture du hall 4' }, keptAt: NOW, importId: null }],
      '20 MiB',
    ),
  },
  {
    path: '/bring-problem',
    role: 'contractor',
    template: 'contractor/views/bring.njk',
    model: bringPage([], '20 MiB'),
    context: { problems: [{ field: 'file', key: 'bring.problem.missing' }] },
  },
  {
    path: '/try',
    role: null,
    template: 'contractor/views/try.njk',
    model: { limit: '20 MiB', hours: 24 },
  },
  {
    path: '/try-problem',
    role: null,
    template: 'contractor/views/try.njk',
    model: { limit: '20 MiB', hours: 24 },
    context: {
      problems: [{ field: 'file', key: 'refusal.trials-too-many', params: { count: 12, retryAfter: 720 } }],
    },
  },
  { path: '/trial', role: null, template: 'contractor/views/trial.njk', model: tried.read },
  { path: '/trial-waiting', role: null, template: 'contractor/views/trial.njk', model: tried.waiting },
  { path: '/trial-refused', role: null, template: 'contractor/views/trial.njk', model: tried.refused },
  {
    path: '/trial-packages',
    role: null,
    template: 'contractor/views/trial-packages.njk',
    model: tried.packages,
  },
  {
    path: '/trial-packages-to-keep',
    role: 'contractor',
    template: 'contractor/views/trial-packages.njk',
    model: tried.packages,
  },
  {
    path: '/trial-packages-empty',
    role: null,
    template: 'contractor/views/trial-packages.njk',
    model: tried.noPackages,
  },
  {
    path: '/trial-gone',
    role: null,
    template: 'contractor/views/trial.njk',
    model: { gone: { hours: 24, againHref: '/try' } },
  },
  {
    path: '/description',
    role: 'contractor',
    template: 'contractor/views/description.njk',
    model: { href: '/', rows: 2, mostRows: 100 },
    context: { entries: { title: draft.title, 'label-1': 'Peinture', 'quantity-1': '12', 'unit-1': 'm²' } },
  },
  {
    path: '/description-problem',
    role: 'contractor',
    template: 'contractor/views/description.njk',
    model: { href: '/', rows: 1, mostRows: 1 },
    context: {
      problems: [
        { field: 'postalCode', key: 'describe.problem.place-unknown', params: { found: '41' } },
        { field: 'label-1', key: 'describe.problem.works' },
      ],
      entries: { postalCode: '41' },
    },
  },
  {
    path: '/reading',
    role: 'contractor',
    template: 'contractor/views/reading.njk',
    model: readingPage(reading('staged'), problems, 1),
  },
  {
    path: '/reading-waiting',
    role: 'contractor',
    template: 'contractor/views/reading.njk',
    model: readingPage(reading('received'), [], 1),
  },
  {
    path: '/reading-refused',
    role: 'contractor',
    template: 'contractor/views/reading.njk',
    model: readingPage(reading('refused'), problems, 1),
  },
  {
    path: '/tender',
    role: 'contractor',
    template: 'contractor/views/tender.njk',
    model: withWho(
      tenderPage(
        draft,
        packages,
        tagsByPackage,
        {},
        { unplaced: 3, undoable: { number: 3, kind: 'merge' }, hasHistory: true, additions: [] },
      ),
    ),
  },
  {
    path: '/tender-published',
    role: 'contractor',
    template: 'contractor/views/tender.njk',
    model: tenderPage(
      published,
      packages,
      tagsByPackage,
      {},
      { unplaced: 0, undoable: null, hasHistory: true, additions: ['p3', 'p4'] },
    ),
  },
  {
    path: '/tender-problem',
    role: 'contractor',
    template: 'contractor/views/tender.njk',
    model: tenderPage(draft, packages, tagsByPackage, { q: 'peinture' }),
    context: {
      problems: [{ field: 'packages-form', key: 'refusal.lots-differ' }],
      entries: { packages: ['p1'] },
    },
  },
  {
    path: '/layouts',
    role: 'contractor',
    template: 'contractor/views/layouts.njk',
    model: layoutsPage([
      {
        id: 'c1',
        fingerprint: '0123456789abcdef0123456789abcdef',
        headers: { A: 'Poste', B: 'Désignation', C: 'U', D: 'Quantité' },
        columns: { ref: 0, label: 1, unit: 2, quantity: 3 },
        decidedBy: 'Claire Dumont',
        decidedAt: NOW,
      },
    ]),
  },
  {
    path: '/layouts-empty',
    role: 'contractor',
    template: 'contractor/views/layouts.njk',
    model: layoutsPage([]),
  },
  {
    path: '/history',
    role: 'contractor',
    template: 'contractor/views/history.njk',
    model: { tenderTitle: draft.title, tenderHref: '/', changes },
  },
  {
    path: '/history-empty',
    role: 'contractor',
    template: 'contractor/views/history.njk',
    model: { tenderTitle: draft.title, tenderHref: '/', changes: [] },
  },
  {
    path: '/lines',
    role: 'contractor',
    template: 'contractor/views/lines.njk',
    model: linesPage(draft, packages[0]!, packages, linesFound, { q: 'peinture' }),
  },
  {
    path: '/correction-bring',
    role: 'contractor',
    template: 'contractor/views/correction-bring.njk',
    model: { limit: '20 MiB', tenderTitle: draft.title, tenderHref: '/', href: '/', isPublished: true },
    context: { problems: [{ field: 'file', key: 'correction.problem.known' }] },
  },
  {
    path: '/correction',
    role: 'contractor',
    template: 'contractor/views/correction.njk',
    model: {
      tenderTitle: draft.title,
      tenderHref: '/',
      href: '/',
      fileName: 'metre-corrige.xlsx',
      comparedWith: '3.7',
      isPublished: true,
      isSame: false,
      extendHref: '/extension',
      counts: { added: 1, removed: 1, changed: 1, same: 348 },
      changedPackages: { count: 60, names: ['Peinture intérieure'] },
      emptiedPackages: { count: 60, names: ['Clôtures'] },
      newPackages: { count: 60, names: ['Tonte'] },
      rows: [
        { kind: 'added', ref: '1.3', label: 'Tonte', package: null, fields: [], unit: 'm2', quantity: '120' },
        {
          kind: 'removed',
          ref: '7.1',
          label: 'Clôture',
          package: 'Clôtures',
          fields: [],
          unit: null,
          quantity: null,
        },
        {
          kind: 'changed',
          ref: '53.1',
          label: 'Peinture des murs',
          package: 'Peinture intérieure',
          fields: [
            { field: 'quantity', before: '1250.5', after: '1400' },
            { field: 'unitPrice', before: '–', after: '8.00' },
          ],
          unit: 'm2',
          quantity: '1400',
        },
      ],
      pages: { current: 1, total: 1, href: ['/'] },
      documentLanguage: 'fr',
    },
  },
  {
    path: '/correction-empty',
    role: 'contractor',
    template: 'contractor/views/correction.njk',
    model: {
      tenderTitle: draft.title,
      tenderHref: '/',
      href: '/',
      fileName: 'metre-corrige.xlsx',
      comparedWith: '3.7',
      isPublished: true,
      isSame: true,
      extendHref: '/extension',
      counts: { added: 0, removed: 0, changed: 0, same: 351 },
      changedPackages: { count: 0, names: [] },
      emptiedPackages: { count: 0, names: [] },
      newPackages: { count: 0, names: [] },
      rows: [],
      pages: { current: 1, total: 1, href: ['/'] },
      documentLanguage: 'fr',
    },
  },
  {
    path: '/lines-problem',
    role: 'contractor',
    template: 'contractor/views/lines.njk',
    model: linesPage(draft, packages[0]!, packages, linesFound, {}),
    context: { problems: [{ field: 'lines', key: 'lines.problem.lines' }], entries: { title: 'Plafonds' } },
  },
  {
    path: '/lines-many',
    role: 'contractor',
    template: 'contractor/views/lines.njk',
    model: linesPage(
      draft,
      packages[0]!,
      Array.from({ length: 60 }, (_, n) => workPackage(n + 1, `Peinture du bureau ${n}`)),
      { ...linesFound, found: 5000, all: 5000 },
      { target: 'bureau 3', page: '2' },
    ),
  },
  {
    path: '/lines-unplaced-empty',
    role: 'contractor',
    template: 'contractor/views/lines.njk',
    model: linesPage(draft, null, packages, { items: [], found: 0, all: 0, lotIds: [] }, {}),
  },
  {
    path: '/tender-empty',
    role: 'contractor',
    template: 'contractor/views/tender.njk',
    model: tenderPage(published, [], new Map(), {}),
  },
  {
    path: '/package',
    role: 'contractor',
    template: 'contractor/views/package.njk',
    model: packagePage(draft, packages[0]!, tags.slice(0, 3), lines),
  },
  {
    path: '/package-search',
    role: 'contractor',
    template: 'contractor/views/package.njk',
    model: packagePage(draft, packages[1]!, tags.slice(3, 5), lines, {
      isReview: true,
      isAddition: false,
      question: 'carrelage',
      codes: ['45431100', '45432000'],
    }),
    context: { entries: { trade: 'carrelage', placeable: 'part', trades: ['45431100'] } },
  },
  {
    path: '/package-problem',
    role: 'contractor',
    template: 'contractor/views/package.njk',
    model: packagePage(draft, packages[1]!, tags.slice(3, 5), lines),
    context: {
      problems: [{ field: 'trade', key: 'package.problem.trade', params: { found: '4544' } }],
      entries: { trade: '4544', placeable: 'part', trades: [] },
    },
  },
  {
    path: '/package-changed',
    role: 'contractor',
    template: 'contractor/views/package.njk',
    model: packagePage(draft, packages[1]!, tags.slice(3, 5), lines, {
      isReview: false,
      isChanged: true,
      isAddition: false,
      question: '',
      codes: [],
    }),
    context: {
      problems: [{ field: 'placeable', key: 'package.problem.changed' }],
      entries: { placeable: 'part', trades: [], value: '12 500' },
    },
  },
  {
    path: '/buyer',
    role: 'contractor',
    template: 'contractor/views/buyer.njk',
    model: buyerPage(askedSoFar(), 'authority'),
  },
  {
    path: '/buyer-problem',
    role: 'contractor',
    template: 'contractor/views/buyer.njk',
    model: buyerPage(askedSoFar(), 'authority'),
    context: { problems: choose },
  },
  {
    path: '/buyer-details',
    role: 'contractor',
    template: 'contractor/views/buyer.njk',
    model: buyerPage(
      askedSoFar({ authority: 'no', funding: 'none', handover: 'no', main: 'yes' }),
      'main-details',
    ),
  },
  {
    path: '/buyer-check',
    role: 'contractor',
    template: 'contractor/views/buyer-check.njk',
    model: buyerCheckPage(
      askedSoFar({
        authority: 'no',
        funding: 'none',
        handover: 'no',
        main: 'yes',
        'main-details': { mainClause: 'flex', mainNoticeDate: '2026-03-02' },
      }),
      'p1',
    ),
  },
  {
    path: '/clauses',
    role: 'contractor',
    template: 'contractor/views/clauses.njk',
    model: clausesPage(draft, law),
  },
  {
    path: '/clauses-empty',
    role: 'contractor',
    template: 'contractor/views/clauses.njk',
    model: clausesPage(draft, { ...law, options: [], duties: [], askPerson: [] }),
  },
  {
    path: '/publish',
    role: 'contractor',
    template: 'contractor/views/publish.njk',
    model: publishPage({
      shared: SHARED_FILES,
      invitedNames: new Map([['e9', 'Jardins et Bâtis']]),
      tender: draft,
      packages: offered,
      offeredCount: offered.length,
      lackingIn: [],
      lacking: [],
      clauseLabel: 'Engagement social volontaire',
      today: '2026-11-24',
      forecast: {
        enterprises: 15,
        batches: [
          { at: new Date('2026-11-24T09:00:00Z'), enterprises: 10 },
          { at: new Date('2026-11-25T09:00:00Z'), enterprises: 4 },
        ],
        together: [{ at: new Date('2026-11-30T06:30:00Z'), enterprises: 2 }],
        onListOnly: 1,
        beyond: { atMost: 212, next: new Date('2026-11-29T09:00:00Z') },
        recommended: '2026-12-08',
        isCut: false,
        candidates: [
          { enterpriseId: 'e1', name: 'Ateliers du Val Mosan', packages: 2 },
          { enterpriseId: 'e2', name: 'Rénov’Insertion', packages: 1 },
        ],
        reach: new Map([
          ['p1', { isCut: false, whole: 1, part: 1, nearly: 3, team: true }],
          ['p2', { isCut: true, whole: 50, part: 0, nearly: 2, team: false }],
        ]),
      },
    }),
  },
  {
    path: '/publish-candidates',
    role: 'contractor',
    template: 'contractor/views/publish.njk',
    model: publishPage({
      shared: [],
      invitedNames: new Map(),
      tender: { ...draft, visibility: 'invited', invited: ['e7'] },
      packages: offered,
      offeredCount: offered.length,
      lackingIn: [],
      lacking: [],
      clauseLabel: 'Engagement social volontaire',
      today: '2026-11-24',
      forecast: {
        enterprises: 120,
        batches: [{ at: new Date('2026-11-24T09:00:00Z'), enterprises: 10 }],
        together: [],
        onListOnly: 110,
        beyond: null,
        recommended: '2026-12-08',
        isCut: false,
        candidates: Array.from({ length: 120 }, (_, index) => ({
          enterpriseId: `e${index}`,
          name: `Entreprise de formation par le travail du bassin ${index}`,
          packages: 1,
        })),
        reach: new Map(),
      },
      asked: { invited: ['e7', 'e80'], candidate: 'formation', look: '2' },
    }),
    context: { entries: { visibility: 'invited', candidate: 'formation' } },
  },
  {
    path: '/mail-preview',
    role: 'contractor',
    template: 'contractor/views/mail-preview.njk',
    model: { title: draft.title, backHref: '/publish', mail: MAIL_PREVIEW },
  },
  {
    path: '/mail-preview-empty',
    role: 'contractor',
    template: 'contractor/views/mail-preview.njk',
    model: { title: draft.title, backHref: '/publish', mail: null },
  },
  {
    path: '/open-tenders',
    role: null,
    template: 'public/views/tenders.njk',
    model: { tenders: [OPEN_TENDER] },
  },
  { path: '/open-tenders-empty', role: null, template: 'public/views/tenders.njk', model: { tenders: [] } },
  { path: '/open-tender', role: null, template: 'public/views/tender.njk', model: OPEN_TENDER },
  {
    path: '/open-tender-over',
    role: null,
    template: 'public/views/tender.njk',
    model: { ...OPEN_TENDER, isOpen: false },
  },
  {
    path: '/publish-empty',
    role: 'contractor',
    template: 'contractor/views/publish.njk',
    model: publishPage({
      shared: [],
      invitedNames: new Map([['e9', 'Jardins et Bâtis']]),
      tender: draft,
      packages: [],
      offeredCount: 0,
      lackingIn: [],
      lacking: [
        {
          ...problems[0]!,
          code: 'tender.clause.unchosen',
          place: { pointer: '/clause' },
          message: 'Choisissez une clause.',
        },
      ],
      clauseLabel: null,
      today: '2026-11-24',
      forecast: null,
    }),
  },
  ...obligationSamples,
  {
    path: '/board',
    role: 'contractor',
    template: 'contractor/views/board.njk',
    model: boardPage(published, offered.slice(0, 2), {
      ...emptyBoard,
      list: {
        ...emptyBoard.list,
        found: 2,
        packages: 2,
        matched: 1,
        told: 1,
        answered: 1,
        questionsWaiting: 1,
        toReconfirm: 1,
      },
      moments: [{ at: new Date('2026-11-25T09:00:00Z'), state: 'planned', enterprises: 4 }],
      matches,
      answers: [answer],
      questions: [askedQuestion],
      decisions: [awardedDecision],
      withdrawals: [{ packageId: 'p2', reason: 'postponed', message: null, withdrawnAt: NOW }],
      listed: new Map([['p1', 14]]),
      coverage: new Map([['p1', { covered: 9, lines: 16, hasUncounted: true }]]),
    }),
    context: { flash: { tone: 'success', key: 'said.published' } },
  },
  {
    path: '/board-empty',
    role: 'contractor',
    template: 'contractor/views/board.njk',
    model: boardPage(published, offered.slice(0, 1), emptyBoard),
  },
  {
    path: '/answers',
    role: 'contractor',
    template: 'contractor/views/answers.njk',
    model: answersPage(published, offered[0]!, {
      ...emptyBoard,
      matches,
      answers: [
        answer,
        {
          ...answer,
          id: 'a2',
          enterpriseId: 'e9',
          enterpriseName: 'Atelier des Couleurs',
          kind: 'full',
          price: null,
        },
        { ...answer, id: 'a3', enterpriseId: 'e8', enterpriseName: 'Tremplin', kind: 'no', reason: 'dates' },
      ],
      decisions: [awardedDecision],
      coverage: new Map([['p1', { covered: 9, lines: 16, hasUncounted: true }]]),
    }),
  },
  {
    path: '/answers-empty',
    role: 'contractor',
    template: 'contractor/views/answers.njk',
    model: answersPage(published, offered[0]!, emptyBoard),
  },
  {
    path: '/board-matching',
    role: 'contractor',
    template: 'contractor/views/board.njk',
    model: boardPage(published, offered.slice(0, 1), { ...emptyBoard, isMatching: true }),
  },
  {
    path: '/board-found',
    role: 'contractor',
    template: 'contractor/views/board.njk',
    model: boardPage(published, offered.slice(0, 1), {
      ...emptyBoard,
      list: {
        ...emptyBoard.list,
        found: 43,
        page: 3,
        packages: 5000,
        answered: 43,
        asked: 2,
        questionsWaiting: 2,
      },
      question: { only: 'answered', q: 'peinture', page: '3' },
    }),
  },
  {
    path: '/match',
    role: 'contractor',
    template: 'contractor/views/match.njk',
    model: {
      enterprise: 'Ateliers du Val Mosan',
      packageTitle: packages[0]!.title,
      verdict: 'near-miss',
      criteria,
      changes: [
        { by: 'enterprise', ways: [['Porter le rayon à 48 km : 8 km de plus.']] },
        {
          by: 'both',
          ways: [['Avoir 52 heures par semaine : 12 de plus.', 'Commencer 12 jours plus tard.']],
        },
      ],
      isToCheck: false,
      basis: 'BE-CONTRACT',
      decidedOn: '2026-11-24',
      lawKnownAt: NOW,
      rulesVersion: '2026-11-24/1f2e 2026-3',
      isOfFormerMethod: true,
      boardHref: '/board',
    },
  },
  {
    path: '/additions',
    role: 'contractor',
    template: 'contractor/views/additions.njk',
    model: {
      title: draft.title,
      deadline: DEADLINE,
      additions: [
        { ...offered[0]!, confirmed: true },
        { ...offered[1]!, confirmed: false },
      ],
      lacking: [],
      forecast: {
        enterprises: 4,
        batches: [{ at: NOW, enterprises: 3 }],
        together: [],
        onListOnly: 1,
        beyond: { atMost: null, next: null },
      },
      href: '/additions',
      extendHref: '/extension',
      tenderHref: '/tender',
    },
    context: { problems: [{ field: 'packages', key: 'refusal.lines-not-chosen' }] },
  },
  {
    path: '/additions-empty',
    role: 'contractor',
    template: 'contractor/views/additions.njk',
    model: {
      title: draft.title,
      deadline: DEADLINE,
      additions: [],
      lacking: [],
      forecast: null,
      href: '/additions',
      extendHref: '/extension',
      tenderHref: '/tender',
    },
  },
  {
    path: '/opportunity-reconfirm',
    role: 'enterprise',
    template: 'enterprise/views/opportunity.njk',
    model: opportunityPage(opportunity, {
      ...about,
      answer: { ...answer, answeredAt: new Date('2026-11-20T10:00:00Z') },
      deadlineChanges: [
        {
          before: NOW,
          after: DEADLINE,
          reason: 'Une visite du chantier est ajoutée.',
          changedAt: NOW,
        },
      ],
      amendments: [
        {
          reconfirmBy: DEADLINE,
          amendedAt: NOW,
          differences: [
            {
              kind: 'added',
              ref: '3.4',
              label: 'Peinture des portes',
              unit: 'pc',
              quantity: '24',
              fields: [],
            },
            { kind: 'removed', ref: '3.2', label: 'Plafonds', unit: 'm2', quantity: '400', fields: [] },
            {
              kind: 'changed',
              ref: '3.1',
              label: 'Peinture des murs',
              unit: 'm2',
              quantity: '1300',
              fields: [{ field: 'quantity', before: '1200', after: '1300' }],
            },
          ],
        },
      ],
    }),
  },
  {
    path: '/team',
    role: 'enterprise',
    template: 'enterprise/views/team.njk',
    model: teamPage(opportunity, team, [{ covers: ['45431000'] }, { covers: ['nis:62096', 'D13'] }], {
      canInvite: true,
      canChange: true,
      canHandOver: true,
    }),
    context: {
      problems: [
        { field: 'partner', key: 'refusal.partner-unknown' },
        { field: 'part', key: 'problem.team.part.missing' },
      ],
    },
  },
  {
    path: '/team-empty',
    role: 'enterprise',
    template: 'enterprise/views/team.njk',
    model: teamPage(opportunity, null, [], { canInvite: false, canChange: true, canHandOver: false }),
  },
  {
    path: '/team-formed',
    role: 'enterprise',
    template: 'enterprise/views/team.njk',
    model: teamPage(opportunity, { ...team, isCalled: true, places: team.places.slice(1, 2) }, [], {
      canInvite: false,
      canChange: true,
      canHandOver: true,
    }),
  },
  {
    path: '/team-called-request',
    role: 'enterprise',
    template: 'enterprise/views/team-request.njk',
    model: {
      ...teamAsked,
      lead: null,
      leadPart: '',
      members: [],
      acts: ['accept', 'decline'],
      lines,
      moreLines: 0,
      documentLanguage: 'fr',
      href: '/team-request',
      listHref: '/opportunities',
    },
  },
  {
    path: '/team-call',
    role: 'contractor',
    template: 'contractor/views/team-call.njk',
    model: teamCallPage(teamCalledFor, null, { fillable: [], proposals: teamProposals, chosen: null }),
  },
  {
    path: '/team-call-chosen',
    role: 'contractor',
    template: 'contractor/views/team-call.njk',
    model: teamCallPage(teamCalledFor, null, {
      fillable: [],
      proposals: teamProposals,
      chosen: teamProposals[1]!,
    }),
    context: { problems: [{ field: 'part1', key: 'problem.team.part.missing' }] },
  },
  {
    path: '/team-call-gap',
    role: 'contractor',
    template: 'contractor/views/team-call.njk',
    model: teamCallPage(teamCalledFor, teamCalled, { fillable: ['k4'], proposals: [], chosen: null }),
  },
  {
    path: '/team-call-empty',
    role: 'contractor',
    template: 'contractor/views/team-call.njk',
    model: teamCallPage(teamCalledFor, null, { fillable: [], proposals: [], chosen: null }),
  },
  {
    path: '/board-team-called',
    role: 'contractor',
    template: 'contractor/views/board.njk',
    model: boardPage(published, offered.slice(0, 1), { ...emptyBoard, matches, teams: [teamCalled] }),
  },
  {
    path: '/team-request',
    role: 'enterprise',
    template: 'enterprise/views/team-request.njk',
    model: {
      ...teamAsked,
      leadHref: '/team-request',
      leadPart: team.leadPart,
      members: [],
      acts: ['accept', 'decline'],
      lines,
      moreLines: 0,
      documentLanguage: 'fr',
      href: '/team-request',
      listHref: '/opportunities',
    },
  },
  {
    path: '/opportunities-requests',
    role: 'enterprise',
    template: 'enterprise/views/opportunities.njk',
    model: opportunitiesPage(offeredAs({ open: 1 }, [opportunity]), {}, NOW, [teamAsked]),
  },
  {
    path: '/board-team',
    role: 'contractor',
    template: 'contractor/views/board.njk',
    model: boardPage(published, offered.slice(0, 1), {
      ...emptyBoard,
      matches,
      answers: [{ ...answer, kind: 'team', part: null, isOutdated: false }],
      decisions: [{ ...awardedDecision, kind: 'team', id: null, state: null, confirmBy: null }],
      teams: [{ ...team, lead: answer.enterpriseName, places: team.places.slice(1, 2) }],
    }),
  },
  {
    path: '/files',
    role: 'contractor',
    template: 'contractor/views/files.njk',
    model: filesPage({
      tender: { ...published, visibility: 'public' },
      files: SHARED_FILES,
      reads: [{ documentId: 's1', role: 'enterprise', count: 3, lastAt: NOW }],
    }),
  },
  {
    path: '/files-empty',
    role: 'contractor',
    template: 'contractor/views/files.njk',
    model: filesPage({ tender: draft, files: [], reads: [] }),
  },
  {
    path: '/files-problem',
    role: 'contractor',
    template: 'contractor/views/files.njk',
    model: filesPage({ tender: draft, files: [], reads: [] }),
    context: {
      problems: [{ field: 'files', key: 'refusal.document-unfit', params: { name: 'visite (1).exe' } }],
    },
  },
  {
    path: '/extension',
    role: 'contractor',
    template: 'contractor/views/extension.njk',
    model: {
      title: draft.title,
      deadline: DEADLINE,
      proposedDay: '2026-12-22',
      href: '/extension',
      boardHref: '/board',
    },
  },
  {
    path: '/extension-error',
    role: 'contractor',
    template: 'contractor/views/extension.njk',
    model: {
      title: draft.title,
      deadline: DEADLINE,
      proposedDay: '2026-12-22',
      href: '/extension',
      boardHref: '/board',
    },
    context: {
      problems: [
        { field: 'deadlineDay', key: 'refusal.deadline-not-later' },
        { field: 'reason', key: 'problem.extension.reason.missing' },
      ],
    },
  },
  {
    path: '/package-withdrawal',
    role: 'contractor',
    template: 'contractor/views/package-withdrawal.njk',
    model: {
      title: packages[0]!.title,
      reasons: WITHDRAWAL_REASONS,
      href: '/package-withdrawal',
      boardHref: '/board',
    },
  },
  {
    path: '/opportunity-package-withdrawn',
    role: 'enterprise',
    template: 'enterprise/views/opportunity.njk',
    model: opportunityPage(
      {
        ...opportunity,
        fitsNow: false,
        withdrawal: { reason: 'postponed', message: 'Le permis n’est pas encore là.' },
      },
      { ...about, answer },
    ),
  },
  {
    path: '/withdraw',
    role: 'contractor',
    template: 'contractor/views/withdraw.njk',
    model: { title: draft.title, href: '/withdraw', boardHref: '/board' },
  },
  {
    path: '/opportunities',
    role: 'enterprise',
    template: 'enterprise/views/opportunities.njk',
    model: opportunitiesPage(
      offeredAs({ open: 1, answered: 1, closed: 1 }, [opportunity, answered, closed]),
      {},
      NOW,
      [],
      [
        {
          tender: 'Réhabilitation d’une halle',
          contractor: 'Entreprise générale du Bassin',
          on: '2026-11-20',
          reason: 'Le lieu est hors de son rayon de 40 km.',
        },
      ],
    ),
  },
  {
    path: '/opportunities-empty',
    role: 'enterprise',
    template: 'enterprise/views/opportunities.njk',
    model: opportunitiesPage(offeredAs({}, []), {}, NOW),
  },
  {
    path: '/opportunities-long',
    role: 'enterprise',
    template: 'enterprise/views/opportunities.njk',
    model: opportunitiesPage(
      offeredAs({ open: 437, answered: 80, closed: 1492 }, manyOpportunities),
      { page: '9' },
      NOW,
    ),
  },
  {
    path: '/opportunities-not-found',
    role: 'enterprise',
    template: 'enterprise/views/opportunities.njk',
    model: opportunitiesPage(offeredAs({}, []), { q: 'zorglub' }, NOW),
  },
  {
    path: '/opportunity',
    role: 'enterprise',
    template: 'enterprise/views/opportunity.njk',
    model: opportunityPage(opportunity, about),
  },
  {
    path: '/opportunity-answered',
    role: 'enterprise',
    template: 'enterprise/views/opportunity.njk',
    model: opportunityPage({ ...opportunity, status: 'withdrawn' }, { ...about, answer }),
  },
  {
    path: '/opportunity-questions',
    role: 'enterprise',
    template: 'enterprise/views/opportunity.njk',
    model: opportunityPage(
      { ...opportunity, isInvited: false },
      {
        ...about,
        clarifications: [
          {
            id: 'q2',
            question: 'Qui fournit l’échafaudage ?',
            reply: 'Nous le fournissons.',
            repliedAt: NOW,
          },
        ],
        waiting: [askedQuestion],
      },
    ),
  },
  {
    path: '/opportunity-awarded',
    role: 'enterprise',
    template: 'enterprise/views/opportunity.njk',
    model: opportunityPage(opportunity, { ...about, answer, decision: awardedDecision }),
  },
  {
    path: '/award',
    role: 'enterprise',
    template: 'enterprise/views/award.njk',
    model: {
      title: opportunity.title,
      contractor: opportunity.contractor,
      confirmBy: awardedDecision.confirmBy,
      message: awardedDecision.message,
      acts: ['confirm', 'refuse'],
      href: '/award',
      backHref: '/opportunity',
    },
  },
  ...(
    [
      ['/decision', { id: null, state: null, confirmBy: null, message: null, decidedAt: null }],
      ['/decision-confirmed', { state: 'confirmed', confirmBy: null }],
    ] as const
  ).map(([path, other]): Sample => ({
    path,
    role: 'contractor',
    template: 'contractor/views/decision.njk',
    model: decisionPage({
      answer: { ...answer, isOutdated: false },
      decision: { ...awardedDecision, ...other },
      packageTitle: 'Peinture intérieure',
      questions: QUESTIONS,
      obligationHref: '/obligation',
      now: NOW,
    }),
  })),
  {
    path: '/decision-previewed',
    role: 'contractor',
    template: 'contractor/views/decision.njk',
    model: {
      ...decisionPage({
        answer: { ...answer, isOutdated: false },
        decision: { ...awardedDecision, id: null, state: null, confirmBy: null, decidedAt: null },
        packageTitle: 'Peinture intérieure',
        questions: QUESTIONS,
        obligationHref: null,
        now: NOW,
      }),
      mail: {
        language: 'nl',
        subject: 'Uw antwoord werd niet weerhouden',
        title: 'Uw antwoord werd niet weerhouden',
        greeting: 'Dag Atelier',
        blocks: [{ kind: 'paragraph', text: 'Bouwwerken Maasvallei koos een ander antwoord.' }],
        footer: { why: 'U krijgt deze mail omdat u antwoordde.' },
      },
    },
    context: { problems: [], entries: { act: 'decline', reason: 'dates' } },
  },
  {
    path: '/decision-raced',
    role: 'contractor',
    template: 'contractor/views/decision.njk',
    model: decisionPage({
      answer,
      decision: { ...awardedDecision, state: 'declined', reason: 'dates', confirmBy: null },
      packageTitle: 'Peinture intérieure',
      questions: QUESTIONS,
      obligationHref: null,
      now: NOW,
    }),
    context: {
      problems: [{ field: 'act', key: 'decision.problem.changed' }],
      entries: { act: 'award', message: 'À bientôt' },
    },
  },
  {
    path: '/ask',
    role: 'enterprise',
    template: 'enterprise/views/ask.njk',
    model: {
      title: opportunity.title,
      contractor: opportunity.contractor,
      href: '/ask',
      backHref: '/opportunity',
    },
    context: { problems: [{ field: 'text', key: 'problem.question.text.missing' }], entries: { text: '' } },
  },
  {
    path: '/reply',
    role: 'contractor',
    template: 'contractor/views/reply.njk',
    model: {
      title: askedQuestion.packageTitle,
      question: askedQuestion,
      canReply: true,
      href: '/reply',
      boardHref: '/board',
    },
  },
  {
    path: '/reply-late',
    role: 'contractor',
    template: 'contractor/views/reply.njk',
    model: {
      title: askedQuestion.packageTitle,
      question: { ...askedQuestion, reply: 'Oui, dès le 8 février.', repliedAt: NOW },
      canReply: false,
      href: '/reply',
      boardHref: '/board',
    },
    context: {
      problems: [{ field: 'text', key: 'refusal.question-answered-already' }],
      entries: { text: 'Oui, dès le 1er février.' },
    },
  },
  {
    path: '/answer',
    role: 'enterprise',
    template: 'enterprise/views/answer.njk',
    model: answerPage(
      opportunity,
      {
        standing: null,
        lines,
        packageVersion: 2,
        words: { message: 'Bonjour', conditions: null },
        files: [],
        draft: null,
      },
      { kind: 'part', takesWords: false },
    ),
  },
  {
    path: '/answer-draft',
    role: 'enterprise',
    template: 'enterprise/views/answer.njk',
    model: answerPage(
      opportunity,
      { standing: null, lines, packageVersion: 2, words: null, files: answer.files, draft: SAVED_DRAFT },
      { kind: undefined, takesWords: false },
    ),
    context: { problems: [], entries: SAVED_DRAFT.entries },
  },
  {
    path: '/answer-problem',
    role: 'enterprise',
    template: 'enterprise/views/answer.njk',
    model: answerPage(
      opportunity,
      { standing: answer, lines, packageVersion: 2, words: null, files: answer.files, draft: SAVED_DRAFT },
      { kind: 'no', takesWords: false },
    ),
    context: {
      problems: [{ field: 'reason', key: 'problem.answer.reason.missing' }],
      entries: { kind: 'no', message: 'Complet jusqu’en mars' },
    },
  },
  {
    path: '/figures',
    role: 'working-group',
    template: 'working-group/views/figures.njk',
    model: {
      ...figuresPage({ uptake, winners, ledgers: [sampleLedger] }, period, null, '2026-11-24', labels),
      map: figuresMap(uptake, labels),
      snapshot: 'M3f2a91c0d4e5b6a7',
    },
  },
  {
    path: '/figures-empty',
    role: 'working-group',
    template: 'working-group/views/figures.njk',
    model: {
      ...figuresPage(
        { uptake: noGroups, winners: noWinners, ledgers: [] },
        period,
        null,
        '2026-11-24',
        labels,
      ),
      snapshot: 'M3f2a91c0d4e5b6a7',
    },
  },
  {
    path: '/figures-territory',
    role: 'working-group',
    template: 'working-group/views/figures.njk',
    model: {
      ...figuresPage({ uptake, winners: noWinners, ledgers: [] }, period, 'BE332', '2026-11-24', labels),
      map: figuresMap(uptake, labels),
      snapshot: 'M3f2a91c0d4e5b6a7',
    },
  },
  {
    path: '/figures-packages',
    role: 'working-group',
    template: 'working-group/views/packages.njk',
    model: packagesPage(
      period,
      packagesAsked,
      listedFigure(uptake.groups.municipality, packagesAsked),
      listedPackages,
      1,
      labels,
    ),
  },
  {
    path: '/figures-published',
    role: 'working-group',
    template: 'working-group/views/packages.njk',
    model: publishedPage(period, null, 105, listedPackages, 1, labels),
  },
  {
    path: '/figures-packages-empty',
    role: 'working-group',
    template: 'working-group/views/packages.njk',
    model: packagesPage(
      period,
      packagesAsked,
      listedFigure(uptake.groups.municipality, packagesAsked),
      [],
      1,
      labels,
    ),
  },
  {
    path: '/governance',
    role: 'working-group',
    template: 'working-group/views/governance.njk',
    model: {
      areas: whoMay(POLICY),
      readers: READERS,
      opened: [
        {
          at: new Date('2026-11-24T09:12:00Z'),
          action: 'work-package.read',
          role: 'enterprise',
          by: 'Atelier Nord',
          of: 'Bâtir Meuse',
          title: 'École communale de Jemeppe – Nettoyage de fin de chantier',
        },
        {
          at: new Date('2026-11-23T17:40:00Z'),
          action: 'answer-attachment.read',
          role: 'contractor',
          by: 'Bâtir Meuse',
          of: 'Atelier Nord',
          title: null,
        },
        {
          at: new Date('2026-11-23T16:50:00Z'),
          action: 'tender-document.read',
          role: 'enterprise',
          by: 'Atelier Nord',
          of: 'Bâtir Meuse',
          title: null,
        },
        {
          at: new Date('2026-11-23T16:40:00Z'),
          action: 'approval-document.read',
          role: 'administrator',
          by: null,
          of: 'Atelier Nord',
          title: null,
        },
      ],
      pages: pagesOf(120, 50, '2', workingGroupPaths.governance),
    },
  },
  {
    path: '/governance-empty',
    role: 'working-group',
    template: 'working-group/views/governance.njk',
    model: {
      areas: whoMay(POLICY),
      readers: READERS,
      opened: [],
      pages: pagesOf(0, 50, '1', workingGroupPaths.governance),
    },
  },
  {
    path: '/losses',
    role: 'working-group',
    template: 'working-group/views/losses.njk',
    model: {
      ...lossesPage(sampleLosses, period, '2026-11-24', inFrench),
      counting: 1840,
      snapshot: 'M3f2a91c0d4e5b6a7',
    },
  },
  {
    path: '/losses-empty',
    role: 'working-group',
    template: 'working-group/views/losses.njk',
    model: {
      ...lossesPage([], period, '2026-11-24', inFrench),
      counting: 0,
      snapshot: 'M3f2a91c0d4e5b6a7',
    },
  },
  {
    path: '/losses-packages',
    role: 'working-group',
    template: 'working-group/views/lost.njk',
    model: lostPage(askedLoss(sampleLosses, { reason: 'not-judged' }), listedPackages, period, inFrench),
  },
  {
    path: '/losses-packages-empty',
    role: 'working-group',
    template: 'working-group/views/lost.njk',
    model: lostPage(askedLoss(sampleLosses, { reason: 'not-judged' }), [], period, inFrench),
  },
  {
    path: '/outbox',
    role: 'administrator',
    template: 'administrator/views/outbox.njk',
    model: outboxPage([mail], 1, 50),
  },
  {
    path: '/outbox-empty',
    role: 'administrator',
    template: 'administrator/views/outbox.njk',
    model: outboxPage([], 1, 50),
  },
  { path: '/mail', role: 'administrator', template: 'administrator/views/mail.njk', model: mailPage(mail) },
  {
    path: '/sign-in',
    role: null,
    template: 'account/views/sign-in.njk',
    model: { next: '/', sessionEnded: false },
  },
  { path: '/law', role: null, template: 'law/views/law.njk', model: lawList(RULES) },
  { path: '/law-basis', role: null, template: 'law/views/basis.njk', model: lawPage(RULES, 'BE-2016-15')! },
  {
    path: '/rules',
    role: 'administrator',
    template: 'law/views/rules.njk',
    model: rulesPage(
      RULES.versions.filter(({ set }) => set === 'threshold' || set === 'basis'),
      { set: '', words: '', on: null, knownAt: null },
      RULES.versions.filter(({ set }) => set === 'threshold').slice(0, 1),
    ),
  },
  {
    path: '/rules-empty',
    role: 'administrator',
    template: 'law/views/rules.njk',
    model: rulesPage([], { set: '', words: 'rien', on: '2026-01-01', knownAt: NOW }, []),
  },
  {
    path: '/rule',
    role: 'administrator',
    template: 'law/views/rule.njk',
    model: rulePage(
      'basis',
      'BE-2016-15',
      ofBasis.flatMap((version) => [
        { ...version, recordedFrom: NOW, recordedUntil: null },
        { ...version, recordedFrom: new Date('2026-01-01'), recordedUntil: NOW },
      ]),
      ruleText(ofBasis[0]!),
    ),
    context: { problems: [{ field: 'reason', key: 'rules.problem.reason' }] },
  },
  {
    path: '/proposals',
    role: 'administrator',
    template: 'law/views/proposals.njk',
    model: { items: [{ ...proposal, href: '/proposal' }], rulesHref: '/rules' },
  },
  {
    path: '/proposals-empty',
    role: 'administrator',
    template: 'law/views/proposals.njk',
    model: { items: [], rulesHref: '/rules' },
  },
  {
    path: '/proposal',
    role: 'administrator',
    template: 'law/views/proposal.njk',
    model: {
      proposal,
      isOpen: true,
      isYours: false,
      changes: changesInWords(ofBasis[0]!, {
        ...ofBasis[0]!,
        valid: { from: '2016-01-01', until: '2027-07-01' },
        confidence: 'recalled',
        citation: { fr: 'Art. 15, § 1er, remplacé', nl: ofBasis[0]!.citation.nl },
        body: { ...ofBasis[0]!.body, marks: { target_share: 'uncertain' }, target_share: '0.3' },
      }),
      seen: 's',
      faults: [],
      preview: {
        looked: { tenders: 12, drafts: 3, enterprises: 9 },
        tenders: [
          {
            id: 't',
            title: draft.title,
            before: { options: ['EXEC_COND BE-2016-87'], duties: [], asks: 0 },
            after: { options: ['RESERVE_ACCESS BE-2016-15'], duties: ['must WAL'], asks: 1 },
          },
        ],
        tendersCount: 1,
        draftsChanged: 0,
        enterprises: [
          { id: 'e', name: 'Val Mosan', before: 'eligible', after: 'not-eligible', tenders: [draft.title] },
        ],
        enterprisesCount: 1,
      },
      ruleHref: '/rule',
      listHref: '/proposals',
      approveHref: '/x',
      rejectHref: '/x',
      retireHref: '/x',
    },
    context: { problems: [{ field: 'why', key: 'proposals.problem.why' }] },
  },
  {
    path: '/terms',
    role: 'contractor',
    template: 'contractor/views/terms.njk',
    model: termsPage(
      draft,
      { ...packages[0]!, terms: SAMPLE_TERMS },
      TERMS_ASKED,
      termsKnown(RULES, '2026-11-24'),
    ),
  },
  {
    path: '/terms-problems',
    role: 'contractor',
    template: 'contractor/views/terms.njk',
    model: termsPage(draft, packages[0]!, TERMS_ASKED, termsKnown(RULES, '2026-11-24')),
    context: {
      entries: { approval: 'X', paymentDays: 'bientôt' },
      problems: [
        {
          field: 'approval',
          key: 'problem.terms.approval.unknown',
          params: { found: 'X', expected: 'A, B, C' },
        },
        {
          field: 'paymentDays',
          key: 'problem.terms.days.unreadable',
          params: { found: 'bientôt', expected: '1 - 365' },
        },
      ],
    },
  },
  {
    path: '/why',
    role: 'contractor',
    template: 'contractor/views/why.njk',
    model: {
      gates: sampleGates,
      packageTitle: packages[0]!.title,
      packageHref: '/package',
      buyerHref: '/buyer',
      isDraft: true,
      why: whyClause(
        {
          buyer: { answers: {}, facts: {} },
          clause: {
            decidedOn: '2026-05-12',
            lawKnownAt: NOW.toISOString(),
            answer: { ...asked },
            instrument: 'EXEC_COND',
            basis: 'BE-2016-87',
          },
        },
        RULES.versions,
        Messages.load(MESSAGES_FOLDER),
        'fr',
      ),
    },
  },
  {
    path: '/why-empty',
    role: 'contractor',
    template: 'contractor/views/why.njk',
    model: {
      gates: sampleGates,
      packageTitle: packages[0]!.title,
      packageHref: '/package',
      buyerHref: '/buyer',
      isDraft: true,
      why: null,
    },
  },
  {
    path: '/register',
    role: null,
    template: 'account/views/registration-ask.njk',
    model: { sent: false, languages: LANGUAGES },
    context: {
      problems: [{ field: 'enterpriseNumber', key: 'registration.problem.number' }],
      entries: { enterpriseNumber: '0123', organisationName: 'Ateliers neufs' },
    },
  },
  {
    path: '/register-sent',
    role: null,
    template: 'account/views/registration-ask.njk',
    model: { sent: true, email: 'luc@exemple.be' },
  },
  {
    path: '/register-contractor',
    role: null,
    template: 'account/views/registration-ask.njk',
    model: { sent: false, languages: LANGUAGES, trial: tried.token },
  },
  {
    path: '/register-contractor-sent',
    role: null,
    template: 'account/views/registration-ask.njk',
    model: { sent: true, email: 'luc@exemple.be', trial: tried.token, endsAt: DEADLINE },
  },
  {
    path: '/register-confirm',
    role: null,
    template: 'account/views/registration-confirm.njk',
    model: {
      organisationName: 'Ateliers neufs',
      enterpriseNumber: '0123.456.749',
      email: 'luc@exemple.be',
      expiresAt: DEADLINE,
      shortest: 15,
    },
  },
  {
    path: '/profile',
    role: 'enterprise',
    template: 'enterprise/views/profile.njk',
    model: profilePage(profile),
  },
  {
    path: '/profile-empty',
    role: 'enterprise',
    template: 'enterprise/views/profile.njk',
    model: profilePage({ ...profile, registered: null }),
  },
  {
    path: '/profile-about',
    role: 'enterprise',
    template: 'enterprise/views/profile-about.njk',
    model: {
      isNew: true,
      version: '',
      kinds: kindsOffered('fr'),
      standing: {
        ...aboutEntries(null, 'Ateliers neufs', 'luc@exemple.be', (key) => key),
        paused: 'until',
        resumesOn: '2027-09-01',
      },
      backHref: '/profile',
    },
    context: { problems: [{ field: 'kind', key: 'problem.registry.kind.unknown' }] },
  },
  {
    path: '/activity',
    role: 'enterprise',
    template: 'enterprise/views/activity.njk',
    model: {
      isNew: false,
      href: '/activity',
      backHref: '/profile',
      version: 'v1',
      standing: { zone: 'radius', km: '20', places: 'Huy', partialScope: 'yes', search: 'carrelage' },
      ticked: ['45431000'],
      offered: ['45431000', '45432100'],
      foundNothing: false,
      regions: REGIONS,
      tickedRegions: ['nuts:BE33'],
      tickedModes: ['works-or-service'],
    },
    context: { problems: [{ field: 'km', key: 'activity.problem.km' }] },
  },
  {
    path: '/activity-map',
    role: 'enterprise',
    template: 'enterprise/views/activity.njk',
    model: {
      isNew: false,
      href: '/activity',
      backHref: '/profile',
      version: 'v1',
      standing: { zone: 'radius', km: '20', places: '', partialScope: '', search: '' },
      ticked: ['45431000'],
      offered: ['45431000'],
      foundNothing: false,
      regions: REGIONS,
      tickedRegions: [],
      tickedModes: ['works-or-service'],
      map: profilePage(profile).activities[0]?.map,
    },
  },
  {
    path: '/approval',
    role: 'enterprise',
    template: 'enterprise/views/approval.njk',
    model: { kinds: kindsOffered('fr'), kind: 'WAL_EI', backHref: '/profile', limit: '10 MiB' },
    context: { problems: [{ field: 'validFrom', key: 'approval.problem.from' }] },
  },
  {
    path: '/tag-rules',
    role: 'contractor',
    template: 'contractor/views/tag-rules.njk',
    model: { rules: tagRules },
  },
  {
    path: '/tag-rules-empty',
    role: 'contractor',
    template: 'contractor/views/tag-rules.njk',
    model: { rules: [] },
  },
  {
    path: '/everybodys-rules',
    role: 'administrator',
    template: 'administrator/views/tag-rules.njk',
    model: { rules: tagRules },
  },
  {
    path: '/everybodys-rules-empty',
    role: 'administrator',
    template: 'administrator/views/tag-rules.njk',
    model: { rules: [] },
  },
  {
    path: '/teach',
    role: 'contractor',
    template: 'contractor/views/teach.njk',
    model: teachPage(draft, packages[0]!, lines, tags, numbering, {
      rule: tagRule,
      trial: {
        measure: { ...tagRule.measure!, broken: ['Mise en peinture des plafonds en deux couches'] },
        contradicted: [{ ...tagRule, id: 'r-other', trade: '45442100', placeable: null }],
        held: 14,
        newest: 20_000,
        changed: 9,
        examples: [
          { text: 'Sablage de façade, pierre bleue', count: 3, before: '45442100', after: '45443000' },
          { text: 'Sablage de façade arrière', count: 1, before: null, after: '45443000' },
        ],
      },
    }),
    context: {
      problems: [{ field: 'pattern', key: 'refusal.tag-rule-without-words' }],
      entries: { pattern: 'de la' },
    },
  },
  {
    path: '/approvals',
    role: 'administrator',
    template: 'administrator/views/approvals.njk',
    model: {
      approvals: [
        {
          id: 'a1',
          enterprise: 'Ateliers du Val Mosan',
          kind: 'WAL_EI',
          reference: 'EI-2026/7',
          validFrom: '2026-01-01',
          validUntil: null,
          statedAt: NOW,
          documents: [{ name: 'Agrément 2024.pdf', href: '/approvals' }],
          href: '/x',
        },
      ],
    },
  },
  {
    path: '/approvals-empty',
    role: 'administrator',
    template: 'administrator/views/approvals.njk',
    model: { approvals: [] },
  },
  {
    path: '/password',
    role: null,
    template: 'account/views/password-ask.njk',
    model: { sent: false },
    context: { problems: [{ field: 'email', key: 'signIn.email.invalid' }], entries: { email: 'luc' } },
  },
  {
    path: '/password-sent',
    role: null,
    template: 'account/views/password-ask.njk',
    model: { sent: true, email: 'luc@exemple.be' },
  },
  {
    path: '/password-choose',
    role: null,
    template: 'account/views/password-choose.njk',
    model: { email: 'luc@exemple.be', name: 'Luc Petit', expiresAt: DEADLINE, shortest: 15 },
  },
  {
    path: '/mails',
    role: 'enterprise',
    template: 'account/views/mails.njk',
    model: {
      lists: ['offers', 'answers'],
      wanted: ['answers'],
      rhythms: ['at-once', 'daily', 'weekly'],
      rhythm: 'daily',
      quiet: { from: '22:00', until: '07:00' },
      weekly: 10,
      most: 50,
      colleagues: [
        { id: 'a', name: 'Nadia Lambert', hears: true },
        { id: 'b', name: 'Karim Benali', hears: false },
      ],
      addressIsRefused: true,
      feedLink: { createdAt: NOW, usedAt: NOW },
      makeFeedsHref: '/x',
      endFeedsHref: '/y',
    },
  },
  {
    path: '/mails-contractor',
    role: 'contractor',
    template: 'account/views/mails.njk',
    model: {
      lists: ['answers'],
      wanted: ['answers'],
      rhythms: ['daily', 'at-once'],
      rhythm: 'daily',
      isContractor: true,
      quiet: null,
      weekly: null,
      most: 50,
      colleagues: [],
      addressIsRefused: false,
      feedLink: { createdAt: NOW, usedAt: null },
      feedsMade: {
        news: 'https://maillon.example/feeds/mQ3w0S0ZkU5cN1r4yXb8uT2vJ7pL6aD9eHfGiKoR_Cs/news.atom',
        calendar: 'https://maillon.example/feeds/mQ3w0S0ZkU5cN1r4yXb8uT2vJ7pL6aD9eHfGiKoR_Cs/calendar.ics',
      },
      makeFeedsHref: '/x',
      endFeedsHref: '/y',
    },
  },
  {
    path: '/mails-empty',
    role: 'working-group',
    template: 'account/views/mails.njk',
    model: {
      lists: [],
      wanted: [],
      rhythms: [],
      rhythm: 'at-once',
      quiet: null,
      weekly: null,
      most: 50,
      colleagues: [],
      addressIsRefused: false,
    },
  },
  {
    path: '/account',
    role: 'contractor',
    template: 'account/views/account.njk',
    model: {
      person: { name: 'Nadia Lambert', email: 'nadia@exemple.be' },
      organisation: { name: ORGANISATIONS.contractor },
      sessions: [true, false].map((isThisOne) => ({
        isThisOne,
        device: 'Firefox, Linux',
        createdAt: NOW,
        seenAt: NOW,
        endPath: '/x',
      })),
      links: { password: '/p', mails: '/m', members: '/n', tokens: '/t', data: '/d' },
    },
  },
  {
    path: '/invitation',
    role: null,
    template: 'account/views/invitation.njk',
    model: {
      email: 'luc@exemple.be',
      name: 'Luc Petit',
      organisationName: ORGANISATIONS.enterprise,
      expiresAt: DEADLINE,
      shortest: 15,
    },
    context: { problems: [{ field: 'password', key: 'refusal.password-too-short' }] },
  },
  {
    path: '/account-password',
    role: 'contractor',
    template: 'account/views/password-change.njk',
    model: { email: 'luc@exemple.be', shortest: 15 },
    context: { problems: [{ field: 'present', key: 'refusal.password-wrong' }] },
  },
  {
    path: '/account-data',
    role: 'enterprise',
    template: 'account/views/personal-data.njk',
    model: dataPage(new Map(HOLDING_GROUPS.map((group) => [group, 2])), {
      email: 'luc@exemple.be',
      name: 'Luc Petit',
      organisation: 'Ateliers du Val Mosan',
    }),
  },
  {
    path: '/erasure',
    role: 'enterprise',
    template: 'account/views/erasure.njk',
    model: { asked: null, isLastManager: false, isAlone: true, days: 7 },
    context: { problems: [{ field: 'password', key: 'refusal.password-wrong' }] },
  },
  {
    path: '/erasure-asked',
    role: 'enterprise',
    template: 'account/views/erasure.njk',
    model: { asked: { askedAt: NOW, dueAt: DEADLINE }, isLastManager: true, isAlone: false, days: 7 },
  },
  {
    path: '/erasure-last-manager',
    role: 'enterprise',
    template: 'account/views/erasure.njk',
    model: { asked: null, isLastManager: true, isAlone: false, days: 7 },
  },
  {
    path: '/members',
    role: 'enterprise',
    template: 'account/views/members.njk',
    model: membersPage(organisationMembers, {
      personId: 'm1',
      organisation: 'Ateliers du Val Mosan',
      language: 'fr',
    }),
    context: {
      problems: [{ field: 'organisationRole', key: 'members.problem.role' }],
      entries: { language: 'nl' },
    },
  },
  {
    path: '/members-read',
    role: 'enterprise',
    template: 'account/views/members.njk',
    model: membersPage(
      { ...organisationMembers, mayManage: false },
      { personId: 'm2', organisation: 'Ateliers du Val Mosan', language: 'fr' },
    ),
  },
  {
    path: '/tokens',
    role: 'contractor',
    template: 'account/views/tokens.njk',
    model: {
      made: `maillon_${'k3Jd9'.repeat(8)}abc`,
      lives: ['30', '90', '365'],
      scopes: ['tenders:read', 'tenders:write'],
      backHref: '/account',
      tokens: [
        {
          name: 'Logiciel de métré',
          scopes: ['tenders:read', 'tenders:write'],
          expiresAt: DEADLINE,
          usedAt: null,
          revokeHref: '/x',
        },
      ],
    },
    context: { problems: [{ field: 'scopes', key: 'tokens.problem.scopes' }] },
  },
  {
    path: '/tokens-empty',
    role: 'contractor',
    template: 'account/views/tokens.njk',
    model: {
      made: null,
      lives: ['30', '90', '365'],
      scopes: ['tenders:read'],
      backHref: '/account',
      tokens: [],
    },
  },
  ...['home', 'help', 'accessibility', 'privacy'].map((name): Sample => ({
    path: `/${name}`,
    role: null,
    template: `public/views/${name}.njk`,
    model: {},
  })),
  {
    path: '/what-if',
    role: 'contractor',
    template: 'contractor/views/what-if.njk',
    model: whatIfPage({
      title: 'Peinture des façades',
      packageHref: '/x',
      href: '/x',
      wish: { change: 'by-site' },
      answer: {
        packages: 2,
        covered: 1,
        gained: [{ enterpriseId: 'e1', name: 'Atelier des Couleurs' }],
        lost: [{ enterpriseId: 'e2', name: 'Façades et Toits de la Vallée' }],
        kept: 3,
        smallestTeam: 2,
      },
    }),
  },
  {
    path: '/profile-what-if',
    role: 'enterprise',
    template: 'enterprise/views/what-if.njk',
    model: {
      href: '/x',
      profileHref: '/x',
      wish: { trades: ['45233200'], areas: [], extraKm: 10 },
      entries: { trade: 'pavage', place: 'Hui', extraKm: '10' },
      unknown: ['place'],
      answer: { published: 40, now: 3, widened: 14 },
    },
  },
  { path: '/ranking', role: null, template: 'public/views/ranking.njk', model: rankingPage() },
  {
    path: '/status',
    role: null,
    template: 'public/views/status.njk',
    model: {
      ready: false,
      checks: [
        { name: 'schema', isOk: true },
        { name: 'queue', isOk: false },
      ],
    },
  },
  {
    path: '/news',
    role: 'enterprise',
    template: 'news/views/news.njk',
    model: {
      hasUnread: true,
      href: '/news',
      items: [
        {
          template: 'answer-receipt',
          params: { package: 'Peinture', contractor: 'Constructions Ougrée SA' },
          at: NOW,
          readAt: null,
          path: '/x',
          daysLeft: 6,
        },
      ],
    },
  },
  {
    path: '/news-empty',
    role: 'enterprise',
    template: 'news/views/news.njk',
    model: { hasUnread: false, href: '/news', items: [] },
  },
  ...['ask', 'done', 'resumed'].map((step): Sample => ({
    path: `/stop-${step}`,
    role: null,
    template: 'news/views/stop.njk',
    model: { list: 'offers', step, stopHref: '/stop', resumeHref: '/resume' },
  })),
  ...[
    'notFound',
    'forbidden',
    'expired',
    'badRequest',
    'refused',
    'tooLarge',
    'tooMany',
    'fault',
    'unavailable',
  ].map((kind): Sample => ({
    path: `/error-${kind}`,
    role: null,
    template: 'error.njk',
    model: { kind, detail: null },
  })),
];

/** One page in one language, as the service writes it. */
export function renderSample({ path, role, template, model, context }: Sample, language: Language): string {
  const base: PageContext = {
    ...visitorContext(language, path, '0190-sample'),
    viewer: role && { id: 'p1', name: 'Nadia Lambert', organisation: ORGANISATIONS[role], role },
    formToken: 'token',
    ...context,
  };
  return renderer.page(template, model, base);
}

/** The wizard with these answers given by a colleague and not confirmed yet. */
function askedSoFar(
  answers: Readonly<Record<string, string | Readonly<Record<string, string>>>> = {},
): BuyerSoFar {
  const given = { answeredBy: 'p2', answeredByName: 'Karim Benali', answeredAt: new Date(0) };
  return {
    tender: { ...draft, buyer: null, clause: null },
    draft: Object.entries(answers).map(([question, said]) => ({
      ...given,
      question,
      answers: typeof said === 'string' ? { [question]: said } : said,
    })),
  };
}

import { isLanguage, type Language, type Place, type ProblemInWords } from '../../kernel/index.js';
import { asFinding, type ToldReach, type Trial, type TrialPackage } from '../../pipeline/index.js';
import { trialEndsAt, type ParsedTender, type Tender } from '../../tenders/index.js';
import { lawPaths } from '../law/paths.js';
import { paged, type Pages } from '../shared/paging.js';
import { paths } from '../shared/paths.js';
import { markEvidence, type Piece } from '../shared/render/evidence.js';
import { spansOf } from './package.page.js';
import { contractorPaths } from './paths.js';
import { readingPage, type ReadingPage } from './reading.page.js';
import { packageLine, type PackageLine } from './tender.page.js';

const PACKAGES_PER_PAGE = 25;

type Proposal = NonNullable<Trial['proposal']>;

/** What every page of a trial says: how long it is there, and how it is kept. */
interface TrialFrame {
  readonly endsAt: Date;
  readonly href: string;
  readonly packagesHref: string;
  readonly keepHref: string;
  readonly signInHref: string;
  readonly registerHref: string;
}

function frameOf({ madeAt }: Trial, token: string): TrialFrame {
  const href = contractorPaths.trial(token);
  return {
    endsAt: trialEndsAt(madeAt),
    href,
    packagesHref: contractorPaths.trialPackages(token),
    keepHref: contractorPaths.keepTrial(token),
    signInHref: `${paths.signIn()}?next=${encodeURIComponent(href)}`,
    registerHref: paths.register(token),
  };
}

export interface TrialPage extends TrialFrame {
  readonly reading: ReadingPage;
}

/** What was understood, as its contractor would read it, with nothing to change: what is asked stands among the problems. */
export function trialPage(
  trial: Trial,
  token: string,
  problems: readonly ProblemInWords[],
  page: unknown,
): TrialPage {
  const frame = frameOf(trial, token);
  const { id, fileName, scanned, proposal, madeAt: receivedAt } = trial;
  const parsed = proposal && withAsManyLines(proposal);
  // Applied: there is nothing to answer here.
  const state = trial.state === 'received' || trial.state === 'refused' ? trial.state : ('applied' as const);
  const opened = { id, fileName, scanned, parsed, state, receivedAt, firstRows: null, tenderId: null };
  return { ...frame, reading: readingPage(opened, problems, page, frame.href) };
}

/** No line of them is shown there: they are counted. */
function withAsManyLines({ read, lineCounts }: Proposal): ParsedTender {
  return { ...read, lots: read.lots.map((lot, index) => ({ ...lot, lines: Array(lineCounts[index]) })) };
}

export interface TrialPackagesPage extends TrialFrame {
  readonly title: string;
  readonly municipality: string | null;
  readonly packages: readonly TrialPackageShown[];
  readonly all: number;
  readonly placeableCount: number;
  readonly pages: Pages;
  /** Words of the clause that the law of the day gives a private builder, and where they rest. */
  readonly clause: { readonly label: string; readonly basisHref: string } | null;
  readonly documentLanguage: Language | null;
}

export interface TrialPackageShown extends PackageLine {
  readonly quantity: TrialPackage['quantity'];
  readonly reach: ToldReach | null;
  /** The words that speak for the findings, without repetition. */
  readonly evidence: readonly string[];
  readonly lines: readonly {
    readonly ref: string;
    readonly pieces: readonly Piece[];
    readonly quantity: string | null;
    readonly unit: string | null;
    readonly place: Place;
  }[];
  readonly moreLines: number;
}

/** @param clauses what the law gives, in the words of the page */
export function trialPackagesPage(
  trial: Trial & { readonly proposal: Proposal },
  token: string,
  clauses: readonly { readonly label: string; readonly basis: string }[],
  page: unknown,
): TrialPackagesPage {
  const frame = frameOf(trial, token);
  const { proposal, fileName } = trial;
  const { read } = proposal;
  const shown = proposal.packages.map((item) => ({ item, line: lineOf(item) }));
  const { items, pages } = paged(shown, PACKAGES_PER_PAGE, page, (n) => `${frame.packagesHref}?page=${n}`);
  const { municipality, postalCode, nuts } = read.tender.place;
  const [clause] = clauses;
  return {
    ...frame,
    title: read.tender.title ?? fileName,
    municipality: municipality ?? postalCode ?? nuts,
    packages: items.map(({ item, line }) => packageShown(item, line)),
    all: shown.length,
    placeableCount: shown.filter(({ line }) => line.placeable === 'yes' || line.placeable === 'part').length,
    pages,
    clause: clause ? { label: clause.label, basisHref: lawPaths.basis(clause.basis) } : null,
    documentLanguage: isLanguage(read.language) ? read.language : null,
  };
}

/** What the law said, as a draft of nobody's has it. */
export function clauseOf({ proposal }: Trial): Pick<Tender, 'clause' | 'buyer'> {
  return { clause: proposal?.clause ?? null, buyer: null };
}

/** As a draft would list it, but for its page, which is not there. */
function lineOf(item: TrialPackage): PackageLine {
  const stored = { ...item, tenderId: '', confirmed: false, offered: false, version: 1 };
  return { ...packageLine(stored, item.tags.map(asFinding)), href: `#package-${item.id}` };
}

function packageShown(item: TrialPackage, shown: PackageLine): TrialPackageShown {
  // A passage over the seam of two lines is in none of them.
  const words = item.tags.flatMap((tag) => tag.evidence.map(({ text }) => text));
  const evidence = [...new Set(words)].filter((text) => !text.includes('\n'));
  return {
    ...shown,
    reach: item.reach,
    quantity: item.quantity,
    evidence,
    lines: item.lines.map(({ label, ...line }) => ({
      ...line,
      pieces: markEvidence(label, spansOf(label, evidence)),
    })),
    moreLines: item.quantity.lines - item.lines.length,
  };
}

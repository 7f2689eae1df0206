import {
  addDecimals,
  isLanguage,
  type Language,
  type Place,
  type ProblemInWords,
} from '../../kernel/index.js';
import { asFinding, type ToldReach, type Trial, type TrialPackage } from '../../pipeline/index.js';
import {
  trialEndsAt,
  type BillLine,
  type PackageQuantity,
  type ParsedTender,
  type Tender,
} from '../../tenders/index.js';
import { lawPaths } from '../law/paths.js';
import { paged, type Pages } from '../shared/paging.js';
import { paths } from '../shared/paths.js';
import { markEvidence, type Piece } from '../shared/render/evidence.js';
import { spansOf } from './package.page.js';
import { contractorPaths } from './paths.js';
import { readingPage, type ReadingPage } from './reading.page.js';
import { packageLine, type PackageLine } from './tender.page.js';

const PACKAGES_PER_PAGE = 25;
/** Of each package: all of them are there once it is kept. */
const LINES_SHOWN = 12;

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
  const { id, fileName, scanned, parsed, madeAt: receivedAt } = trial;
  // Applied: there is nothing to answer here.
  const state = trial.state === 'received' || trial.state === 'refused' ? trial.state : ('applied' as const);
  const opened = { id, fileName, scanned, parsed, state, receivedAt, firstRows: null, tenderId: null };
  return { ...frame, reading: readingPage(opened, problems, page, frame.href) };
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
  readonly quantity: Omit<PackageQuantity, 'packageId'>;
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
  trial: Trial & { readonly parsed: ParsedTender; readonly proposal: NonNullable<Trial['proposal']> },
  token: string,
  clauses: readonly { readonly label: string; readonly basis: string }[],
  page: unknown,
): TrialPackagesPage {
  const frame = frameOf(trial, token);
  const { parsed, proposal, fileName } = trial;
  const shown = proposal.packages.map((item) => ({ item, line: lineOf(item) }));
  const { items, pages } = paged(shown, PACKAGES_PER_PAGE, page, (n) => `${frame.packagesHref}?page=${n}`);
  const { municipality, postalCode, nuts } = parsed.tender.place;
  const [clause] = clauses;
  return {
    ...frame,
    title: parsed.tender.title ?? fileName,
    municipality: municipality ?? postalCode ?? nuts,
    packages: items.map(({ item, line }) => packageShown(parsed, item, line)),
    all: shown.length,
    placeableCount: shown.filter(({ line }) => line.placeable === 'yes' || line.placeable === 'part').length,
    pages,
    clause: clause ? { label: clause.label, basisHref: lawPaths.basis(clause.basis) } : null,
    documentLanguage: isLanguage(parsed.language) ? parsed.language : null,
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

function packageShown(parsed: ParsedTender, item: TrialPackage, shown: PackageLine): TrialPackageShown {
  const lot = parsed.lots[item.lot]!;
  const lines = item.lines.map((index) => lot.lines[index]!);
  const texts = [item.title, ...lines.map((line) => line.label)];
  const evidence = [...new Set(item.tags.flatMap((tag) => tag.evidence.map((span) => span.text)))].filter(
    (phrase) => texts.some((text) => spansOf(text, [phrase]).length > 0),
  );
  return {
    ...shown,
    reach: item.reach,
    quantity: quantityOf(lines),
    evidence,
    lines: lines.slice(0, LINES_SHOWN).map(({ ref, label, quantity, unit, place }) => ({
      ref,
      pieces: markEvidence(label, spansOf(label, evidence)),
      quantity,
      unit,
      place,
    })),
    moreLines: Math.max(0, lines.length - LINES_SHOWN),
  };
}

/** As `packageQuantities` finds it of lines that are stored. */
function quantityOf(lines: readonly BillLine[]): Omit<PackageQuantity, 'packageId'> {
  const [first] = lines;
  const units = new Set(lines.map((line) => line.unitNorm ?? line.unit));
  const isOne =
    first !== undefined &&
    first.unit !== null &&
    units.size === 1 &&
    lines.every(
      (line) => line.unit !== null && line.quantity !== null && line.kind === 'base' && !line.variant,
    );
  const quantity = lines.reduce((sum, line) => addDecimals(sum, line.quantity ?? '0'), '0');
  return { lines: lines.length, sum: isOne ? { quantity, unit: first.unit! } : null };
}

import { isLanguage, type Day, type Language } from '../../kernel/index.js';
import { findingsOf, type PlaceableLabel, type Tag } from '../../tagging/index.js';
import {
  basisOfHours,
  loadLabourTables,
  type HoursBasis,
  type PackageTerms,
  type StoredBillLine,
  type Tender,
  type WorkPackage,
} from '../../tenders/index.js';
import { markEvidence, type Piece, type Span } from '../shared/render/evidence.js';
import { contractorPaths } from './paths.js';

const LINES_SHOWN = 200;

export interface PackagePage {
  readonly title: string;
  readonly ref: string;
  readonly tenderTitle: string;
  readonly tenderHref: string;
  readonly href: string;
  readonly whatIfHref: string;
  /** Where enterprises can be asked for one offer together; null for what is not offered. */
  readonly teamCallHref: string | null;
  readonly isDraft: boolean;
  /** Nothing is offered of it yet. */
  readonly canDecide: boolean;
  readonly version: number;
  readonly confirmed: boolean;
  readonly offered: boolean;
  readonly placeable: PlaceableLabel | null;
  readonly reasons: readonly string[];
  /** Every trade anybody thought of; the form ticks those in force. */
  readonly trades: readonly {
    readonly code: string;
    readonly ticked: boolean;
    readonly confidence: number;
    readonly origin: Tag['origin'];
  }[];
  /** The words that speak for the findings, without repetition. */
  readonly evidence: readonly string[];
  readonly value: { readonly amount: string; readonly currency: string } | null;
  readonly hours: {
    readonly min: string;
    readonly max: string;
    readonly method: string | null;
    /** What an estimate rests on, with its sources. */
    readonly basis: HoursBasis | null;
  } | null;
  readonly startsOn: Day | null;
  readonly endsOn: Day | null;
  readonly sites: readonly string[];
  readonly lines: readonly (StoredBillLine & { readonly pieces: readonly Piece[] })[];
  readonly moreLines: number;
  readonly linesHref: string;
  /** Where it can be made one with others; null for what is published. */
  readonly mergeHref: string | null;
  readonly whyHref: string;
  readonly termsHref: string;
  readonly terms: PackageTerms;
  /** One of several that are looked at in a row. */
  readonly isReview: boolean;
  readonly skipHref: string;
  /** Where the decision on this package can be made a rule; the one made just before, on another. */
  readonly teachHref: string | null;
  readonly teachAfterHref: string | null;
  /** Rules that say what is found here. */
  readonly rules: readonly { readonly pattern: string; readonly taughtBy: string | null }[];
  /** Somebody else changed it while the form was filled in: what stands now is shown beside what was entered. */
  readonly isChanged: boolean;
  /** What was asked in plain words, and the codes found that the form does not list yet. */
  readonly question: string;
  readonly foundCodes: readonly string[];
  /** Language of the document, when it is one that pages can name. */
  readonly documentLanguage: Language | null;
}

export interface PackageQuestion {
  readonly isReview: boolean;
  readonly isChanged?: boolean;
  /** Package that was corrected just before. */
  readonly corrected?: unknown;
  /** It could be added to what is published. */
  readonly isAddition: boolean;
  readonly question: string;
  readonly codes: readonly string[];
}

export function packagePage(
  tender: Tender,
  item: WorkPackage,
  tags: readonly Tag[],
  lines: readonly StoredBillLine[],
  asked: PackageQuestion = { isReview: false, isAddition: false, question: '', codes: [] },
): PackagePage {
  const listed = new Set(tags.filter((tag) => tag.kind === 'trade').map((tag) => tag.value));
  const findings = findingsOf(tags);
  const inForce = new Set(findings.trades.map((trade) => trade.code));
  const standing = tags.filter((tag) => tag.state !== 'rejected');
  const shownTexts = [item.title, ...lines.map((line) => line.label)];
  // A passage may run over the seam between title and lines: nobody would find it again.
  const evidence = [...new Set(standing.flatMap((tag) => tag.evidence.map((span) => span.text)))].filter(
    (phrase) => shownTexts.some((text) => spansOf(text, [phrase]).length > 0),
  );
  return {
    title: item.title,
    ref: item.ref,
    tenderTitle: tender.title,
    tenderHref: contractorPaths.tender(tender.id),
    href: contractorPaths.package(tender.id, item.id),
    whatIfHref: contractorPaths.whatIf(tender.id, item.id),
    teamCallHref:
      tender.status === 'published' && item.offered ? contractorPaths.teamCall(tender.id, item.id) : null,
    whyHref: contractorPaths.why(tender.id, item.id),
    termsHref: contractorPaths.terms(tender.id, item.id),
    terms: item.terms,
    isDraft: tender.status === 'draft',
    canDecide: tender.status === 'draft' || (tender.status === 'published' && asked.isAddition),
    version: item.version,
    confirmed: item.confirmed,
    offered: item.offered,
    placeable: findings.placeable,
    reasons: findings.reasons,
    trades: tags
      .filter((tag) => tag.kind === 'trade')
      .map(({ value, confidence, origin }) => ({
        code: value,
        ticked: inForce.has(value),
        confidence,
        origin,
      })),
    evidence,
    value: item.value === null ? null : { amount: item.value, currency: item.currency ?? 'EUR' },
    hours:
      item.hoursMin === null || item.hoursMax === null
        ? null
        : {
            min: item.hoursMin,
            max: item.hoursMax,
            method: item.hoursMethod,
            basis: hoursBasisOf(item, tags, lines),
          },
    startsOn: item.startsOn,
    endsOn: item.endsOn,
    sites: item.sites,
    lines: lines
      .slice(0, LINES_SHOWN)
      .map((line) => ({ ...line, pieces: markEvidence(line.label, spansOf(line.label, evidence)) })),
    moreLines: Math.max(0, lines.length - LINES_SHOWN),
    linesHref: contractorPaths.lines(tender.id, item.id),
    mergeHref: tender.status === 'draft' ? contractorPaths.merge(tender.id, item.id) : null,
    isReview: asked.isReview,
    skipHref: `${contractorPaths.review(tender.id)}?after=${item.id}`,
    teachHref: item.confirmed ? contractorPaths.teach(tender.id, item.id) : null,
    teachAfterHref: teachAfter(tender.id, asked.corrected),
    rules: rulesOf(standing),
    isChanged: asked.isChanged ?? false,
    question: asked.question,
    foundCodes: asked.codes.filter((code) => !listed.has(code)),
    documentLanguage: isLanguage(tender.language) ? tender.language : null,
  };
}

function hoursBasisOf(
  { hoursMin, hoursMax, hoursMethod }: WorkPackage,
  tags: readonly Tag[],
  lines: readonly StoredBillLine[],
): HoursBasis | null {
  if (hoursMethod === null) return null;
  const hours = { min: Number(hoursMin), max: Number(hoursMax), method: hoursMethod };
  const labour = loadLabourTables();
  // A proposal is measured by the trade of its chapters, which need not be among the five found in its words.
  const trades = [...tags.filter(({ kind }) => kind === 'trade'), ...labour.shares, ...labour.outputs];
  const codes = new Set(trades.map((one) => ('trade' in one ? one.trade : one.value)));
  const basis = basisOfHours(hours, [...codes], lines, labour);
  return (
    basis && {
      share: basis.share && { ...basis.share, trade: wholeCode(basis.share.trade) },
      outputs: basis.outputs.map((output) => ({ ...output, trade: wholeCode(output.trade) })),
    }
  );
}

/** The tables name a trade by its first digits. */
function wholeCode(trade: string): string {
  return trade.padEnd(8, '0');
}

/** The form for the correction made just before, when an address names one. */
export function teachAfter(tenderId: string, corrected: unknown): string | null {
  return typeof corrected === 'string' && /^[0-9a-f-]{36}$/.test(corrected)
    ? contractorPaths.teach(tenderId, corrected)
    : null;
}

function rulesOf(tags: readonly Tag[]): PackagePage['rules'] {
  return [...new Map(tags.flatMap(({ rule }) => (rule ? [[rule.id, rule] as const] : []))).values()];
}

/** Where phrases stand in a text, whatever their case. */
export function spansOf(text: string, phrases: readonly string[]): Span[] {
  const folded = text.toLocaleLowerCase('fr');
  // Some letters change length with their case: then positions would lie, and nothing is marked.
  if (folded.length !== text.length) return [];
  return phrases.flatMap((phrase) => {
    const wanted = phrase.trim().toLocaleLowerCase('fr');
    if (wanted === '') return [];
    const spans: Span[] = [];
    for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, at + wanted.length)) {
      spans.push({ start: at, end: at + wanted.length });
    }
    return spans;
  });
}

import { isLanguage, type SiteKey } from '../kernel/index.js';
import { resolvePlace } from '../registry/index.js';
import {
  loadTagModel,
  proposedTags,
  tagText,
  tradesOfLine,
  type ProposedTag,
  type TagModel,
  type TagResult,
} from '../tagging/index.js';
import {
  loadLabourTables,
  splitIntoWorkPackages,
  type DraftProposal,
  type Lot,
  type ParsedTender,
  type ProposedPackage,
  type StatedPlace,
  type StoredBillLine,
  type StoredLot,
  type Tender,
  type TenderPlace,
  type UnassignedLine,
  type WorkPackage,
} from '../tenders/index.js';

/** A work package proposed for a document, with what was found on it and where it is to be done. */
export interface TaggedPackage extends ProposedPackage {
  readonly tagged: TagResult;
  readonly tags: readonly ProposedTag[];
  readonly sites: readonly SiteKey[];
}

export interface Proposal {
  readonly place: TenderPlace;
  readonly packages: readonly TaggedPackage[];
  readonly unassigned: readonly UnassignedLine[];
}

/** Enough words to tell a trade by; more only cost time. */
const TEXT_CHARS = 4000;

/** From a document that was read to the packages it could be cut into: no database, no clock. */
export function proposePackages(parsed: ParsedTender, model: TagModel = loadTagModel()): Proposal {
  const { packages, unassigned } = splitIntoWorkPackages(parsed, {
    tradeOf: (text, context) => tradesOfLine(model, text, context),
    tradeTitle: (cpv, language) => tradeName(model, cpv, language),
    labour: loadLabourTables(),
  });
  return {
    place: tenderPlace(parsed),
    unassigned,
    packages: packages.map((proposed) => {
      const tagged = tagPackage(parsed, proposed, model);
      return {
        ...proposed,
        tagged,
        tags: proposedTags(tagged, statedCodes(parsed, proposed)),
        sites: sitesOf(proposed.places.length > 0 ? proposed.places : parsed.tender.places),
      };
    }),
  };
}

/** The proposal as a draft takes it. */
export function draftProposal({ place, packages, unassigned }: Proposal): DraftProposal {
  return {
    place,
    packages: packages.map((proposed) => ({
      ...proposed,
      lot: proposed.lotIndex,
      lines: proposed.lineIndexes,
    })),
    unassigned: unassigned.map(({ lotIndex, lineIndex, reason }) => ({
      lot: lotIndex,
      line: lineIndex,
      reason,
    })),
  };
}

function tagPackage(parsed: ParsedTender, proposed: ProposedPackage, model: TagModel): TagResult {
  const lot = parsed.lots[proposed.lotIndex]!;
  const fromBill = proposed.lines.length > 0;
  return tagText(model, {
    lang: parsed.language,
    title: proposed.title,
    context: contextOf(fromBill ? [lot.title, parsed.tender.title] : [parsed.tender.title], proposed.title),
    text: packageText(lot, proposed),
    fromBill,
    votedCode: fromBill ? proposed.trade : null,
  });
}

/** What the evidence of a package points into: its lines, or the words of its lot. */
export function packageText(lot: Lot, proposed: ProposedPackage): string {
  return proposed.lines.length > 0
    ? wordsOf([proposed.title, ...proposed.lineIndexes.map((index) => lot.lines[index]!.label)])
    : wordsOf([lot.title ?? proposed.title, lot.description ?? '']);
}

function wordsOf(words: readonly string[]): string {
  return words
    .filter((word) => word !== '')
    .join('\n')
    .slice(0, TEXT_CHARS);
}

function contextOf(above: readonly (string | null)[], title: string): string {
  return above.filter((text) => text !== null && text !== title).join('. ');
}

/** What is found on a stored package from the lines it has now. */
export function tagStoredPackage(
  tender: Tender,
  lot: StoredLot,
  item: WorkPackage,
  lines: readonly StoredBillLine[],
  model: TagModel = loadTagModel(),
): readonly ProposedTag[] {
  const text = wordsOf([item.title, ...lines.map((line) => line.label)]);
  const context = contextOf([lot.title, tender.title], item.title);
  return proposedTags(
    tagText(model, { lang: tender.language, title: item.title, context, text, fromBill: lines.length > 0 }),
    [],
  );
}

/** Codes the document itself gives: a lot without lines is its package, so the lot's codes are the package's. */
function statedCodes(parsed: ParsedTender, proposed: ProposedPackage): readonly string[] {
  const lot = parsed.lots[proposed.lotIndex]!;
  if (proposed.lines.length > 0)
    return [...new Set(proposed.lineIndexes.flatMap((index) => lot.lines[index]!.cpv))];
  return lot.cpv.length > 0 ? lot.cpv : parsed.tender.cpv;
}

function tradeName(model: TagModel, cpv: string, language: string | null): string | null {
  const labels = model.catalogue.entries.get(cpv)?.labels;
  return labels && isLanguage(language) ? labels[language] : null;
}

/** Every key of every stated place; a place in doubt gives none, and is asked of a person. */
function sitesOf(places: readonly StatedPlace[]): readonly SiteKey[] {
  return [...new Set(places.flatMap((place) => resolvePlace(place).sites))];
}

function tenderPlace(parsed: ParsedTender): TenderPlace {
  const { municipality, postalCode, country, nuts } = parsed.tender.place;
  const { sites } = resolvePlace(parsed.tender.place);
  const key = (scheme: string): string | null =>
    sites.find((site) => site.startsWith(`${scheme}:`))?.slice(scheme.length + 1) ?? null;
  return { municipality, postalCode, country, nuts: nuts ?? key('nuts'), nis: key('nis'), sites };
}

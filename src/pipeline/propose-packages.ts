import { isLanguage, type SiteKey } from '../kernel/index.js';
import { resolvePlace } from '../registry/index.js';
import {
  loadTagModel,
  NOTHING_TAUGHT,
  proposedTags,
  tagText,
  taughtTags,
  tradesOfLine,
  type ProposedTag,
  type RuleText,
  type TagModel,
  type TagResult,
  type TaughtRules,
} from '../tagging/index.js';
import {
  catalogueNumber,
  loadLabourTables,
  placesIn,
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

/**
 * From a document that was read to the packages it could be cut into: no database, no clock.
 * @param rules what people taught, for the organisation and the numbering of the document
 */
export function proposePackages(parsed: ParsedTender, rules: TaughtRules = NOTHING_TAUGHT): Proposal {
  const model = loadTagModel();
  const { packages, unassigned } = splitIntoWorkPackages(parsed, {
    tradeOf: (text, context) => taughtTrade(rules, text, context) ?? tradesOfLine(model, text, context),
    tradeTitle: (cpv, language) => tradeName(model, cpv, language),
    labour: loadLabourTables(),
    places: { placesIn: (text) => placesIn(text, parsed.language), municipalityOf },
  });
  return {
    place: tenderPlace(parsed),
    unassigned,
    packages: packages.map((proposed) => {
      const tagged = tagPackage(parsed, proposed, model);
      const found = proposedTags(tagged, statedCodes(parsed, proposed));
      const lot = parsed.lots[proposed.lotIndex]!;
      const lines = proposed.lineIndexes.map((index) => lot.lines[index]!);
      return {
        ...proposed,
        tagged,
        tags: taughtTags(found, rules, textsOf(proposed.title, lines), packageText(lot, proposed)),
        sites: sitesOf(proposed.places.length > 0 ? proposed.places : parsed.tender.places),
      };
    }),
  };
}

/** A rule speaks of single lines: the words of a whole chapter, which have no number, are left to the votes of its lines. */
function taughtTrade(
  rules: TaughtRules,
  text: string,
  { articleNumber }: { readonly articleNumber: string | null },
): readonly { code: string; confidence: number }[] | null {
  if (articleNumber === null) return null;
  const claim = rules.claim({ text, number: articleNumber }, 'trade');
  return claim && [{ code: claim.value, confidence: 1 }];
}

/** What rules look at: the lines of a package, its title when it has none; no long description, where words stand by the way. */
function textsOf(
  title: string,
  lines: readonly Pick<StoredBillLine, 'label' | 'ref' | 'catalogueCode'>[],
): readonly RuleText[] {
  return lines.length > 0
    ? lines.map((line) => ({ text: line.label, number: catalogueNumber(line) }))
    : [{ text: title, number: null }];
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
  rules: TaughtRules,
): readonly ProposedTag[] {
  const text = wordsOf([item.title, ...lines.map((line) => line.label)]);
  const context = contextOf([lot.title, tender.title], item.title);
  const input = { lang: tender.language, title: item.title, context, text, fromBill: lines.length > 0 };
  const found = proposedTags(tagText(loadTagModel(), input), []);
  return taughtTags(found, rules, textsOf(item.title, lines), text);
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

/** A municipality by its number; abroad, where those are not known, by its postal code. */
function municipalityOf(place: StatedPlace): string | null {
  const { sites, candidates } = resolvePlace(place);
  if (candidates.length > 0) return 'several';
  const keyed = (scheme: string): SiteKey | undefined => sites.find((site) => site.startsWith(`${scheme}:`));
  return (keyed('nis') ?? keyed('postal'))?.replace(/^\w+:/, '') ?? null;
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

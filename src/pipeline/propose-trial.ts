import { addDecimals, type Day } from '../kernel/index.js';
import { clauseOptions, type LegalRules } from '../legal-basis/index.js';
import type { OpenPackage } from '../matching/index.js';
import { SMALLEST_SHOWN } from '../monitoring/index.js';
import { NO_ORGANISATION } from '../platform/audit/index.js';
import { findingsOf, type Finding, type ProposedTag } from '../tagging/index.js';
import {
  draftRows,
  NO_TERMS,
  type BillLine,
  type ClauseChoice,
  type PackageQuantity,
  type ParsedTender,
} from '../tenders/index.js';
import { clauseFacts } from './clause-facts.js';
import type { Reach } from './invitation-forecasts.service.js';
import { packageToMatch } from './package-to-match.js';
import { draftProposal, proposePackages } from './propose-packages.js';

/** Of each package. */
const LINES_SHOWN = 12;

/** How many, where there are enough to be counted before somebody who is not known. */
export type Told = number | 'few';

/** Who could do a package, told without single cases (docs/adr/0019). */
export interface ToldReach {
  readonly isCut: boolean;
  readonly whole: Told;
  readonly part: Told;
  readonly nearly: Told;
  readonly team: boolean;
}

type TrialLine = Pick<BillLine, 'ref' | 'label' | 'quantity' | 'unit' | 'place'>;

/** A package as a draft would have it. */
export interface TrialPackage {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  readonly value: string | null;
  readonly currency: string | null;
  readonly hoursMin: string | null;
  readonly hoursMax: string | null;
  readonly quantity: Omit<PackageQuantity, 'packageId'>;
  /** The first of them: all are there once it is kept. */
  readonly lines: readonly TrialLine[];
  readonly tags: readonly ProposedTag[];
  /** Null where nobody was looked for: it is no work to place, or has no trade or place. */
  readonly reach: ToldReach | null;
}

/** What is shown of a document: a page of it reads no line that it does not show. */
export interface TrialProposal {
  /** The document without its lines, and how many each lot has. */
  readonly read: ParsedTender;
  readonly lineCounts: readonly number[];
  readonly packages: readonly TrialPackage[];
  /** What the law of the day gives a private builder; null where it cannot be said. */
  readonly clause: ClauseChoice | null;
}

/** The draft that a document would become, with what matching is asked; nothing of it is stored. */
export interface TrialDraft extends Omit<TrialProposal, 'packages'> {
  readonly packages: readonly Omit<TrialPackage, 'reach'>[];
  /** Of the packages that could be placed. */
  readonly asked: readonly OpenPackage[];
}

/** From a document that was read to what a contractor would see of its draft: no database, no clock. */
export function proposeTrial(
  parsed: ParsedTender,
  file: { readonly id: string; readonly name: string },
  law: { readonly rules: LegalRules; readonly today: Day; readonly now: Date },
): TrialDraft {
  const proposal = proposePackages(parsed);
  const opened = { id: file.id, organisationId: NO_ORGANISATION, fileName: file.name, parsed };
  const { tender, lots, packages } = draftRows(opened, draftProposal(proposal), law.now);
  const facts = clauseFacts(tender, lots, { buyer: 'private' }, law.today);
  const answer = clauseOptions(law.rules, facts);
  return {
    read: {
      ...parsed,
      lots: parsed.lots.map((lot) => ({ ...lot, description: null, lines: [] })),
      problems: [],
    },
    lineCounts: parsed.lots.map(({ lines }) => lines.length),
    packages: packages.map(({ id, ref, title, value, currency, hoursMin, hoursMax }, index) => {
      const { lotIndex, lineIndexes, tags } = proposal.packages[index]!;
      const all = lineIndexes.map((line) => parsed.lots[lotIndex]!.lines[line]!);
      const lines = all.slice(0, LINES_SHOWN).map(lineShown);
      const quantity = quantityOf(all);
      return { id, ref, title, value, currency, hoursMin, hoursMax, quantity, lines, tags };
    }),
    clause: Array.isArray(answer)
      ? null
      : {
          decidedOn: facts.date,
          lawKnownAt: law.now.toISOString(),
          answer: { ...answer },
          instrument: null,
          basis: null,
        },
    asked: packages.flatMap((item, index) => {
      const { placeable, trades } = findingsOf(proposal.packages[index]!.tags.map(asFinding));
      if (placeable !== 'yes' && placeable !== 'part') return [];
      const codes = trades.map(({ code }) => code);
      return [
        {
          package: packageToMatch(tender, { ...item, terms: NO_TERMS }, codes),
          tenderId: tender.id,
          organisationId: NO_ORGANISATION,
          version: item.version,
          facts: null,
        },
      ];
    }),
  };
}

function lineShown({ ref, label, quantity, unit, place }: BillLine): TrialLine {
  return { ref, label, quantity, unit, place };
}

/** As `packageQuantities` finds it of lines that are stored. */
function quantityOf(lines: readonly BillLine[]): TrialPackage['quantity'] {
  const [first] = lines;
  const units = new Set(lines.map((line) => line.unitNorm ?? line.unit));
  const isOne =
    units.size === 1 &&
    lines.every(
      (line) => line.unit !== null && line.quantity !== null && line.kind === 'base' && !line.variant,
    );
  const quantity = lines.reduce((sum, line) => addDecimals(sum, line.quantity ?? '0'), '0');
  return { lines: lines.length, sum: isOne ? { quantity, unit: first!.unit! } : null };
}

/** As it would stand on a draft that nobody has looked at. */
export function asFinding(tag: ProposedTag): Finding {
  return { ...tag, packageId: '', state: 'proposed' };
}

export function toldReach({ isCut, whole, part, nearly, team }: Reach): ToldReach {
  return { isCut, whole: told(whole), part: told(part), nearly: told(nearly), team };
}

function told(count: number): Told {
  return count > 0 && count < SMALLEST_SHOWN ? 'few' : count;
}

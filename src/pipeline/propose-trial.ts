import type { Day } from '../kernel/index.js';
import { clauseOptions, type LegalRules } from '../legal-basis/index.js';
import type { OpenPackage } from '../matching/index.js';
import { SMALLEST_SHOWN } from '../monitoring/index.js';
import { NO_ORGANISATION } from '../platform/audit/index.js';
import { findingsOf, type Finding, type ProposedTag } from '../tagging/index.js';
import { draftRows, NO_TERMS, type ClauseChoice, type ParsedTender } from '../tenders/index.js';
import { clauseFacts } from './clause-facts.js';
import type { Reach } from './invitation-forecasts.service.js';
import { packageToMatch } from './package-to-match.js';
import { draftProposal, proposePackages } from './propose-packages.js';

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

/** A package as a draft would have it. */
export interface TrialPackage {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  readonly value: string | null;
  readonly currency: string | null;
  readonly hoursMin: string | null;
  readonly hoursMax: string | null;
  /** Positions of its lot in the document, and of its lines in the lot. */
  readonly lot: number;
  readonly lines: readonly number[];
  readonly tags: readonly ProposedTag[];
  /** Null where nobody was looked for: it is no work to place, or has no trade or place. */
  readonly reach: ToldReach | null;
}

export interface TrialProposal {
  readonly packages: readonly TrialPackage[];
  /** What the law of the day gives a private builder; null where it cannot be said. */
  readonly clause: ClauseChoice | null;
}

/** The draft that a document would become, with what matching is asked; nothing of it is stored. */
export interface TrialDraft {
  readonly packages: readonly Omit<TrialPackage, 'reach'>[];
  readonly clause: ClauseChoice | null;
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
    packages: packages.map(({ id, ref, title, value, currency, hoursMin, hoursMax }, index) => {
      const { lotIndex: lot, lineIndexes: lines, tags } = proposal.packages[index]!;
      return { id, ref, title, value, currency, hoursMin, hoursMax, lot, lines, tags };
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

import type { Day, Decimal } from '../../kernel/index.js';
import type { Verdict } from './confirmation.js';
import type { Confidence, MainClause, Region } from '../../legal-basis/domain/index.js';

/** How a clause can be honoured. Training is counted in hours, subcontracting in euros without VAT. */
export const ROUTES = ['training', 'subcontracting'] as const;
export type Route = (typeof ROUTES)[number];

/** Main contracts that leave a debt. */
export const DEBT_CLAUSES = ['flex', 'training', 'subcontracting'] as const satisfies readonly MainClause[];
export type DebtClause = (typeof DEBT_CLAUSES)[number];

/** Who says how much is due. */
export const DEBT_SOURCES = ['specification', 'order', 'facilitator', 'buyer', 'estimate'] as const;
export type DebtSource = (typeof DEBT_SOURCES)[number];

/**
 * What became of a part of the debt, each entered by the contractor:
 * - `planned`: a package it offered in a published tender, or a place outside Maillon, is meant to serve the debt;
 * - `committed`: somebody was engaged under a plan, by an order or contract that is named; on a package of Maillon,
 *   an enterprise that answered yes;
 * - `performed`: hours or euros were done under a commitment, no earlier than it, with the document that shows it;
 * - `proven`: somebody else (buyer, training body) attests one performance, as a whole; where the enterprise that did
 *   the work confirms it, both said so, and that counts as much without an entry;
 * - `waived`: the buyer gave up a part of the debt, for a reason, in a document.
 */
export const STAGES = ['planned', 'committed', 'performed', 'proven', 'waived'] as const;
export type Stage = (typeof STAGES)[number];

/** The stage an entry leans on; null for those that stand by themselves. */
export const LEANS_ON: Readonly<Record<Stage, Stage | null>> = {
  planned: null,
  committed: 'planned',
  performed: 'committed',
  proven: 'performed',
  waived: null,
};

/** The routes a clause of the main contract opens. */
export function routesOf(clause: DebtClause): readonly Route[] {
  return clause === 'flex' ? ROUTES : [clause];
}

/** What is due under a main contract, as the contractor reads it there. */
export interface DebtTerms {
  /** Day of the main contract's notice: it fixes the regime. */
  readonly noticeDate: Day;
  readonly region: Region | null;
  readonly clause: DebtClause;
  /** Hours of training. */
  readonly hours: Decimal | null;
  /** Share of the approved offer to be subcontracted, as a fraction; always with the offer. */
  readonly share: Decimal | null;
  /** Approved offer, EUR without VAT. */
  readonly offer: Decimal | null;
  readonly source: DebtSource;
  /** The document that says it, and where in it. */
  readonly document: string;
  readonly clauseNumber: string | null;
}

/** The law that created a debt. */
export interface DebtLaw {
  readonly regime: string;
  readonly basis: string;
  /** Identities of the rule versions it rests on. */
  readonly lawVersions: readonly string[];
  readonly confidence: Confidence;
}

export interface Debt extends DebtTerms, DebtLaw {
  readonly version: number;
  /** Share of the offer in EUR, rounded to the cent by the database. */
  readonly amount: Decimal | null;
  /** Why the former version was corrected; null on the first. */
  readonly reason: string | null;
  readonly lawKnownAt: Date;
  readonly recordedAt: Date;
  /** When another version replaced it; null for the one in force. */
  readonly endedAt: Date | null;
}

export interface LedgerEntry {
  readonly id: string;
  readonly stage: Stage;
  readonly route: Route;
  /** Hours on the route of training, EUR without VAT on that of subcontracting. */
  readonly quantity: Decimal;
  readonly onDay: Day;
  readonly parentId: string | null;
  readonly packageId: string | null;
  readonly packageTitle: string | null;
  readonly answerId: string | null;
  /** Who was committed, who issued the proof, who granted the waiver. */
  readonly party: string | null;
  readonly document: string | null;
  readonly note: string | null;
  /** The organisation whose answer was accepted, and which can confirm or dispute; null outside Maillon. */
  readonly enterpriseOrganisationId: string | null;
  /** What that enterprise says of what was performed; null while it has not said anything. */
  readonly verdict: Verdict | null;
  readonly verdictReason: string | null;
  readonly recordedAt: Date;
  /** Null while it stands. */
  readonly endedAt: Date | null;
  readonly endedReason: string | null;
}

export interface Obligation {
  readonly id: string;
  readonly organisationId: string;
  readonly tenderId: string | null;
  readonly mainContract: string;
}

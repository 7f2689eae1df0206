/** A piece of the text an answer rests on; `text === input.text.slice(start, end)`. */
export interface EvidenceSpan {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface CpvCandidate {
  /** As deep in the hierarchy as the evidence carries. */
  readonly code: string;
  /**
   * Share of such answers that are right about the trade (the division); for a further code in a division
   * already listed, the share in which that code is the better one. Never above the candidate before. In two steps where
   * few lines teach it; see `told-confidence.ts`.
   */
  readonly confidence: number;
  readonly evidence: readonly EvidenceSpan[];
}

export type PlaceableLabel = 'yes' | 'part' | 'no';

/** Why a text can or cannot be placed with a social-economy enterprise; sentences are in the message files. */
export const PLACEABLE_REASONS = [
  'common_trade',
  'labour_intensive',
  'recurring_service',
  'divisible',
  'heavy_equipment',
  'licence_required',
  'intellectual',
  'supply_only',
  'hazardous',
  'high_liability',
  'unclear',
] as const;
export type PlaceableReason = (typeof PLACEABLE_REASONS)[number];

export interface Placeable {
  readonly label: PlaceableLabel;
  readonly confidence: number;
  /** Good enough to use without a person's review. */
  readonly accepted: boolean;
  /** Trades (CPV codes) that can be placed, when `label` is `yes` or `part`. */
  readonly parts: readonly string[];
  readonly reasons: readonly PlaceableReason[];
  readonly evidence: readonly EvidenceSpan[];
}

export interface TagInput {
  readonly lang?: string | null;
  readonly title?: string | null;
  /** The title of the whole when the text is a lot, a package or a line. */
  readonly context?: string | null;
  readonly text: string;
  /**
   * Lines of a bill rather than the words of a notice: the trade they name counts more than the code buyers give to
   * the whole.
   */
  readonly fromBill?: boolean;
  /** The code the lines agreed on, each read on its own; the words of all together tell less than their vote. */
  readonly votedCode?: string | null;
}

export interface TagResult {
  /** As given, or as recognised; `und` when none of the languages we read. */
  readonly lang: string;
  readonly cpv: readonly CpvCandidate[];
  readonly accepted: boolean;
  readonly placeable: Placeable;
}

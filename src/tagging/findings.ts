import type { PlaceableLabel } from './domain/index.js';
import type { Finding } from './tag.repository.js';

export interface Findings {
  /** Verdict in force: what a person said, else what the machine proposes; null when neither speaks. */
  readonly placeable: PlaceableLabel | null;
  readonly reasons: readonly string[];
  /** Trades in force, the confirmed ones first. */
  readonly trades: readonly {
    readonly code: string;
    readonly confirmed: boolean;
    readonly confidence: number;
    readonly origin: Finding['origin'];
  }[];
  /** The machine is not sure enough, and no person has looked. */
  readonly toReview: boolean;
}

/** What is held for true of one package, from all the tags on it. */
export function findingsOf(tags: readonly Finding[]): Findings {
  const standing = tags.filter((tag) => tag.state !== 'rejected');
  const verdict =
    standing.find((tag) => tag.kind === 'placeable' && tag.state === 'confirmed') ??
    standing.find((tag) => tag.kind === 'placeable');
  const trades = standing.filter((tag) => tag.kind === 'trade');
  const shown = tradesInForce(trades);
  return {
    placeable: (verdict?.value as PlaceableLabel | undefined) ?? null,
    reasons: verdict?.reasons ?? [],
    trades: shown.map(({ value, state, confidence, origin }) => ({
      code: value,
      confirmed: state === 'confirmed',
      confidence,
      origin,
    })),
    toReview: !isSettled(verdict) || !shown.some(isSettled),
  };
}

/** Whether a decision says something else than what was held for true before it. */
export function isCorrection(
  tags: readonly Finding[],
  decision: { readonly trades: readonly string[]; readonly placeable: PlaceableLabel },
): boolean {
  const { trades, placeable } = findingsOf(tags);
  const before = trades.map(({ code }) => code);
  const isSame =
    before.length === decision.trades.length && before.every((code) => decision.trades.includes(code));
  return !isSame || placeable !== decision.placeable;
}

/**
 * What a person confirmed; else what a person had said of other lines; else what a person taught; else what the document says and what the machine is sure of; else its best guess alone:
 * the others are possibilities, shown on the package and ticked by nobody.
 */
function tradesInForce(trades: readonly Finding[]): readonly Finding[] {
  const confirmed = trades.filter((tag) => tag.state === 'confirmed');
  if (confirmed.length > 0) return confirmed;
  const said = trades.filter((tag) => tag.origin === 'person');
  if (said.length > 0) return said;
  const taught = trades.filter((tag) => tag.origin === 'rule');
  if (taught.length > 0) return taught;
  const [best] = [...trades].sort((a, b) => b.confidence - a.confidence);
  const sure = trades.filter((tag) => tag.origin === 'document' || (tag.accepted && tag === best));
  return sure.length > 0 ? sure : best ? [best] : [];
}

function isSettled(tag: Finding | undefined): boolean {
  return tag !== undefined && (tag.state === 'confirmed' || tag.accepted);
}

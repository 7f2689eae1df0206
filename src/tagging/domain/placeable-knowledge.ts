import type { PlaceableReason } from './tag.js';

/** How often work under a code can be placed: shares of yes, part and no, which add up to one. */
export interface TradePlacement {
  readonly prefix: string;
  readonly shares: readonly [yes: number, part: number, no: number];
  readonly reasons: readonly PlaceableReason[];
}

/** Words that make an answer more or less likely whatever the trade ("étude", "location longue durée"). */
export interface PlacementCue {
  /** Name of the action in the lexicon. */
  readonly cue: string;
  readonly factors: readonly [yes: number, part: number, no: number];
  readonly reason: PlaceableReason | null;
}

/** The reviewable table behind yes, part and no. */
export class PlaceableKnowledge {
  private readonly trades: ReadonlyMap<string, TradePlacement>;
  /** Answers already given; there are as many as codes at most. */
  private readonly nearest = new Map<string, TradePlacement | null>();
  private readonly cues: ReadonlyMap<string, PlacementCue>;

  constructor(trades: readonly TradePlacement[], cues: readonly PlacementCue[]) {
    this.trades = new Map(trades.map((trade) => [trade.prefix, trade]));
    this.cues = new Map(cues.map((cue) => [cue.cue, cue]));
  }

  /** The row of the nearest code at or above `code`; null when even the division has none. */
  tradeOf(code: string): TradePlacement | null {
    const known = this.nearest.get(code);
    if (known !== undefined) return known;
    let found: TradePlacement | null = null;
    for (let digits = 8; digits >= 2 && !found; digits -= 1)
      found = this.trades.get(code.slice(0, digits)) ?? null;
    this.nearest.set(code, found);
    return found;
  }

  cueOf(action: string): PlacementCue | null {
    return this.cues.get(action) ?? null;
  }
}

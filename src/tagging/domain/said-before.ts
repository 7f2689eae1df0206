import type { Cpv } from '../../kernel/index.js';
import type { ProposedTag } from './proposed-tags.js';
import type { PlaceableLabel } from './tag.js';

/** What a person had decided on a package when its lines were others. */
export interface SaidBefore {
  readonly trades: readonly Cpv[];
  readonly placeable: PlaceableLabel | null;
}

/**
 * Tags of a package whose lines are others now: what a person had decided comes before what is found, and is to be
 * looked at again.
 */
export function withSaidBefore(tags: readonly ProposedTag[], said: SaidBefore): readonly ProposedTag[] {
  const { trades, placeable } = said;
  const others = tags.filter(({ kind, value }) => kind === 'trade' && !trades.includes(value));
  const verdict = tags.find(({ kind }) => kind === 'placeable')!;
  return [
    ...trades.map((value) => saidTag(tags, 'trade', value)),
    ...(trades.length === 0 ? others : others.map((tag) => ({ ...tag, accepted: false }))),
    placeable === null ? verdict : saidTag(tags, 'placeable', placeable),
  ];
}

function saidTag(tags: readonly ProposedTag[], kind: ProposedTag['kind'], value: string): ProposedTag {
  const found = tags.find((tag) => tag.kind === kind && tag.value === value);
  return {
    kind,
    value,
    confidence: 1,
    accepted: false,
    evidence: found?.evidence ?? [],
    parts: found?.parts ?? [],
    reasons: found?.reasons ?? [],
    origin: 'person',
    ruleId: null,
  };
}

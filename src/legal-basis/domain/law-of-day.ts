import type { Day } from '../../kernel/index.js';
import { inForce } from './in-force.js';
import { remembered } from './remembered.js';
import type { BasisRule, LegalRules, OverlayRule, ThresholdRule } from './rules.js';

type RegimeRule = LegalRules['regimes'][number];

/** What is in force on a day, in the order in which the rules are held. */
export interface LawOfDay {
  readonly regime: RegimeRule | null;
  readonly bases: Readonly<Record<BasisRule['layer'], readonly BasisRule[]>>;
  readonly thresholds: ReadonlyMap<string, ThresholdRule>;
  /** Every key of an overlay; null where none of its versions is in force. */
  readonly overlays: readonly (readonly [key: string, OverlayRule | null])[];
}

/** `LegalRules` is a value that never changes, so what follows from it is worked out once. */
const lawOfDay = remembered((rules: LegalRules, day: Day): LawOfDay => {
  const since = changesOf(rules, null).findLast((change) => change <= day);
  return lawSince(rules, since, since ?? day);
});

const lawSince = remembered((rules: LegalRules, day: Day) => select(rules, day));

/** The days on which something starts or ends, sorted: from one to the next the law is the same. */
const changesOf = remembered(({ regimes, bases, thresholds, overlays }: LegalRules): Day[] => {
  const ranges = [regimes, ...bases.values(), ...thresholds.values(), ...overlays.values()]
    .flat()
    .flatMap(({ valid }) => [valid.from, valid.until]);
  return [...new Set(ranges.filter((day) => day !== null))].sort();
});

/**
 * The law in force on a day, the same object for all days on which it is the same.
 * @param day one for which the law was entered: what is found is kept, and there must be an end to it
 */
export function lawOn(rules: LegalRules, day: Day): LawOfDay {
  return lawOfDay(rules, day, day);
}

function select(rules: LegalRules, day: Day): LawOfDay {
  const bases: Record<BasisRule['layer'], BasisRule[]> = { BE: [], EU: [], CONTRACT: [] };
  for (const versions of rules.bases.values()) {
    const rule = inForce(versions, day);
    if (rule !== null) bases[rule.layer].push(rule);
  }
  const thresholds = new Map<string, ThresholdRule>();
  for (const [key, versions] of rules.thresholds) {
    const rule = inForce(versions, day);
    if (rule !== null) thresholds.set(key, rule);
  }
  return {
    regime: inForce(rules.regimes, day),
    bases,
    thresholds,
    overlays: [...rules.overlays].map(([key, versions]) => [key, inForce(versions, day)] as const),
  };
}

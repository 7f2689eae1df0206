import type { Day } from '../../kernel/index.js';
import { inForce } from './in-force.js';
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

/** The law between its changes: it is the same on all days from one to the next. */
interface Calendar {
  /** Sorted; on each of them something starts or ends. */
  readonly changes: readonly Day[];
  /** By the number of changes up to the day. */
  readonly laws: (LawOfDay | undefined)[];
}

/** `LegalRules` is a value that never changes, so what follows from it is worked out once. */
const calendars = new WeakMap<LegalRules, Calendar>();

/** The law in force on a day, which must be one of the calendar. The same object for all days it is the same on. */
export function lawOn(rules: LegalRules, day: Day): LawOfDay {
  let calendar = calendars.get(rules);
  if (calendar === undefined) {
    calendar = { changes: changesOf(rules), laws: [] };
    calendars.set(rules, calendar);
  }
  return (calendar.laws[changesUpTo(calendar.changes, day)] ??= select(rules, day));
}

function changesOf({ regimes, bases, thresholds, overlays }: LegalRules): Day[] {
  const ranges = [regimes, ...bases.values(), ...thresholds.values(), ...overlays.values()]
    .flat()
    .flatMap(({ valid }) => [valid.from, valid.until]);
  return [...new Set(ranges.filter((day) => day !== null))].sort();
}

/** How many of the changes come on the day or before it. */
function changesUpTo(changes: readonly Day[], day: Day): number {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (changes[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low;
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

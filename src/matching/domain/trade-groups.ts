import { cpvCovers, type Cpv } from '../../kernel/index.js';

/** Trades that are one for those who do them and that the vocabulary keeps apart; each code means all below it, too. */
export type TradeGroup = readonly Cpv[];

/**
 * Read one by one against the official labels; a group stands here only when whoever declares one of its trades does the
 * others with the same people and tools. Trades that need another proof, machine or approval are left apart. Part of the
 * weights (`weights.ts`): a change is a new list under a new version.
 */
export const TRADE_GROUPS_2026_3: readonly TradeGroup[] = [
  // Green spaces, as works (laying out) and as services (planting, keeping).
  ['45112700', '77310000'],
  // Brushwood and weeds: clearing a site is clearing it, whoever builds there afterwards.
  ['45111220', '77211300', '77312000'],
  // Trees.
  ['77211400', '77340000'],
  // Fences, delivered or put up.
  ['34928200', '45342000'],
  // Windows and doors, delivered or put in.
  ['44221000', '45421100'],
  // Asbestos, as works and as a service.
  ['45262660', '90650000'],
  // Electricity of buildings, put in and kept up.
  ['45311000', '50711000'],
  // Printing, and what is printed.
  ['22150000', '22462000', '22900000', '79810000'],
  // Meals made for others.
  ['15894200', '55520000'],
];

/** Whether a group holds both, under two of its codes; what stands under one and the same code is the vocabulary's to say. */
export function areInOneGroup(groups: readonly TradeGroup[], a: Cpv, b: Cpv): boolean {
  return companionsOf(groups, a).some((member) => cpvCovers(member, b));
}

/** Asked for each pair of codes of each pair of package and enterprise, of a vocabulary that has an end. */
const known = new WeakMap<readonly TradeGroup[], Map<Cpv, readonly Cpv[]>>();

/** The other codes of the groups that a code is in. */
export function companionsOf(groups: readonly TradeGroup[], code: Cpv): readonly Cpv[] {
  const ofGroups = known.get(groups) ?? new Map<Cpv, readonly Cpv[]>();
  const found = ofGroups.get(code);
  if (found) return found;
  const companions = groups.flatMap((group) => {
    const others = group.filter((member) => !cpvCovers(member, code));
    return others.length < group.length ? others : [];
  });
  known.set(groups, ofGroups.set(code, companions));
  return companions;
}

import type { ClauseFacts } from './facts.js';
import type { BasisRule, LegalRules } from './rules.js';
import { cpvCodes } from './threshold.js';
import { ask, rely, type Trail } from './trail.js';

const DAYS_PER_YEAR = 365;

/** Whether a duration stays within so many years; null when a leap day could tell. */
function within(facts: ClauseFacts, maxYears: number): boolean | null {
  if (typeof facts.years === 'number') return facts.years <= maxYears;
  if (typeof facts.durationDays !== 'number') return null;
  if (facts.durationDays <= maxYears * DAYS_PER_YEAR) return true;
  const leapDays = Math.ceil(maxYears / 4);
  return facts.durationDays > maxYears * DAYS_PER_YEAR + leapDays ? false : null;
}

/** Whether a route that is limited to a list of services and a duration is open; asks when it cannot tell. */
export function routeIsOpen(rules: LegalRules, basis: BasisRule, facts: ClauseFacts, trail: Trail): boolean {
  const { route } = basis;
  if (route === null) return true;
  if (typeof facts.nature === 'string' && facts.nature !== route.nature) return false;
  const list = rules.cpvLists.get(route.cpvList)?.at(-1);
  const codes = cpvCodes(facts);
  const listed = codes.filter((code) => list?.codes.has(code)).length;
  // Services of every kind would be asked about otherwise: without a code on the list the route is far.
  if (listed === 0) return false;
  const missing = [...(facts.nature ? [] : ['nature']), ...(listed < codes.length ? ['cpv'] : [])];
  const fits = within(facts, route.maxYears);
  if (fits === null) missing.push('years');
  rely(trail, basis);
  if (fits === false || missing.length === 0) return fits === true;
  const open = missing.join(', ');
  ask(trail, basis, 'route.open', { rule: basis.key, missing: open }, open);
  return false;
}

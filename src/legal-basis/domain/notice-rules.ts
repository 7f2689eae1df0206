import type { Problem } from '../../kernel/index.js';
import { factProblem } from './check-clause-facts.js';
import type { ClauseFacts } from './facts.js';
import type { LegalRules } from './rules.js';
import { cpvCodes } from './threshold.js';

/** Divisions in which the CPV of services starts. @source eForms SDK, BR-BT-00262-0209 */
const SERVICE_CODE = /^(49|[5-9])/;
/** @source eForms SDK, BR-BT-00262-0206 */
const WORKS_CODE = /^45/;

/**
 * What the rules of the European notice (eForms) would object to, as warnings: the main code must fit the nature;
 * a reservation to public-service organisations wants listed services and at most three years.
 * @param reserved value of BT-71 for the lot
 * @source eForms SDK 1.16: BR-BT-00262-0200, -0206, -0209, BR-BT-00036-0150, BR-BT-00536-0152
 */
export function noticeProblems(rules: LegalRules, facts: ClauseFacts, reserved: string | null): Problem[] {
  const problems: Problem[] = [];
  const warn = (code: string, pointer: string, found: unknown, expected: string): void => {
    problems.push({ ...factProblem(code, pointer, found, expected), severity: 'warning' });
  };
  const main = cpvCodes(facts)[0];
  if (main !== undefined && facts.nature === 'works' && !WORKS_CODE.test(main))
    warn('notice.cpv.not-works', '/cpv', main, '45...');
  if (main !== undefined && facts.nature === 'services' && !SERVICE_CODE.test(main))
    warn('notice.cpv.not-services', '/cpv', main, '49..., 5... - 9...');
  if (reserved !== 'res-pub-ser') return problems;
  const route = [...rules.bases.values()].flat().find((basis) => basis.route !== null)?.route;
  const list = route ? rules.cpvLists.get(route.cpvList)?.at(-1) : undefined;
  if (main !== undefined && list && !list.codes.has(main))
    warn('notice.cpv.not-social', '/cpv', main, list.citation.fr);
  if (route && typeof facts.years === 'number' && facts.years > route.maxYears)
    warn('notice.duration.too-long', '/years', facts.years, `<= ${route.maxYears}`);
  return problems;
}

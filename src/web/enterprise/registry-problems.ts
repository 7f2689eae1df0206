import type { Problem } from '../../kernel/index.js';
import type { FieldProblem } from '../shared/render/page-context.js';

/** Fields of a form behind the last part of a place in the register that is not called alike. */
const FIELDS: Readonly<Record<string, string>> = { areas: 'places', type: 'zone' };

/** What the check of the register found, beside the field of a form that says it. */
export function registryProblems(problems: readonly Problem[]): FieldProblem[] {
  return problems.map(({ code, place, found, expected }) => {
    const pointer = place !== null && 'pointer' in place ? place.pointer : '';
    const named =
      pointer
        .split('/')
        .filter((part) => part !== '' && !/^\d+$/.test(part))
        .at(-1) ?? '';
    const params = { found: found ?? '', expected: expected ?? '' };
    return { field: FIELDS[named] ?? named, key: `problem.${code}`, params };
  });
}

import type { Problem } from '../../kernel/index.js';
import type { FieldProblem } from './render/page-context.js';

/** Problems of the domain at the fields of the form. */
export function problemsAtFields(problems: readonly Problem[]): FieldProblem[] {
  return problems.map(({ code, place, found, expected }) => {
    const pointer = place !== null && 'pointer' in place ? place.pointer.slice(1) : '';
    return {
      field: pointer === 'share' ? 'sharePercent' : pointer,
      key: `problem.${code}`,
      params: { found: found ?? '', expected: expected ?? '' },
    };
  });
}

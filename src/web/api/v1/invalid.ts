import type { Problem } from '../../../kernel/index.js';
import { RequestInvalid } from '../../../platform/http/index.js';

/** Problems that the domain found, as the answer to a call: each with the pointer of its field. */
export function invalid(problems: readonly Problem[]): RequestInvalid {
  return new RequestInvalid(
    problems.map(({ code, place, found, expected, params }) => ({
      pointer: place !== null && 'pointer' in place ? place.pointer : '',
      code: `problem.${code}`,
      params: { ...(found === null ? {} : { found }), ...(expected === null ? {} : { expected }), ...params },
    })),
  );
}

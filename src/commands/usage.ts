import { Refusal } from '../kernel/index.js';

/** What was asked is not a sentence of this command line. */
export function usage(expected: string, found: string): Refusal {
  return new Refusal('usage', { expected, found });
}

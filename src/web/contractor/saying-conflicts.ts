import { Refusal } from '../../kernel/index.js';
import type { FieldProblem } from '../shared/render/page-context.js';
import { problemOfRefusal } from './obligation-form.js';

/** Runs a change of the ledger; a refusal that its form can mend comes back as a problem at the field. */
export async function sayingConflicts<T>(
  change: () => Promise<T>,
): Promise<T | { readonly refused: readonly FieldProblem[] }> {
  try {
    return await change();
  } catch (error) {
    const problem = error instanceof Refusal ? problemOfRefusal(error.code) : null;
    if (problem === null) throw error;
    return { refused: [problem] };
  }
}

import { Refusal } from '../kernel/index.js';
import { sqlState } from '../platform/db/index.js';

/** What the constraints of the ledger say to a person, by their names. */
const REFUSALS: Readonly<Record<string, string>> = {
  obligation_contract_once: 'main-contract-known',
  ledger_entry_package_once: 'package-serves-another',
  ledger_entry_answer_once: 'answer-engaged-already',
  ledger_entry_proven_once: 'performance-proven-already',
  ledger_entry_document_once: 'document-counted-already',
  ledger_entry_waiver_once: 'document-counted-already',
  ledger_entry_leans: 'entry-leant-on',
};
const VIOLATION = /^23/;

/** Runs a change of the ledger; what a constraint refuses is said as a refusal, the rest is thrown as it is. */
export async function refusingConflicts<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    const code = VIOLATION.test(sqlState(error) ?? '') ? REFUSALS[constraintOf(error) ?? ''] : undefined;
    throw code === undefined ? error : new Refusal(code);
  }
}

function constraintOf(error: unknown): string | null {
  const driver = (error as { driverError?: { constraint?: unknown } }).driverError;
  return typeof driver?.constraint === 'string' ? driver.constraint : null;
}

import type { Problem } from '../../kernel/index.js';

/** Why one package of a published tender is taken back; a list, so that figures can say why work is lost. */
export const WITHDRAWAL_REASONS = [
  'cancelled',
  'postponed',
  'own-staff',
  'placed-elsewhere',
  'cut-otherwise',
  'other',
] as const;
/** `not-in-document` follows by itself from a corrected document that has none of its lines any more. */
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number] | 'not-in-document';

/** Longest text, in characters, that enterprises read about a withdrawal or an extension. */
export const PUBLISHED_TEXT_MAX = 1000;

export interface WithdrawalGiven {
  readonly reason: WithdrawalReason;
  readonly message: string | null;
}

/** That a package was taken back, as everybody who sees the package reads it. */
export interface PackageWithdrawal extends WithdrawalGiven {
  readonly packageId: string;
  readonly withdrawnAt: Date;
}

/** One move of the deadline. */
export interface DeadlineChange {
  readonly before: Date;
  readonly after: Date;
  readonly reason: string;
  readonly changedAt: Date;
}

/** Reads why a package is taken back, as a form or an API call sends it. `other` is said in words. */
export function checkWithdrawal(given: Readonly<Record<string, unknown>>): WithdrawalGiven | Problem[] {
  const reason = WITHDRAWAL_REASONS.find((known) => known === given['reason']);
  if (reason === undefined)
    return [problem('withdrawal.reason.missing', '/reason', null, WITHDRAWAL_REASONS.join(', '))];
  const message = textOf(given['message']);
  if (reason === 'other' && message === '') return [problem('withdrawal.message.missing', '/message')];
  if (message.length > PUBLISHED_TEXT_MAX) return [tooLong('/message', message)];
  return { reason, message: message === '' ? null : message };
}

/** Reads why the deadline moves, as a form or an API call sends it. */
export function checkExtensionReason(given: unknown): string | Problem[] {
  const reason = textOf(given);
  if (reason === '') return [problem('extension.reason.missing', '/reason')];
  return reason.length > PUBLISHED_TEXT_MAX ? [tooLong('/reason', reason)] : reason;
}

function textOf(given: unknown): string {
  return typeof given === 'string' ? given.replaceAll('\r\n', '\n').trim().normalize('NFC') : '';
}

function tooLong(pointer: string, found: string): Problem {
  return problem('answer.text.too-long', pointer, String(found.length), String(PUBLISHED_TEXT_MAX));
}

function problem(
  code: string,
  pointer: string,
  found: string | null = null,
  expected: string | null = null,
): Problem {
  return { code, severity: 'error', place: { pointer }, found, expected };
}

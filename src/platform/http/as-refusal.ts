import { HttpException } from '@nestjs/common';
import { Refusal } from '../../kernel/index.js';
import { sqlState } from '../db/index.js';

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'request-unreadable',
  401: 'sign-in-needed',
  403: 'not-allowed',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'request-too-large',
  414: 'request-unreadable',
  415: 'media-type-not-supported',
  429: 'too-many-requests',
  503: 'too-busy',
};
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH']);
/** Connection lost or refused, server stopping or starting, too many connections. */
const UNREACHABLE = /^(08...|57P0[123]|53300)$/;

export function isDatabaseDown(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null && UNREACHABLE.test(state)) return true;
  const { code, message, errors } = (error ?? {}) as { code?: unknown; message?: unknown; errors?: unknown };
  if (typeof code === 'string' && NETWORK.has(code)) return true;
  if (Array.isArray(errors)) return errors.some(isDatabaseDown);
  const cause = (error as { driverError?: unknown } | null)?.driverError;
  if (cause !== undefined && cause !== error) return isDatabaseDown(cause);
  return (
    typeof message === 'string' &&
    /Connection terminated|timeout exceeded when trying to connect/.test(message)
  );
}

/** Any error as the refusal that people are told. The second is the cause for the log, when it is ours. */
export function asRefusal(error: unknown): { readonly refusal: Refusal; readonly cause: unknown } {
  if (error instanceof Refusal) return { refusal: error, cause: null };
  if (isDatabaseDown(error)) return { refusal: new Refusal('database-unavailable'), cause: error };
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : ((error as { statusCode?: unknown } | null)?.statusCode ?? 500);
  const code = typeof status === 'number' ? BY_STATUS[status] : undefined;
  if (code !== undefined) return { refusal: new Refusal(code), cause: null };
  if (typeof status === 'number' && status >= 400 && status < 500)
    return { refusal: new Refusal('request-unreadable'), cause: null };
  return { refusal: new Refusal('unexpected'), cause: error };
}

import type { FastifyReply } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { problemKind } from '../../platform/http/index.js';
import type { FieldProblem } from './render/page-context.js';

/** What a form says beside a field of a refusal it expects; any other error is not the form's to tell. */
export function refusedField(field: string, error: unknown, expected: RegExp): FieldProblem {
  if (!(error instanceof Refusal) || !expected.test(error.code)) throw error;
  return { field, key: `refusal.${error.code}`, params: error.params };
}

/** The status of a refusal on the page that shows it, and when it is worth trying again. */
export function answerRefused(reply: FastifyReply, error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
  const { status, retryAfter } = problemKind(error.code);
  const wait = error.params['retryAfter'] ?? retryAfter;
  if (wait !== undefined) reply.header('retry-after', String(wait));
  reply.status(status);
}

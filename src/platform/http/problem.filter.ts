import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type Language } from '../../kernel/index.js';
import { sqlState } from '../db/index.js';
import { Messages } from '../i18n/index.js';
import { ErrorPages } from './error-pages.js';
import { languageOf } from './language.js';
import { problemKind } from './problems.js';
import { RequestInvalid } from './request-invalid.js';

/** A problem as it leaves by the API. @source RFC 9457 */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
}

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'request-unreadable',
  401: 'sign-in-needed',
  403: 'not-allowed',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'request-too-large',
  414: 'request-unreadable',
  415: 'media-type-not-supported',
  429: 'too-many-attempts',
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

/** The one place where an error becomes an answer: problem+json under /api, a page elsewhere. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('http');

  constructor(
    private readonly messages: Messages,
    private readonly pages: ErrorPages,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const { refusal, cause } = asRefusal(error);
    if (cause !== null)
      this.log.error({ requestId: request.id, route: request.routeOptions?.url, error: cause });
    if (reply.sent) return;
    this.answer(request, reply, refusal);
  }

  private answer(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): void {
    const { status, retryAfter } = problemKind(refusal.code);
    const wait = refusal.params['retryAfter'] ?? retryAfter;
    if (wait !== undefined) reply.header('retry-after', String(wait));
    reply.header('cache-control', 'no-store').status(status);
    const path = request.url.split('?')[0] ?? '/';
    const document = this.document(refusal, status, request, path);
    if (path === '/api' || path.startsWith('/api/')) {
      void reply.type('application/problem+json; charset=utf-8').send(JSON.stringify(document));
      return;
    }
    const language = this.languageFor(request);
    const fields = (document.errors ?? []).map(({ pointer, detail }) => ({ pointer, message: detail }));
    const { code, title, detail, requestId } = document;
    const page = this.pages.render(
      { status, code, title, detail, requestId, language, path, fields },
      request,
    );
    void reply.type('text/html; charset=utf-8').send(page);
  }

  private document(
    refusal: Refusal,
    status: number,
    request: FastifyRequest,
    instance: string,
  ): ProblemDocument {
    const language = this.languageFor(request);
    const errors = refusal instanceof RequestInvalid ? refusal.errors : [];
    return {
      type: `urn:maillon:problem:${refusal.code}`,
      title: this.messages.text(language, `http.title.${status}`),
      status,
      detail: this.messages.text(language, `refusal.${refusal.code}`, refusal.params),
      instance,
      code: refusal.code,
      requestId: request.id,
      ...(errors.length === 0
        ? {}
        : {
            errors: errors.map(({ pointer, code, params }) => ({
              pointer,
              code,
              detail: this.messages.text(
                language,
                this.messages.has(code) ? code : 'http.field.invalid',
                params,
              ),
            })),
          }),
    };
  }

  private languageFor(request: FastifyRequest): Language {
    return request.visitor?.language ?? languageOf(request);
  }
}

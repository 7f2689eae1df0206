import { Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language, Refusal } from '../../kernel/index.js';
import { Messages } from '../i18n/index.js';
import { asRefusal } from './as-refusal.js';
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

/** The one place where an error becomes an answer: problem+json under /api, a page elsewhere. */
@Injectable()
export class ProblemAnswers {
  private readonly log = new Logger('http');

  constructor(
    private readonly messages: Messages,
    private readonly pages: ErrorPages,
  ) {}

  /** The cause of a fault of ours goes to the log, and nowhere else. */
  send(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { refusal, cause } = asRefusal(error);
    if (cause !== null)
      this.log.error({ requestId: request.id, route: request.routeOptions?.url, error: cause });
    if (!reply.sent) this.answer(request, reply, refusal);
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

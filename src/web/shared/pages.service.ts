import { Inject, Injectable, Optional, type OnModuleInit } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Role } from '../../kernel/index.js';
import type { Config } from '../../platform/config/index.js';
import {
  Cookies,
  type ErrorPage,
  ErrorPages,
  type FieldError,
  hiddenToken,
  type Visitor,
} from '../../platform/http/index.js';
import { Messages } from '../../platform/i18n/index.js';
import { newId } from '../../platform/ids.js';
import { Clock } from '../../platform/clock.js';
import { CONFIG } from '../../platform/tokens.js';
import type { Names } from './names.js';
import { Assets } from './render/assets.js';
import type { FieldProblem, Flash, PageContext, Viewer } from './render/page-context.js';
import { Renderer } from './render/renderer.js';

/** Injection token of the words for trades and places. */
export const NAMES = Symbol('names');
const CODES_THEMSELVES: Names = { trade: (_, code) => code, kind: (_, code) => code, site: (_, key) => key };

const FLASH_COOKIE = 'maillon-flash';
const FLASH = /^(success|notice):([A-Za-z][\w.-]{0,80})$/;

/** What a page shows beside its model when a form comes back. */
export interface FormState {
  readonly problems: readonly FieldProblem[];
  readonly entries: Readonly<Record<string, unknown>>;
}

/** Answers a request with a page: the frame is filled from the visitor, the rest from the model. */
@Injectable()
export class Pages implements OnModuleInit {
  private readonly renderer: Renderer;
  private readonly cookies: Cookies;

  constructor(
    messages: Messages,
    private readonly errorPages: ErrorPages,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
    @Optional() @Inject(NAMES) names?: Names,
  ) {
    this.renderer = new Renderer(messages, new Assets(), names ?? CODES_THEMSELVES);
    this.cookies = new Cookies(config);
  }

  onModuleInit(): void {
    this.errorPages.renderWith((page, request) => this.errorPage(page, request));
  }

  /**
   * @param template below `src/web`: `account/views/sign-in.njk`
   * @param form what was entered, kept on the page; with problems the answer is a 422
   */
  html(
    request: FastifyRequest,
    reply: FastifyReply,
    template: string,
    model: object,
    form?: FormState,
  ): string {
    if (form && form.problems.length > 0) reply.status(422);
    else if (form) reply.status(200);
    reply.type('text/html; charset=utf-8');
    return this.renderer.page(template, model, this.context(request, this.takeFlash(request, reply), form));
  }

  /** After a post: to a page that is got, and says once what was done. */
  redirect(reply: FastifyReply, path: string, flash?: Pick<Flash, 'tone' | 'key'>): string {
    if (flash) this.cookies.setForNext(reply, FLASH_COOKIE, `${flash.tone}:${flash.key}`);
    reply.status(303).header('location', path);
    return '';
  }

  private takeFlash(request: FastifyRequest, reply: FastifyReply): Flash | null {
    const value = request.cookies[FLASH_COOKIE];
    if (value === undefined) return null;
    this.cookies.forget(reply, FLASH_COOKIE);
    const match = FLASH.exec(value);
    return match ? { tone: match[1] as Flash['tone'], key: match[2]! } : null;
  }

  private context(request: FastifyRequest, flash: Flash | null, form?: FormState): PageContext {
    const { visitor } = request;
    return {
      language: visitor.language,
      viewer: viewerOf(visitor),
      // Asked for only by a page with a form: a visitor's cookie is set then and not before.
      get formToken() {
        return hiddenToken(visitor.formToken());
      },
      onceToken: newId(this.clock.now()),
      path: request.url,
      requestId: request.id,
      flash,
      problems: form?.problems ?? [],
      ...(form ? { entries: form.entries } : {}),
    };
  }

  private errorPage(page: ErrorPage, request: FastifyRequest): string {
    const kind = kindOfError(page);
    const known = kind === 'refused' || kind === 'badRequest' ? page.detail : null;
    const fields = page.fields.map((field) => field.message);
    return this.renderer.page(
      'error.njk',
      { kind, detail: [known, ...fields].filter(Boolean).join(' ') },
      {
        ...this.context(request, null),
        language: page.language,
      },
    );
  }
}

/** Problems of a form as its page shows them: beside the field, in the order of the form. */
export function problemsOf(errors: readonly FieldError[]): FieldProblem[] {
  return errors.map(({ pointer, code, params }) => ({ field: pointer.slice(1), key: code, params }));
}

function viewerOf({ person, organisation, actor }: Visitor): Viewer | null {
  if (!person || !organisation) return null;
  return { id: person.id, name: person.name, organisation: organisation.name, role: actor.role as Role };
}

function kindOfError({ status, code }: ErrorPage): string {
  if (code === 'form-expired' || code === 'request-from-elsewhere') return 'expired';
  const kinds: Readonly<Record<number, string>> = {
    400: 'badRequest',
    403: 'forbidden',
    404: 'notFound',
    413: 'tooLarge',
    429: 'tooMany',
    500: 'fault',
    503: 'unavailable',
  };
  return kinds[status] ?? (status >= 500 ? 'fault' : 'refused');
}

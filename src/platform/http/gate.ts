import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLanguage, Refusal } from '../../kernel/index.js';
import type { Config } from '../config/index.js';
import { CONFIG } from '../tokens.js';
import { isForm, tidyBody } from './body.js';
import { Cookies } from './cookies.js';
import { FormTokens } from './form-tokens.js';
import { Idempotency } from './idempotency.js';
import { ProblemAnswers } from './problem-answers.js';
import { LANGUAGE_COOKIE } from './language.js';
import { Recognition } from './recognition.js';
import type { Policy, RoutePolicy } from './policy.js';
import { changesSomething, provenance } from './provenance.js';

export const SIGN_IN_PATH = '/sign-in';
const TOKEN_HEADER = 'x-form-token';

export const isApi = (request: FastifyRequest): boolean => /^\/api(\/|\?|$)/.test(request.url);

/** Stands before every route: who is it, may they, does it come from our own pages, was it sent before. */
@Injectable()
export class Gate {
  private readonly cookies: Cookies;

  constructor(
    private readonly recognition: Recognition,
    private readonly formTokens: FormTokens,
    private readonly idempotency: Idempotency,
    private readonly problems: ProblemAnswers,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.cookies = new Cookies(config);
  }

  /** Before routes are registered. A route that the policy does not name is as if it did not exist. */
  guard(server: FastifyInstance, policy: Policy): void {
    server.answerUnroutable = (error, request, reply) => this.problems.send(error, request, reply);
    server.addHook('onRequest', (request, reply) => this.admit(request, reply, policy));
    server.addHook('preHandler', (request, reply) => this.examine(request, reply, policy));
    server.addHook('onSend', async (request, reply, payload) => {
      await this.idempotency.keepAnswer(request, reply, payload);
      return payload;
    });
  }

  /** Before the body is read: what may not come in costs nothing. */
  private async admit(request: FastifyRequest, reply: FastifyReply, policy: Policy): Promise<unknown> {
    const row = rowOf(request, policy);
    request.visitor = this.formTokens.stranger(request, reply, false);
    if (row?.allow === 'file') return;
    if (changesSomething(request) && provenance(request, this.config.publicUrl) === 'elsewhere')
      throw new Refusal('request-from-elsewhere');
    request.visitor = await this.recognition.recognise(request, reply);
    // Unless its handler says otherwise, an answer stays in no cache on the way.
    reply.header('cache-control', 'no-store');
    this.rememberLanguage(request, reply);
    if (row === undefined) {
      if (!request.is404) throw new Refusal('not-found');
      return;
    }
    return this.authorise(request, reply, row);
  }

  /** A link to a page in another language (`?lang=nl`) is a choice that lasts. */
  private rememberLanguage(request: FastifyRequest, reply: FastifyReply): void {
    const { lang } = request.query as { readonly lang?: unknown };
    if (isLanguage(lang) && !isApi(request)) this.cookies.setPreference(reply, LANGUAGE_COOKIE, lang);
  }

  private authorise(request: FastifyRequest, reply: FastifyReply, { allow, scope }: RoutePolicy): unknown {
    const { actor, scopes } = request.visitor;
    const { role } = actor;
    if (allow !== 'anyone' && scopes !== null && (scope === undefined || !scopes.includes(scope)))
      throw new Refusal('scope-needed', { scope: scope ?? '-' });
    if (allow === 'anyone' || (allow as readonly string[]).includes(role)) return;
    if (role !== 'anonymous') throw new Refusal('not-allowed');
    if (isApi(request)) throw new Refusal(request.visitor.sessionEnded ? 'session-ended' : 'sign-in-needed');
    return reply.redirect(`${SIGN_IN_PATH}?next=${encodeURIComponent(returnPath(request))}`, 303);
  }

  /** Once the body is read. */
  private async examine(request: FastifyRequest, reply: FastifyReply, policy: Policy): Promise<unknown> {
    if (request.is404) return;
    const { token, once } = await tidyBody(request);
    if (!changesSomething(request)) return;
    if (isApi(request) && isUrlEncoded(request)) throw new Refusal('media-type-not-supported');
    const { speaksForItself = false } = rowOf(request, policy) ?? {};
    if (
      !speaksForItself &&
      this.needsToken(request) &&
      !this.formTokens.isRight(request, token ?? request.headers[TOKEN_HEADER])
    )
      throw new Refusal('form-expired');
    return this.idempotency.claim(request, reply, once);
  }

  /**
   * Every form; and a call to the API that carries a session but not where it comes from. A call without
   * session needs none: another site cannot make a browser send JSON here.
   */
  private needsToken(request: FastifyRequest): boolean {
    if (!isApi(request) || isForm(request)) return true;
    const isSignedIn = request.visitor.sessionId !== null;
    return isSignedIn && provenance(request, this.config.publicUrl) === 'unknown';
  }
}

function rowOf(request: FastifyRequest, policy: Policy): RoutePolicy | undefined {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  return request.is404 ? undefined : policy[`${method} ${request.routeOptions.url}`];
}

function isUrlEncoded(request: FastifyRequest): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
}

/** Where to go back to after signing in: this page, or the page the form was on. */
function returnPath(request: FastifyRequest): string {
  if (!changesSomething(request)) return request.url;
  const referer = request.headers.referer;
  if (referer === undefined || !URL.canParse(referer)) return '/';
  const { host, pathname, search } = new URL(referer);
  return host === request.host ? `${pathname}${search}` : '/';
}

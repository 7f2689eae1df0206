import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../platform/config/index.js';
import { Cookies, FormTokens, languageOf, Recognition, type Visitor } from '../platform/http/index.js';
import { CONFIG } from '../platform/tokens.js';
import { Refusal } from '../kernel/index.js';
import type { TokenBearer } from './api-token.repository.js';
import { ApiTokenService } from './api-token.service.js';
import type { LiveSession } from './session.repository.js';
import { SessionService } from './session.service.js';

/** Who a request comes from: by the token a program shows, else by the session its cookie names. */
@Injectable()
export class SessionRecognition extends Recognition {
  private readonly cookies: Cookies;

  constructor(
    private readonly sessions: SessionService,
    private readonly apiTokens: ApiTokenService,
    private readonly formTokens: FormTokens,
    @Inject(CONFIG) config: Config,
  ) {
    super();
    this.cookies = new Cookies(config);
  }

  async recognise(request: FastifyRequest, reply: FastifyReply): Promise<Visitor> {
    const shown = bearerToken(request);
    if (shown !== null) {
      const bearer = await this.apiTokens.recognise(shown, request.id);
      // A token that opens nothing must not look like a visitor's request: the program would not learn why.
      if (!bearer) throw new Refusal('token-refused');
      return this.program(request, reply, bearer);
    }
    const token = this.cookies.session(request);
    const session = token === null ? null : await this.sessions.recognise(token, request.id);
    if (session && token !== null) return this.signedIn(request, session, token);
    if (token !== null) this.cookies.forgetSession(reply);
    return this.formTokens.stranger(request, reply, token !== null);
  }

  private program(request: FastifyRequest, reply: FastifyReply, bearer: TokenBearer): Visitor {
    const { personId, personName, email, organisationId, organisationName, role, scopes } = bearer;
    return {
      ...this.formTokens.stranger(request, reply, false),
      actor: { role, organisationId, personId, requestId: request.id },
      language: languageOf(request, bearer.language),
      person: { id: personId, name: personName, email },
      organisation: { id: organisationId, name: organisationName },
      scopes,
    };
  }

  private signedIn(request: FastifyRequest, session: LiveSession, token: string): Visitor {
    const { personId, personName, email, organisationId, organisationName, role } = session;
    return {
      actor: { role, organisationId, personId, requestId: request.id },
      language: languageOf(request, session.language),
      person: { id: personId, name: personName, email },
      organisation: { id: organisationId, name: organisationName },
      sessionId: session.id,
      sessionEnded: false,
      scopes: null,
      formToken: () => this.formTokens.ofSession(token),
    };
  }
}

function bearerToken(request: FastifyRequest): string | null {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

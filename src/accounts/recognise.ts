import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../platform/config/index.js';
import { Cookies, FormTokens, languageOf, Recognition, type Visitor } from '../platform/http/index.js';
import { CONFIG } from '../platform/tokens.js';
import type { LiveSession } from './session.repository.js';
import { SessionService } from './session.service.js';

/** Who a request comes from, by the session its cookie names. */
@Injectable()
export class SessionRecognition extends Recognition {
  private readonly cookies: Cookies;

  constructor(
    private readonly sessions: SessionService,
    private readonly formTokens: FormTokens,
    @Inject(CONFIG) config: Config,
  ) {
    super();
    this.cookies = new Cookies(config);
  }

  async recognise(request: FastifyRequest, reply: FastifyReply): Promise<Visitor> {
    const token = this.cookies.session(request);
    const session = token === null ? null : await this.sessions.recognise(token, request.id);
    if (session && token !== null) return this.signedIn(request, session, token);
    if (token !== null) this.cookies.forgetSession(reply);
    return this.formTokens.stranger(request, reply, token !== null);
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
      formToken: () => this.formTokens.ofSession(token),
    };
  }
}

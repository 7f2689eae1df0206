import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionService } from '../../accounts/index.js';
import { isLanguage } from '../../kernel/index.js';
import type { Config } from '../../platform/config/index.js';
import { Cookies, LANGUAGE_COOKIE, localPath, uuid } from '../../platform/http/index.js';
import { CONFIG } from '../../platform/tokens.js';
import { Pages } from '../shared/pages.service.js';
import { accountPaths } from './paths.js';

/** A person's own account: who they are here, where they are signed in, in which language. */
@ApiExcludeController()
@Controller()
export class AccountController {
  private readonly cookies: Cookies;

  constructor(
    private readonly sessions: SessionService,
    private readonly pages: Pages,
    @Inject(CONFIG) config: Config,
  ) {
    this.cookies = new Cookies(config);
  }

  @Get('account')
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { actor, person, organisation, sessionId } = request.visitor;
    const sessions = (await this.sessions.list(actor)).map((session) => ({
      ...session,
      isThisOne: session.id === sessionId,
      endPath: accountPaths.endSession(session.id),
    }));
    return this.pages.html(request, reply, 'account/views/account.njk', {
      person,
      organisation,
      sessions,
      links: {
        password: accountPaths.changePassword(),
        mails: accountPaths.mails(),
        members: accountPaths.members(),
        tokens: accountPaths.tokens(),
        data: accountPaths.data(),
      },
    });
  }

  @Post('account/sessions/:id/end')
  async end(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    await this.sessions.end(request.visitor.actor, uuid(id));
    return this.pages.redirect(reply, accountPaths.account(), {
      tone: 'success',
      key: 'account.sessionEnded',
    });
  }

  /** Keeps the place: `next` is the page the form was on. */
  @Post('language')
  async speak(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: { readonly language?: unknown; readonly next?: unknown } | null,
  ): Promise<string> {
    const language = body?.language;
    if (isLanguage(language)) {
      this.cookies.setPreference(reply, LANGUAGE_COOKIE, language);
      const { actor } = request.visitor;
      if (actor.personId !== null) await this.sessions.speak(actor, language);
    }
    return this.pages.redirect(reply, localPath(body?.next));
  }
}

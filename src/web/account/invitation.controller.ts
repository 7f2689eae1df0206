import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { deviceOf, InvitationService, SHORTEST } from '../../accounts/index.js';
import type { Config } from '../../platform/config/index.js';
import { Cookies, readForm } from '../../platform/http/index.js';
import { CONFIG } from '../../platform/tokens.js';
import { Pages, problemsOf } from '../shared/pages.service.js';
import { homeOf } from '../shared/render/navigation.js';
import type { FieldProblem } from '../shared/render/page-context.js';
import { refusedField } from '../shared/refused-form.js';

class AcceptForm {
  @IsString({ message: 'refusal.password-too-short' })
  password: string;
}

const VIEW = 'account/views/invitation.njk';

/** The link of an invitation: getting it shows, posting it acts. */
@ApiExcludeController()
@Controller('invitation')
export class InvitationController {
  private readonly cookies: Cookies;

  constructor(
    private readonly invitations: InvitationService,
    private readonly pages: Pages,
    @Inject(CONFIG) config: Config,
  ) {
    this.cookies = new Cookies(config);
  }

  @Get(':token')
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token') token: string,
  ): Promise<string> {
    return this.page(request, reply, token, []);
  }

  @Post(':token')
  async accept(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token') token: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { entries, errors } = readForm(AcceptForm, body);
    if (errors.length > 0) return this.page(request, reply, token, problemsOf(errors));
    try {
      const device = deviceOf(request.headers['user-agent']);
      const signedIn = await this.invitations.accept(token, entries.password, device, request.id);
      this.cookies.setSession(reply, signedIn.token);
      return this.pages.redirect(reply, homeOf(signedIn.role), {
        tone: 'success',
        key: 'invitation.welcome',
      });
    } catch (error) {
      return this.page(request, reply, token, [refusedField('password', error, /^password-/)]);
    }
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    problems: readonly FieldProblem[],
  ): Promise<string> {
    const { email, name, organisationName, expiresAt } = await this.invitations.read(token, request.id);
    const model = { email, name, organisationName, expiresAt, shortest: SHORTEST };
    return this.pages.html(
      request,
      reply,
      VIEW,
      model,
      problems.length > 0 ? { problems, entries: {} } : undefined,
    );
  }
}

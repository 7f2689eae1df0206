import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsEmail, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { deviceOf, SignInService } from '../../accounts/index.js';
import type { Config } from '../../platform/config/index.js';
import { Cookies, localPath, networkOf, Pasted, readForm } from '../../platform/http/index.js';
import { CONFIG } from '../../platform/tokens.js';
import { Pages, problemsOf } from '../shared/pages.service.js';
import { homeOf } from '../shared/render/navigation.js';
import type { FieldProblem } from '../shared/render/page-context.js';
import { answerRefused, refusedField } from '../shared/refused-form.js';

class SignInForm {
  @Pasted()
  @IsEmail({}, { message: 'signIn.email.invalid' })
  @MaxLength(320, { message: 'signIn.email.invalid' })
  email: string;

  @IsString({ message: 'signIn.password.missing' })
  @IsNotEmpty({ message: 'signIn.password.missing' })
  password: string;

  @IsOptional()
  @IsString()
  next?: string;
}

const VIEW = 'account/views/sign-in.njk';

@ApiExcludeController()
@Controller()
export class SignInController {
  private readonly cookies: Cookies;

  constructor(
    private readonly signIns: SignInService,
    private readonly pages: Pages,
    @Inject(CONFIG) config: Config,
  ) {
    this.cookies = new Cookies(config);
  }

  @Get('sign-in')
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('next') next: unknown,
  ): string {
    const { actor } = request.visitor;
    if (actor.role !== 'anonymous' && actor.role !== 'system')
      return this.pages.redirect(reply, next === undefined ? homeOf(actor.role) : localPath(next));
    const { sessionEnded } = request.visitor;
    return this.pages.html(request, reply, VIEW, { next: localPath(next), sessionEnded });
  }

  @Post('sign-in')
  async signIn(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: unknown,
  ): Promise<string> {
    const { entries, errors } = readForm(SignInForm, body);
    if (errors.length > 0) return this.again(request, reply, entries, problemsOf(errors));
    try {
      const { token, role } = await this.signIns.signIn({
        email: entries.email,
        password: entries.password,
        network: networkOf(request.ip),
        device: deviceOf(request.headers['user-agent']),
        formerToken: this.cookies.session(request),
        requestId: request.id,
      });
      this.cookies.setSession(reply, token);
      const next = localPath(entries.next);
      return this.pages.redirect(reply, next === '/' ? homeOf(role) : next);
    } catch (error) {
      const html = this.again(request, reply, entries, [refusedField('email', error, /./)]);
      answerRefused(reply, error);
      return html;
    }
  }

  @Post('sign-out')
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { actor, sessionId } = request.visitor;
    if (sessionId !== null) await this.signIns.signOut(actor, sessionId);
    this.cookies.forgetSession(reply);
    // What was entered and is kept in the browser, also where its script did not run.
    reply.header('clear-site-data', '"storage"');
    return this.pages.redirect(reply, '/sign-in', { tone: 'success', key: 'signIn.signedOut' });
  }

  /** The address stays, the password does not. */
  private again(
    request: FastifyRequest,
    reply: FastifyReply,
    { email, next }: SignInForm,
    problems: readonly FieldProblem[],
  ): string {
    return this.pages.html(
      request,
      reply,
      VIEW,
      { next: localPath(next), sessionEnded: false },
      { problems, entries: { email } },
    );
  }
}

import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsEmail, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { deviceOf, PasswordService, SHORTEST } from '../../accounts/index.js';
import type { Config } from '../../platform/config/index.js';
import { Cookies, networkOf, Pasted, readForm } from '../../platform/http/index.js';
import { CONFIG } from '../../platform/tokens.js';
import { Pages, problemsOf, type FormState } from '../shared/pages.service.js';
import { homeOf } from '../shared/render/navigation.js';
import { answerRefused, refusedField } from '../shared/refused-form.js';

class AskForm {
  @Pasted()
  @IsEmail({}, { message: 'signIn.email.invalid' })
  @MaxLength(320, { message: 'signIn.email.invalid' })
  email: string;
}

class ChooseForm {
  @IsString({ message: 'refusal.password-too-short' })
  password: string;
}

const ASK = 'account/views/password-ask.njk';
const CHOOSE = 'account/views/password-choose.njk';

/** A forgotten password: ask for a link, follow it, choose another. */
@ApiExcludeController()
@Controller('password')
export class PasswordController {
  private readonly cookies: Cookies;

  constructor(
    private readonly passwords: PasswordService,
    private readonly pages: Pages,
    @Inject(CONFIG) config: Config,
  ) {
    this.cookies = new Cookies(config);
  }

  @Get()
  show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    return this.pages.html(request, reply, ASK, { sent: false });
  }

  /** The same page whoever the address belongs to. */
  @Post()
  @HttpCode(200)
  async ask(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: unknown,
  ): Promise<string> {
    const { entries, errors } = readForm(AskForm, body);
    const again = (problems: FormState['problems']): string =>
      this.pages.html(request, reply, ASK, { sent: false }, { problems, entries: { email: entries.email } });
    if (errors.length > 0) return again(problemsOf(errors));
    try {
      await this.passwords.ask(entries.email, networkOf(request.ip), request.id);
    } catch (error) {
      const html = again([refusedField('email', error, /^too-many/)]);
      answerRefused(reply, error);
      return html;
    }
    return this.pages.html(request, reply, ASK, { sent: true, email: entries.email });
  }

  @Get(':token')
  open(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token') token: string,
  ): Promise<string> {
    return this.choosePage(request, reply, token);
  }

  @Post(':token')
  async choose(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token') token: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { entries, errors } = readForm(ChooseForm, body);
    if (errors.length > 0)
      return this.choosePage(request, reply, token, { problems: problemsOf(errors), entries: {} });
    try {
      const device = deviceOf(request.headers['user-agent']);
      const signedIn = await this.passwords.reset(token, entries.password, device, request.id);
      this.cookies.setSession(reply, signedIn.token);
      return this.pages.redirect(reply, homeOf(signedIn.role), { tone: 'success', key: 'password.chosen' });
    } catch (error) {
      const problems = [refusedField('password', error, /^password-/)];
      return this.choosePage(request, reply, token, { problems, entries: {} });
    }
  }

  private async choosePage(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    form?: FormState,
  ): Promise<string> {
    const { email, name, expiresAt } = await this.passwords.read(token, request.id);
    return this.pages.html(request, reply, CHOOSE, { email, name, expiresAt, shortest: SHORTEST }, form);
  }
}

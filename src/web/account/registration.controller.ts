import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsEmail, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { deviceOf, RegistrationService, SHORTEST } from '../../accounts/index.js';
import { formatEnterpriseNumber, isLanguage, LANGUAGES, parseEnterpriseNumber } from '../../kernel/index.js';
import type { Config } from '../../platform/config/index.js';
import { Cookies, networkOf, Pasted, readForm } from '../../platform/http/index.js';
import { CONFIG } from '../../platform/tokens.js';
import { TrialPipeline, type Trial } from '../../pipeline/index.js';
import { trialEndsAt } from '../../tenders/index.js';
import { contractorPaths } from '../contractor/paths.js';
import { enterprisePaths } from '../enterprise/paths.js';
import { Pages, problemsOf, type FormState } from '../shared/pages.service.js';
import { answerRefused, refusedField } from '../shared/refused-form.js';

class AskForm {
  @IsString({ message: 'registration.problem.number' })
  enterpriseNumber: string;

  @Pasted()
  @IsString({ message: 'registration.problem.organisation' })
  @IsNotEmpty({ message: 'registration.problem.organisation' })
  @MaxLength(200, { message: 'registration.problem.organisation' })
  organisationName: string;

  @Pasted()
  @IsString({ message: 'registration.problem.name' })
  @IsNotEmpty({ message: 'registration.problem.name' })
  @MaxLength(200, { message: 'registration.problem.name' })
  name: string;

  @Pasted()
  @IsEmail({}, { message: 'signIn.email.invalid' })
  @MaxLength(320, { message: 'signIn.email.invalid' })
  email: string;

  /** Of the mails; that of the page where none is chosen. */
  @IsOptional()
  language?: unknown;
}

class ConfirmForm {
  @IsString({ message: 'refusal.password-too-short' })
  password: string;
}

const ASK = 'account/views/registration-ask.njk';
const CONFIRM = 'account/views/registration-confirm.njk';

/** A social enterprise, or a contractor that tried a document, comes in by itself: by its number, over a link in a mail. */
@ApiExcludeController()
@Controller('register')
export class RegistrationController {
  private readonly cookies: Cookies;

  constructor(
    private readonly registrations: RegistrationService,
    private readonly trials: TrialPipeline,
    private readonly pages: Pages,
    @Inject(CONFIG) config: Config,
  ) {
    this.cookies = new Cookies(config);
  }

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('trial') trial: unknown,
  ): Promise<string> {
    if ((await this.trialOf(trial, request.id)) === 'gone') return this.goneTrial(reply, trial);
    return this.pages.html(request, reply, ASK, { sent: false, languages: LANGUAGES, trial: trial ?? null });
  }

  @Post()
  @HttpCode(200)
  async ask(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: unknown,
    @Query('trial') token: unknown,
  ): Promise<string> {
    const { entries, errors } = readForm(AskForm, body);
    const problems = problemsOf(errors);
    const enterpriseNumber = parseEnterpriseNumber(String(entries.enterpriseNumber ?? ''));
    const isNumberNamed = problems.some(({ field }) => field === 'enterpriseNumber');
    if (enterpriseNumber === null && !isNumberNamed)
      problems.unshift({ field: 'enterpriseNumber', key: 'registration.problem.number' });
    const tried = await this.trialOf(token, request.id);
    if (tried === 'gone') return this.goneTrial(reply, token);
    const trial = token ?? null;
    const again = (found: FormState['problems']): string =>
      this.pages.html(
        request,
        reply,
        ASK,
        { sent: false, languages: LANGUAGES, trial },
        { problems: found, entries: { ...entries } },
      );
    if (problems.length > 0 || enterpriseNumber === null) return again(problems);
    const { organisationName, name, email } = entries;
    const language = isLanguage(entries.language) ? entries.language : request.visitor.language;
    try {
      const trialId = tried?.id ?? null;
      const asked = { enterpriseNumber, organisationName, name, email, language, trialId };
      await this.registrations.ask(asked, networkOf(request.ip), request.id);
    } catch (error) {
      const html = again([refusedField('email', error, /^too-many/)]);
      answerRefused(reply, error);
      return html;
    }
    const endsAt = tried && trialEndsAt(tried.madeAt);
    return this.pages.html(request, reply, ASK, { sent: true, email, trial, endsAt });
  }

  @Get(':token')
  open(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token') token: string,
  ): Promise<string> {
    return this.confirmPage(request, reply, token);
  }

  @Post(':token')
  async confirm(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token') token: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { entries, errors } = readForm(ConfirmForm, body);
    if (errors.length > 0)
      return this.confirmPage(request, reply, token, { problems: problemsOf(errors), entries: {} });
    try {
      const device = deviceOf(request.headers['user-agent']);
      const signedIn = await this.registrations.confirm(token, entries.password, device, request.id);
      this.cookies.setSession(reply, signedIn.token);
      if (signedIn.trialId !== null) {
        const path = contractorPaths.trial(this.trials.tokenOf(signedIn.trialId));
        return this.pages.redirect(reply, path, { tone: 'success', key: 'registration.contractor.welcome' });
      }
      const said = { tone: 'success', key: 'registration.welcome' } as const;
      return this.pages.redirect(reply, enterprisePaths.profileAbout(), said);
    } catch (error) {
      const problems = [refusedField('password', error, /^password-/)];
      return this.confirmPage(request, reply, token, { problems, entries: {} });
    }
  }

  private async trialOf(token: unknown, requestId: string): Promise<Trial | 'gone' | null> {
    if (token === undefined) return null;
    return (await this.trials.open(String(token), requestId)) ?? 'gone';
  }

  /** Its own page says so, and where to start again. */
  private goneTrial(reply: FastifyReply, token: unknown): string {
    return this.pages.redirect(reply, contractorPaths.trial(encodeURIComponent(String(token))));
  }

  private async confirmPage(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    form?: FormState,
  ): Promise<string> {
    const found = await this.registrations.read(token, request.id);
    const { organisationName, enterpriseNumber, email, expiresAt } = found;
    const model = {
      organisationName,
      enterpriseNumber: formatEnterpriseNumber(enterpriseNumber),
      email,
      expiresAt,
      shortest: SHORTEST,
    };
    return this.pages.html(request, reply, CONFIRM, model, form);
  }
}

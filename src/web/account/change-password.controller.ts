import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsNotEmpty, IsString } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PasswordService, SHORTEST } from '../../accounts/index.js';
import { Refusal } from '../../kernel/index.js';
import { networkOf, readForm } from '../../platform/http/index.js';
import { Pages, problemsOf, type FormState } from '../shared/pages.service.js';
import { accountPaths } from './paths.js';
import { refusedField } from '../shared/refused-form.js';

class ChangeForm {
  @IsString({ message: 'signIn.password.missing' })
  @IsNotEmpty({ message: 'signIn.password.missing' })
  present: string;

  @IsString({ message: 'refusal.password-too-short' })
  password: string;
}

/** A password that is known, changed for another. */
@ApiExcludeController()
@Controller('account/password')
export class ChangePasswordController {
  constructor(
    private readonly passwords: PasswordService,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    return this.page(request, reply);
  }

  @Post()
  async change(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: unknown,
  ): Promise<string> {
    const { entries, errors } = readForm(ChangeForm, body);
    if (errors.length > 0) return this.page(request, reply, { problems: problemsOf(errors), entries: {} });
    const { actor, person, sessionId } = request.visitor;
    if (!person || sessionId === null) throw new Refusal('sign-in-needed');
    const who = { ...person, sessionId, network: networkOf(request.ip) };
    try {
      await this.passwords.change(actor, who, entries.present, entries.password);
    } catch (error) {
      const problem = refusedField('password', error, /^(password-|too-many)/);
      // The two that are about the password that is known.
      const isPresent = /wrong|too-many/.test(problem.key);
      const problems = [isPresent ? { ...problem, field: 'present' } : problem];
      return this.page(request, reply, { problems, entries: {} });
    }
    return this.pages.redirect(reply, accountPaths.account(), { tone: 'success', key: 'password.changed' });
  }

  private page(request: FastifyRequest, reply: FastifyReply, form?: FormState): string {
    const model = { shortest: SHORTEST, email: request.visitor.person?.email };
    return this.pages.html(request, reply, 'account/views/password-change.njk', model, form);
  }
}

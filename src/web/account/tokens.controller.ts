import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { Transform } from 'class-transformer';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiTokenService, SCOPES, scopesOf, type Scope } from '../../accounts/index.js';
import type { Role } from '../../kernel/index.js';
import { Pasted, readForm, uuid } from '../../platform/http/index.js';
import { Pages, problemsOf, type FormState } from '../shared/pages.service.js';
import { accountPaths } from './paths.js';

/** How long a token may live, in days; people choose, programs do not need more. */
const LIVES = ['30', '90', '365'] as const;

class TokenForm {
  @Pasted()
  @IsString({ message: 'tokens.problem.name' })
  @IsNotEmpty({ message: 'tokens.problem.name' })
  @MaxLength(100, { message: 'tokens.problem.name' })
  name: string;

  /** One box ticked comes as a text, several as a list. */
  @Transform(({ value }) => (value === undefined ? [] : Array.isArray(value) ? value : [value]))
  @IsIn(SCOPES, { each: true, message: 'tokens.problem.scopes' })
  @IsNotEmpty({ each: true, message: 'tokens.problem.scopes' })
  scopes: Scope[];

  @IsIn(LIVES, { message: 'tokens.problem.days' })
  days: string;
}

/** The tokens a person gives to programs: made, shown once, ended. */
@ApiExcludeController()
@Controller('account/tokens')
export class TokensController {
  constructor(
    private readonly tokens: ApiTokenService,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.page(request, reply, null);
  }

  /** The answer is the only place where the token is ever read. */
  @Post()
  async create(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: unknown,
  ): Promise<string> {
    const { entries, errors } = readForm(TokenForm, body);
    const problems = problemsOf(errors);
    if (problems.length === 0 && entries.scopes.length === 0)
      problems.push({ field: 'scopes', key: 'tokens.problem.scopes' });
    if (problems.length > 0) return this.page(request, reply, null, { problems, entries: { ...entries } });
    const { name, scopes, days } = entries;
    const token = await this.tokens.create(request.visitor.actor, { name, scopes, days: Number(days) });
    request.answerIsSecret = true;
    return this.page(request, reply, token);
  }

  @Post(':id/revocation')
  async revoke(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    await this.tokens.revoke(request.visitor.actor, uuid(id));
    return this.pages.redirect(reply, accountPaths.tokens(), { tone: 'success', key: 'tokens.revoked' });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    made: string | null,
    form?: FormState,
  ): Promise<string> {
    const { actor } = request.visitor;
    const model = {
      made,
      lives: LIVES,
      scopes: scopesOf(actor.role as Role),
      backHref: accountPaths.account(),
      tokens: (await this.tokens.list(actor)).map((token) => ({
        ...token,
        revokeHref: accountPaths.revokeToken(token.id),
      })),
    };
    return this.pages.html(request, reply, 'account/views/tokens.njk', model, form);
  }
}

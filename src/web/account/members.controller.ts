import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsEmail, IsIn, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MemberService, ORGANISATION_ROLES, type OrganisationRole } from '../../accounts/index.js';
import { LANGUAGES, Refusal, type Language } from '../../kernel/index.js';
import { Pasted, readForm, uuid } from '../../platform/http/index.js';
import { Pages, problemsOf, type FormState } from '../shared/pages.service.js';
import { membersPage } from './members.page.js';
import { accountPaths } from './paths.js';

class InviteForm {
  @Pasted()
  @IsString({ message: 'members.problem.name' })
  @IsNotEmpty({ message: 'members.problem.name' })
  @MaxLength(200, { message: 'members.problem.name' })
  name: string;

  @Pasted()
  @IsEmail({}, { message: 'signIn.email.invalid' })
  @MaxLength(320, { message: 'signIn.email.invalid' })
  email: string;

  @IsIn(LANGUAGES, { message: 'members.problem.language' })
  language: Language;

  @IsIn(ORGANISATION_ROLES, { message: 'members.problem.role' })
  organisationRole: OrganisationRole;
}

type Said = 'members.invited' | 'members.withdrawn' | 'members.roleSet' | 'members.removed';

/** The people of the organisation: who they are, who comes in, who leaves. */
@ApiExcludeController()
@Controller('account')
export class MembersController {
  constructor(
    private readonly members: MemberService,
    private readonly pages: Pages,
  ) {}

  @Get('members')
  show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.page(request, reply);
  }

  @Post('members')
  async invite(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: unknown,
  ): Promise<string> {
    const { entries, errors } = readForm(InviteForm, body);
    const kept = { ...entries };
    if (errors.length > 0) return this.page(request, reply, { problems: problemsOf(errors), entries: kept });
    try {
      await this.members.invite(request.visitor.actor, entries);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'email-taken') throw error;
      return this.page(request, reply, {
        problems: [{ field: 'email', key: 'refusal.email-taken' }],
        entries: kept,
      });
    }
    return this.said(reply, 'members.invited');
  }

  @Post('invitations/:id/withdrawal')
  async withdraw(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    await this.members.withdraw(request.visitor.actor, uuid(id));
    return this.said(reply, 'members.withdrawn');
  }

  @Post('members/:id/role')
  async setRole(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: { readonly role?: unknown } | null,
  ): Promise<string> {
    const role = ORGANISATION_ROLES.find((known) => known === body?.role);
    if (!role) throw new Refusal('request-invalid');
    await this.members.setRole(request.visitor.actor, uuid(id), role);
    return this.said(reply, 'members.roleSet');
  }

  @Post('members/:id/removal')
  async remove(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    await this.members.remove(request.visitor.actor, uuid(id));
    return this.said(reply, 'members.removed');
  }

  private said(reply: FastifyReply, key: Said): string {
    return this.pages.redirect(reply, accountPaths.members(), { tone: 'success', key });
  }

  private async page(request: FastifyRequest, reply: FastifyReply, form?: FormState): Promise<string> {
    const { actor, language, organisation } = request.visitor;
    const members = await this.members.list(actor);
    const model = membersPage(members, {
      personId: actor.personId,
      organisation: organisation?.name ?? '',
      language,
    });
    return this.pages.html(request, reply, 'account/views/members.njk', model, form);
  }
}

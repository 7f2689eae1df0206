import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { deviceOf, SessionService, SignInService } from '../../../accounts/index.js';
import type { Actor } from '../../../kernel/index.js';
import type { Config } from '../../../platform/config/index.js';
import { Cookies, CurrentActor, FormTokens, networkOf, Refuses, uuid } from '../../../platform/http/index.js';
import { CONFIG } from '../../../platform/tokens.js';
import { SessionCreated, SessionList, StartSession } from './sessions.dto.js';

@ApiTags('sessions')
@Controller('api/v1/sessions')
export class SessionsController {
  private readonly cookies: Cookies;

  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionService,
    private readonly formTokens: FormTokens,
    @Inject(CONFIG) config: Config,
  ) {
    this.cookies = new Cookies(config);
  }

  @Post()
  @ApiOperation({ summary: 'Sign in. The session is a cookie.' })
  @ApiCreatedResponse({ type: SessionCreated })
  @Refuses('sign-in-failed', 'too-many-attempts', 'too-busy')
  async start(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() { email, password }: StartSession,
  ): Promise<SessionCreated> {
    const { token, role, language, endsAt } = await this.signIns.signIn({
      email,
      password,
      network: networkOf(request.ip),
      device: deviceOf(request.headers['user-agent']),
      formerToken: this.cookies.session(request),
      requestId: request.id,
    });
    this.cookies.setSession(reply, token);
    return { role, language, endsAt: endsAt.toISOString(), formToken: this.formTokens.ofSession(token) };
  }

  @Get()
  @ApiOperation({ summary: 'Where you are signed in.' })
  @ApiOkResponse({ type: SessionList })
  async list(@Req() request: FastifyRequest, @CurrentActor() actor: Actor): Promise<SessionList> {
    const found = await this.sessions.list(actor);
    return {
      items: found.map(({ id, device, createdAt, seenAt, endsAt }) => ({
        id,
        device,
        createdAt: createdAt.toISOString(),
        seenAt: seenAt.toISOString(),
        endsAt: endsAt.toISOString(),
        isCurrent: id === request.visitor.sessionId,
      })),
    };
  }

  @Delete('current')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out.' })
  @ApiNoContentResponse()
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    await this.signIns.signOut(actor, request.visitor.sessionId ?? '');
    this.cookies.forgetSession(reply);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End one of your sessions.' })
  @ApiNoContentResponse()
  @Refuses('not-found')
  async end(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.sessions.end(actor, uuid(id));
  }
}

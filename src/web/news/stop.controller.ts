import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type Actor, systemActor } from '../../kernel/index.js';
import { NotificationsService } from '../../notifications/index.js';
import { Database } from '../../platform/db/index.js';
import { Pages } from '../shared/pages.service.js';
import { newsPaths } from './paths.js';

/** The link in the foot of a mail: the token in it is signed and speaks for the person, without a session. */
@ApiExcludeController()
@Controller('mail/stop/:token')
export class StopController {
  constructor(
    private readonly database: Database,
    private readonly notifications: NotificationsService,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token') token: string,
  ): string {
    const wish = this.notifications.stopRequest(token);
    if (!wish) throw new Refusal('not-found');
    return this.page(request, reply, token, wish.list, 'ask');
  }

  /** Also what a mail program posts by itself when its "unsubscribe" is pressed. @source RFC 8058 */
  @Post()
  async stop(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token') token: string,
  ): Promise<string> {
    const list = await this.database.transaction(inSystemsName(request), (tx) =>
      this.notifications.unsubscribe(tx, token),
    );
    if (!list) throw new Refusal('not-found');
    return this.page(request, reply, token, list, 'done');
  }

  @Post('resume')
  async resume(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token') token: string,
  ): Promise<string> {
    const list = await this.database.transaction(inSystemsName(request), (tx) =>
      this.notifications.resubscribe(tx, token),
    );
    if (!list) throw new Refusal('not-found');
    return this.page(request, reply, token, list, 'resumed');
  }

  private page(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    list: string,
    step: 'ask' | 'done' | 'resumed',
  ): string {
    const hrefs = { stopHref: newsPaths.stop(token), resumeHref: newsPaths.resume(token) };
    return this.pages.html(request, reply, 'news/views/stop.njk', { list, step, ...hrefs });
  }
}

/** Nobody is signed in: the token alone says whose wish it is. */
function inSystemsName(request: FastifyRequest): Actor {
  return systemActor(request.id);
}

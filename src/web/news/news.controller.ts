import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { inbox, markRead } from '../../notifications/index.js';
import { dayInBrussels, daysBetween } from '../../kernel/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { Pages } from '../shared/pages.service.js';
import { newsPaths } from './paths.js';

/** What a person was told in the application: the same news as by mail. */
@ApiExcludeController()
@Controller('news')
export class NewsController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { actor } = request.visitor;
    const items = await this.database.transaction(actor, (tx) => inbox(tx, actor.personId ?? ''));
    const hasUnread = items.some((item) => item.readAt === null);
    return this.pages.html(request, reply, 'news/views/news.njk', {
      items: items.map((item) => ({ ...item, daysLeft: daysLeft(item.deadline, this.clock.now()) })),
      hasUnread,
      href: newsPaths.news(),
    });
  }

  @Post()
  async read(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { actor } = request.visitor;
    const personId = actor.personId ?? '';
    await this.database.transaction(actor, async (tx) => {
      const unread = (await inbox(tx, personId)).filter((item) => item.readAt === null);
      await markRead(
        tx,
        personId,
        unread.map((item) => item.id),
        this.clock.now(),
      );
    });
    return this.pages.redirect(reply, newsPaths.news(), { tone: 'success', key: 'said.news-read' });
  }
}

/** Null when there is nothing to answer any more. */
function daysLeft(deadline: Date | null, now: Date): number | null {
  return deadline && deadline > now ? daysBetween(dayInBrussels(now), dayInBrussels(deadline)) : null;
}

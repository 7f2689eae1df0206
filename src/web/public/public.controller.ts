import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readiness } from '../../platform/http/index.js';
import { Pages } from '../shared/pages.service.js';
import { rankingPage } from './ranking.page.js';
import { homeOf } from '../shared/render/navigation.js';

/** Pages that anybody may read. */
@ApiExcludeController()
@Controller()
export class PublicController {
  constructor(
    private readonly pages: Pages,
    private readonly readiness: Readiness,
  ) {}

  /** A person who is signed in goes to their own first page. */
  @Get()
  home(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    const { role } = request.visitor.actor;
    if (role === 'anonymous' || role === 'system') {
      return this.pages.html(request, reply, 'public/views/home.njk', {});
    }
    return this.pages.redirect(reply, homeOf(role));
  }

  @Get('help')
  help(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    return this.pages.html(request, reply, 'public/views/help.njk', {});
  }

  @Get('accessibility')
  accessibility(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    return this.pages.html(request, reply, 'public/views/accessibility.njk', {});
  }

  /** How matches are ranked and invited: the weights themselves, not a text about them. */
  @Get('ranking')
  ranking(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    return this.pages.html(request, reply, 'public/views/ranking.njk', rankingPage());
  }

  @Get('privacy')
  privacy(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    return this.pages.html(request, reply, 'public/views/privacy.njk', {});
  }

  @Get('status')
  async status(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { ready, checks } = await this.readiness.report();
    const shown = Object.entries(checks).map(([name, result]) => ({ name, isOk: result === 'ok' }));
    return this.pages.html(request, reply, 'public/views/status.njk', { ready, checks: shown });
  }
}

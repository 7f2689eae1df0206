import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type Actor } from '../../kernel/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { Readiness, uuid } from '../../platform/http/index.js';
import { publicTender, publicTenders } from '../../tenders/index.js';
import { Pages } from '../shared/pages.service.js';
import { rankingPage } from './ranking.page.js';
import { homeOf } from '../shared/render/navigation.js';

/** The next deadlines; a list that is longer wants a search. */
const TENDERS_SHOWN = 100;

/** Pages that anybody may read. */
@ApiExcludeController()
@Controller()
export class PublicController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
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

  /** Tenders that their contractors opened to everybody; nothing else is read here, whoever looks. */
  @Get('tenders')
  async tenders(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const found = await this.database.transaction(stranger(request), (tx) =>
      publicTenders(tx, this.clock.now(), TENDERS_SHOWN),
    );
    return this.pages.html(request, reply, 'public/views/tenders.njk', { tenders: found });
  }

  @Get('tenders/:id')
  async tender(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    const found = await this.database.transaction(stranger(request), (tx) =>
      publicTender(tx, uuid(id), this.clock.now()),
    );
    if (!found) throw new Refusal('not-found');
    return this.pages.html(request, reply, 'public/views/tender.njk', { ...found });
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

/** What is public is read as nobody in particular: row security shows what anybody may see. */
function stranger({ id: requestId }: FastifyRequest): Actor {
  return { role: 'anonymous', personId: null, organisationId: null, requestId };
}

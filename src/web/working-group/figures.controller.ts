import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { uptake } from '../../monitoring/index.js';
import { ledgersUntil } from '../../obligations/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { Pages } from '../shared/pages.service.js';
import { figuresPage, readPeriod } from './figures.page.js';

@ApiExcludeController()
@Controller('working-group')
export class FiguresController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() query: { readonly from?: unknown; readonly to?: unknown },
  ): Promise<string> {
    const period = readPeriod(query, this.clock.today());
    const model = await this.database.transaction(request.visitor.actor, async (tx) =>
      figuresPage(await uptake(tx, period), period, await ledgersUntil(tx, period.until)),
    );
    return this.pages.html(request, reply, 'working-group/views/figures.njk', model);
  }
}

import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { beingCounted, losses, lostPackages } from '../../monitoring/index.js';
import { Clock } from '../../platform/clock.js';
import type { Config } from '../../platform/config/index.js';
import { Database } from '../../platform/db/index.js';
import { Messages } from '../../platform/i18n/index.js';
import { CONFIG } from '../../platform/tokens.js';
import { Pages } from '../shared/pages.service.js';
import type { Say } from './figures-table.js';
import { askedLoss, lossesPage, lostPage } from './losses.page.js';
import { PACKAGES_A_PAGE } from './packages.page.js';
import { readPeriod, type AskedPeriod } from './period.js';
import { snapshotOf } from './snapshot.js';

/** Where packages are lost on the path, and why. */
@ApiExcludeController()
@Controller('working-group/losses')
export class LossesController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly messages: Messages,
    private readonly pages: Pages,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() query: AskedPeriod,
  ): Promise<string> {
    const today = this.clock.today();
    const period = readPeriod(query, today);
    const model = await this.database.reading(request.visitor.actor, async (tx) => {
      const told = await losses(tx, period, this.clock.now());
      return {
        ...lossesPage(told, period, today, this.say(request)),
        counting: await beingCounted(tx),
        snapshot: snapshotOf(told, period, null, today, this.config.secret),
      };
    });
    return this.pages.html(request, reply, 'working-group/views/losses.njk', model);
  }

  @Get('packages')
  async packages(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() query: AskedPeriod & Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const now = this.clock.now();
    const period = readPeriod(query, this.clock.today());
    const model = await this.database.reading(request.visitor.actor, async (tx) => {
      const asked = askedLoss(await losses(tx, period, now), query);
      const page = { size: PACKAGES_A_PAGE, number: asked.number };
      const packages = await lostPackages(tx, period, now, asked.loss.reason, page);
      return { ...lostPage(asked, packages, period, this.say(request)), counting: await beingCounted(tx) };
    });
    return this.pages.html(request, reply, 'working-group/views/lost.njk', model);
  }

  private say({ visitor }: FastifyRequest): Say {
    return (key, params) => this.messages.text(visitor.language, key, params);
  }
}

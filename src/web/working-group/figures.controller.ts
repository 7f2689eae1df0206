import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { beingCounted, uptake, uptakeBy, uptakePackages } from '../../monitoring/index.js';
import { ledgersUntil } from '../../obligations/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { Messages } from '../../platform/i18n/index.js';
import { groupLabels } from '../shared/group-labels.js';
import type { Names } from '../shared/names.js';
import { NAMES, Pages } from '../shared/pages.service.js';
import { figuresMap } from './figures-map.js';
import { figuresPage } from './figures.page.js';
import { listedFigure, PACKAGES_A_PAGE, packagesPage, readAskedPackages, readPage } from './packages.page.js';
import { readPeriod, type AskedPeriod } from './period.js';

/** How much of what was possible happens: the figures, and the packages behind one of them. */
@ApiExcludeController()
@Controller('working-group')
export class FiguresController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly messages: Messages,
    @Inject(NAMES) private readonly names: Names,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() query: AskedPeriod,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const today = this.clock.today();
    const period = readPeriod(query, today);
    const label = groupLabels(language, this.messages, this.names);
    const model = await this.database.reading(actor, async (tx) => {
      const told = await uptake(tx, period);
      const page = figuresPage(told, period, await ledgersUntil(tx, period.until), today, label);
      return { ...page, map: figuresMap(told, label), counting: await beingCounted(tx) };
    });
    return this.pages.html(request, reply, 'working-group/views/figures.njk', model);
  }

  @Get('packages')
  async packages(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() query: AskedPeriod & Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const period = readPeriod(query, this.clock.today());
    const asked = readAskedPackages(query);
    const label = groupLabels(language, this.messages, this.names);
    const model = await this.database.reading(actor, async (tx) => {
      const found = listedFigure(await uptakeBy(tx, period, asked.by), asked);
      const number = readPage(query['page'], found.figure.numerator);
      const packages = await uptakePackages(tx, period, asked, { size: PACKAGES_A_PAGE, number });
      const page = packagesPage(period, asked, found, packages, number, label);
      return { ...page, counting: await beingCounted(tx) };
    });
    return this.pages.html(request, reply, 'working-group/views/packages.njk', model);
  }
}

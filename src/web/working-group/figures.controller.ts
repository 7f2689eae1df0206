import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { beingCounted, uptakeBy, uptakePackages } from '../../monitoring/index.js';
import { Clock } from '../../platform/clock.js';
import type { Config } from '../../platform/config/index.js';
import { Database } from '../../platform/db/index.js';
import { Messages } from '../../platform/i18n/index.js';
import { CONFIG } from '../../platform/tokens.js';
import { groupLabels } from '../shared/group-labels.js';
import type { Names } from '../shared/names.js';
import { NAMES, Pages } from '../shared/pages.service.js';
import { figuresMap } from './figures-map.js';
import { figuresPage } from './figures.page.js';
import { figuresTold, municipalitiesIn } from './figures-told.js';
import {
  listedFigure,
  PACKAGES_A_PAGE,
  packagesPage,
  publishedIn,
  publishedPage,
  readAskedPackages,
  readPage,
} from './packages.page.js';
import { readPeriod, readTerritory, type AskedPeriod } from './period.js';
import { snapshotOf } from './snapshot.js';

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
    @Inject(CONFIG) private readonly config: Config,
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
    const territory = readTerritory(query);
    const label = groupLabels(language, this.messages, this.names);
    const model = await this.database.reading(actor, async (tx) => {
      const told = await figuresTold(tx, period, territory);
      const page = figuresPage(told, period, territory, today, label);
      return {
        ...page,
        map: figuresMap(told.uptake, label),
        counting: await beingCounted(tx),
        snapshot: snapshotOf(told, period, territory, today, this.config.secret),
      };
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
      const pageOf = (count: number) => ({ size: PACKAGES_A_PAGE, number: readPage(query['page'], count) });
      const counting = await beingCounted(tx);
      if (asked === null) {
        const territory = readTerritory(query);
        const groups = await uptakeBy(tx, period, 'municipality');
        const municipalities = municipalitiesIn(groups, territory);
        const count = publishedIn(groups, municipalities);
        const page = pageOf(count);
        const which = { figure: 'published', municipalities } as const;
        const packages = await uptakePackages(tx, period, which, page);
        return { ...publishedPage(period, territory, count, packages, page.number, label), counting };
      }
      const found = listedFigure(await uptakeBy(tx, period, asked.by), asked);
      const page = pageOf(found.figure.numerator);
      const packages = await uptakePackages(tx, period, asked, page);
      return { ...packagesPage(period, asked, found, packages, page.number, label), counting };
    });
    return this.pages.html(request, reply, 'working-group/views/packages.njk', model);
  }
}

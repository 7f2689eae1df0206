import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { POLICY } from '../../accounts/index.js';
import { Database } from '../../platform/db/index.js';
import { Pages } from '../shared/pages.service.js';
import { pagesOf } from '../shared/paging.js';
import { opened, openedCount } from './opened.query.js';
import { workingGroupPaths } from './paths.js';
import { READERS, whoMay } from './who-may.js';

const A_PAGE = 50;

/** Who may see what, and who opened what is not public. */
@ApiExcludeController()
@Controller('working-group/governance')
export class GovernanceController {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('page') asked?: string,
  ): Promise<string> {
    const model = await this.database.reading(request.visitor.actor, async (tx) => {
      const pages = pagesOf(await openedCount(tx), A_PAGE, asked, workingGroupPaths.governance);
      return {
        areas: whoMay(POLICY),
        readers: READERS,
        opened: await opened(tx, { size: A_PAGE, number: pages.current }),
        pages,
      };
    });
    return this.pages.html(request, reply, 'working-group/views/governance.njk', model);
  }
}

import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Database } from '../../platform/db/index.js';
import { tagsOf } from '../../tagging/index.js';
import { packagesOf } from '../../tenders/index.js';
import { Pages } from '../shared/pages.service.js';
import { findTender } from './find-tender.js';
import { tenderPage, type TenderQuestion } from './tender.page.js';

/** One tender: its packages, what is done on it and what comes next. */
@ApiExcludeController()
@Controller('contractor/tenders/:id')
export class TenderController {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Query() question: TenderQuestion,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const tender = await findTender(tx, id);
      const packages = await packagesOf(tx, tender.id);
      const tags = await tagsOf(
        tx,
        packages.map((item) => item.id),
      );
      return tenderPage(tender, packages, tags, question);
    });
    return this.pages.html(request, reply, 'contractor/views/tender.njk', model);
  }
}

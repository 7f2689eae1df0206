import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WhatIfService } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { Pages } from '../shared/pages.service.js';
import { readWhatIf } from '../shared/what-if-wish.js';
import { findPackage } from './find-tender.js';
import { contractorPaths } from './paths.js';
import { whatIfPage } from './what-if.page.js';

/** "What if it began a month later, or were cut in two?": candidates gained and lost, nothing changed. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/packages/:packageId/what-if')
export class PackageWhatIfController {
  constructor(
    private readonly database: Database,
    private readonly whatIf: WhatIfService,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const { actor } = request.visitor;
    const { item } = await this.database.transaction(actor, (tx) => findPackage(tx, id, packageId));
    const wish = readWhatIf(query);
    const answer = wish && (await this.whatIf.ofPackage(actor, item.id, wish));
    const packageHref = contractorPaths.package(id, item.id);
    const page = whatIfPage({
      title: item.title,
      packageHref,
      href: contractorPaths.whatIf(id, item.id),
      wish,
      answer,
    });
    return this.pages.html(request, reply, 'contractor/views/what-if.njk', page);
  }
}

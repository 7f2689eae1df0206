import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { columnLayouts, LayoutService } from '../../tenders/index.js';
import { Pages } from '../shared/pages.service.js';
import { layoutsPage } from './layouts.page.js';
import { contractorPaths } from './paths.js';

/** What is remembered of columns, and taking it back. */
@ApiExcludeController()
@Controller('contractor/layouts')
export class LayoutsController {
  constructor(
    private readonly database: Database,
    private readonly layouts: LayoutService,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { actor } = request.visitor;
    const found = await this.database.transaction(actor, (tx) =>
      columnLayouts(tx, actor.organisationId ?? ''),
    );
    return this.pages.html(request, reply, 'contractor/views/layouts.njk', layoutsPage(found));
  }

  @Post(':id/revocation')
  async revoke(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    const { actor } = request.visitor;
    await this.database.transaction(actor, (tx) => this.layouts.revoke(tx, actor, uuid(id)));
    const key = 'said.layout-revoked';
    return this.pages.redirect(reply, contractorPaths.layouts(), { tone: 'success', key });
  }
}

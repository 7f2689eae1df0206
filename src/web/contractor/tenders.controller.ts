import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { listTenders, openImports } from '../../tenders/index.js';
import { Pages } from '../shared/pages.service.js';
import { tendersPage } from './tenders.page.js';

const TENDERS_PER_PAGE = 25;

@ApiExcludeController()
@Controller('contractor/tenders')
export class TendersController {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('before') before: unknown,
  ): Promise<string> {
    const { actor } = request.visitor;
    const organisationId = actor.organisationId ?? '';
    const after = typeof before === 'string' ? uuid(before) : null;
    const model = await this.database.transaction(actor, async (tx) => {
      const readings = after === null ? await openImports(tx, organisationId) : [];
      const tenders = await listTenders(tx, organisationId, TENDERS_PER_PAGE, after);
      return tendersPage(readings, tenders, TENDERS_PER_PAGE);
    });
    return this.pages.html(request, reply, 'contractor/views/tenders.njk', model);
  }
}

import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { TenderPipeline } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { findTender } from './find-tender.js';
import { contractorPaths } from './paths.js';

const LONGEST_REASON = 1000;

/** Takes a published tender back, with the reason its readers will see. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/withdraw')
export class WithdrawController {
  constructor(
    private readonly database: Database,
    private readonly pipeline: TenderPipeline,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    return this.page(request, reply, id);
  }

  @Post()
  async withdraw(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: { readonly reason?: unknown },
  ): Promise<string> {
    const reason = typeof body.reason === 'string' ? body.reason.trim() : '';
    if (reason === '' || reason.length > LONGEST_REASON) {
      const problems = [{ field: 'reason', key: 'withdraw.problem.reason' }];
      return this.page(request, reply, id, { problems, entries: { reason } });
    }
    await this.pipeline.withdraw(request.visitor.actor, uuid(id), reason);
    return this.pages.redirect(reply, contractorPaths.board(id), { tone: 'success', key: 'said.withdrawn' });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    form?: FormState,
  ): Promise<string> {
    const tender = await this.database.transaction(request.visitor.actor, (tx) => findTender(tx, id));
    if (tender.status !== 'published') throw new Refusal('tender-not-published');
    const boardHref = contractorPaths.board(tender.id);
    const model = { title: tender.title, href: contractorPaths.withdraw(tender.id), boardHref };
    return this.pages.html(request, reply, 'contractor/views/withdraw.njk', model, form);
  }
}

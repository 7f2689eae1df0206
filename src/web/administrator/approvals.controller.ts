import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { ApprovalDesk } from '../../pipeline/index.js';
import { uuid } from '../../platform/http/index.js';
import { asDownload } from '../shared/as-download.js';
import { Pages } from '../shared/pages.service.js';
import { adminPaths } from './paths.js';

/** Approvals that enterprises stated, to be checked with the authority. */
@ApiExcludeController()
@Controller('administrator/approvals')
export class ApprovalsController {
  constructor(
    private readonly desk: ApprovalDesk,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const waiting = await this.desk.waiting(request.visitor.actor);
    const approvals = waiting.map((approval) => ({
      ...approval,
      href: adminPaths.approval(approval.id),
      documents: approval.documents.map(({ id, name }) => ({ name, href: adminPaths.approvalDocument(id) })),
    }));
    return this.pages.html(request, reply, 'administrator/views/approvals.njk', { approvals });
  }

  @Get('documents/:id')
  async document(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<Buffer> {
    return asDownload(reply, await this.desk.document(request.visitor.actor, uuid(id)));
  }

  @Post(':id')
  async decide(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: { readonly decision?: unknown; readonly authority?: unknown } | null,
  ): Promise<string> {
    const decision = (['verified', 'withdrawn'] as const).find((known) => known === body?.decision);
    if (!decision) throw new Refusal('request-invalid');
    const authority = typeof body?.authority === 'string' ? body.authority.trim().slice(0, 200) : '';
    await this.desk.decide(request.visitor.actor, uuid(id), decision, authority);
    const key = decision === 'verified' ? 'approvals.verified' : 'approvals.refused';
    return this.pages.redirect(reply, adminPaths.approvals(), { tone: 'success', key });
  }
}

import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { PublishedPipeline } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { checkWithdrawal, packageWithdrawal, WITHDRAWAL_REASONS } from '../../tenders/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { problemsAtFields } from '../shared/problems-at-fields.js';
import { findPackage } from './find-tender.js';
import { contractorPaths } from './paths.js';

/** Takes one package of a published tender back, with the reason its readers will see. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/packages/:packageId/withdrawal')
export class PackageWithdrawalController {
  constructor(
    private readonly database: Database,
    private readonly published: PublishedPipeline,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
  ): Promise<string> {
    return this.page(request, reply, { id, packageId });
  }

  @Post()
  async withdraw(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const given = checkWithdrawal(body);
    if (Array.isArray(given)) {
      const form = { problems: problemsAtFields(given), entries: body };
      return this.page(request, reply, { id, packageId }, form);
    }
    await this.published.withdrawPackage(request.visitor.actor, uuid(packageId), given);
    const flash = { tone: 'success', key: 'said.package-withdrawn' } as const;
    return this.pages.redirect(reply, contractorPaths.boardAt(id, packageId), flash);
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    { id, packageId }: { readonly id: string; readonly packageId: string },
    form?: FormState,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const { tender, item } = await findPackage(tx, id, packageId);
      if (tender.status !== 'published') throw new Refusal('tender-not-published');
      if (await packageWithdrawal(tx, item.id)) throw new Refusal('package-withdrawn');
      if (!item.offered) throw new Refusal('package-not-offered');
      return {
        title: item.title,
        reasons: WITHDRAWAL_REASONS,
        href: contractorPaths.packageWithdrawal(tender.id, item.id),
        boardHref: contractorPaths.boardAt(tender.id, item.id),
      };
    });
    return this.pages.html(request, reply, 'contractor/views/package-withdrawal.njk', model, form);
  }
}

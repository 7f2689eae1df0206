import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { DraftingService } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { loadTradeCodes } from '../../registry/index.js';
import { tagsOf } from '../../tagging/index.js';
import { linesOf } from '../../tenders/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { findPackage } from './find-tender.js';
import { readPackageForm } from './package-form.js';
import { packagePage } from './package.page.js';
import { contractorPaths } from './paths.js';

type Entries = Readonly<Record<string, unknown>>;

/** One package: its findings with their evidence, and what the contractor decides. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/packages/:packageId')
export class PackageController {
  constructor(
    private readonly database: Database,
    private readonly drafting: DraftingService,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
  ): Promise<string> {
    return this.page(request, reply, id, packageId);
  }

  @Post()
  async decide(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
    @Body() body: Entries,
  ): Promise<string> {
    const codes = loadTradeCodes();
    const form = readPackageForm(body, (code) => codes.has(code));
    if ('problems' in form) {
      return this.page(request, reply, id, packageId, { problems: form.problems, entries: body });
    }
    try {
      await this.drafting.reviewPackage(request.visitor.actor, uuid(packageId), form.review);
    } catch (error) {
      return this.refused(request, reply, id, packageId, body, error);
    }
    const key = form.review.correction.offered ? 'said.package-offered' : 'said.package-kept';
    return this.pages.redirect(reply, contractorPaths.tender(id), { tone: 'success', key });
  }

  /** Somebody else was faster, or the place is not known: the person chooses again, nothing is lost. */
  private refused(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    packageId: string,
    body: Entries,
    error: unknown,
  ): Promise<string> | string {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'version-changed') {
      const key = 'said.package-changed-meanwhile';
      return this.pages.redirect(reply, contractorPaths.package(id, packageId), { tone: 'notice', key });
    }
    if (error.code !== 'place-unknown' && error.code !== 'place-in-doubt') throw error;
    const params = { found: String(error.params['found'] ?? '') };
    const problem = { field: 'postalCode', key: 'package.problem.postalCode', params };
    return this.page(request, reply, id, packageId, { problems: [problem], entries: body });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    packageId: string,
    form?: FormState,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const { tender, item } = await findPackage(tx, id, packageId);
      return packagePage(tender, item, await tagsOf(tx, [item.id]), await linesOf(tx, item.id));
    });
    return this.pages.html(request, reply, 'contractor/views/package.njk', model, form);
  }
}

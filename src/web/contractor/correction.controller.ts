import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { AmendingService, TenderPipeline } from '../../pipeline/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { UploadedFile, uuid } from '../../platform/http/index.js';
import { limitInWords } from '../../tenders/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { correctionPage, differencesShown, NAMES_SHOWN } from './correction.page.js';
import { findTender } from './find-tender.js';
import { contractorPaths } from './paths.js';

/** A corrected file is brought for a tender; what differs is shown; the contractor accepts it or not. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/corrections')
export class CorrectionController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly pipeline: TenderPipeline,
    private readonly amending: AmendingService,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    return this.form(request, reply, id);
  }

  @Post()
  async bring(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: { readonly file?: unknown } | null,
  ): Promise<string> {
    const file = body?.file;
    if (!(file instanceof UploadedFile) || file.name === '') {
      return this.form(request, reply, id, 'bring.problem.missing');
    }
    if (file.bytes.length === 0) return this.form(request, reply, id, 'bring.problem.empty');
    const { actor } = request.visitor;
    const tender = await this.database.transaction(actor, (tx) => findTender(tx, id));
    const { import: opened } = await this.pipeline.receive(actor, file);
    if (opened.tenderId !== null) return this.form(request, reply, id, 'correction.problem.known');
    if (opened.state !== 'staged') return this.pages.redirect(reply, contractorPaths.reading(opened.id));
    return this.pages.redirect(reply, contractorPaths.correction(tender.id, opened.id));
  }

  @Get(':readingId')
  async preview(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('readingId') readingId: string,
    @Query('page') page: unknown,
  ): Promise<string> {
    return this.difference(request, reply, id, readingId, page);
  }

  @Post(':readingId')
  async accept(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('readingId') readingId: string,
    @Body() body: { readonly comparedWith?: unknown } | null,
  ): Promise<string> {
    try {
      const seen = String(body?.comparedWith);
      await this.amending.accept(request.visitor.actor, uuid(id), uuid(readingId), seen);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'version-changed') {
        const problems = [{ field: 'accept', key: 'correction.problem.changed' }];
        return this.difference(request, reply, id, readingId, undefined, { problems, entries: {} });
      }
      // Accepted already, perhaps by a second press: the tender says so itself.
      if (!(error instanceof Refusal) || error.code !== 'import-not-staged') throw error;
    }
    const key = 'said.correction-accepted';
    return this.pages.redirect(reply, contractorPaths.tender(id), { tone: 'success', key });
  }

  private async difference(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    readingId: string,
    page: unknown,
    form?: FormState,
  ): Promise<string> {
    const seen = await this.amending.see(request.visitor.actor, uuid(id), uuid(readingId), {
      shown: (all) => differencesShown(all, page),
      names: NAMES_SHOWN,
    });
    const model = correctionPage(seen, page, this.clock.now());
    return this.pages.html(request, reply, 'contractor/views/correction.njk', model, form);
  }

  private async form(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    problem?: string,
  ): Promise<string> {
    const tender = await this.database.transaction(request.visitor.actor, (tx) => findTender(tx, id));
    const form = problem ? { problems: [{ field: 'file', key: problem }], entries: {} } : undefined;
    const model = {
      limit: limitInWords('upload'),
      tenderTitle: tender.title,
      tenderHref: contractorPaths.tender(tender.id),
      href: contractorPaths.corrections(tender.id),
      isPublished: tender.status === 'published',
    };
    return this.pages.html(request, reply, 'contractor/views/correction-bring.njk', model, form);
  }
}

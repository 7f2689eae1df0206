import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addDays, dayInBrussels, Refusal } from '../../kernel/index.js';
import { PublishedPipeline } from '../../pipeline/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { formatShortDay } from '../../platform/i18n/index.js';
import { checkExtensionReason } from '../../tenders/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { problemsAtFields } from '../shared/problems-at-fields.js';
import { readDeadlineForm } from './deadline-form.js';
import { findTender } from './find-tender.js';
import { contractorPaths } from './paths.js';

/** Proposed beforehand: a week more. */
const PROPOSED_DAYS = 7;

/** Leaves more time to answer a published tender, with the reason that everybody who heard of it reads. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/extension')
export class ExtensionController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly published: PublishedPipeline,
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
  async extend(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const example = formatShortDay(language, addDays(this.clock.today(), PROPOSED_DAYS));
    const form = readDeadlineForm(body, this.clock.now(), example);
    const reason = checkExtensionReason(body['reason']);
    const problems = [
      ...('problems' in form ? form.problems : []),
      ...(typeof reason === 'string' ? [] : problemsAtFields(reason)),
    ];
    if ('problems' in form || typeof reason !== 'string')
      return this.page(request, reply, id, { problems, entries: body });
    try {
      await this.published.extend(actor, uuid(id), { deadline: form.deadline, reason });
    } catch (error) {
      // Perhaps a colleague was faster: the page shows what stands now, and what this person entered.
      if (!(error instanceof Refusal) || error.code !== 'deadline-not-later') throw error;
      const later = { field: 'deadlineDay', key: 'refusal.deadline-not-later' };
      return this.page(request, reply, id, { problems: [later], entries: body });
    }
    return this.pages.redirect(reply, contractorPaths.board(id), { tone: 'success', key: 'said.extended' });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    form?: FormState,
  ): Promise<string> {
    const tender = await this.database.transaction(request.visitor.actor, (tx) => findTender(tx, id));
    if (tender.status !== 'published' || tender.deadline === null) throw new Refusal('tender-not-published');
    const from = tender.deadline > this.clock.now() ? dayInBrussels(tender.deadline) : this.clock.today();
    const model = {
      title: tender.title,
      deadline: tender.deadline,
      proposedDay: addDays(from, PROPOSED_DAYS),
      href: contractorPaths.extension(tender.id),
      boardHref: contractorPaths.board(tender.id),
    };
    return this.pages.html(request, reply, 'contractor/views/extension.njk', model, form);
  }
}

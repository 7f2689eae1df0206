import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DraftingService } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { Messages } from '../../platform/i18n/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { clauseInWords } from '../shared/clause-in-words.js';
import { clausesPage, readClauseChoice } from './clauses.page.js';
import { findTender } from './find-tender.js';
import { contractorPaths } from './paths.js';

/** What the law of the day allows, and which of it the contractor takes. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/clauses')
export class ClausesController {
  constructor(
    private readonly database: Database,
    private readonly drafting: DraftingService,
    private readonly messages: Messages,
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
  async choose(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const choice = readClauseChoice(body['clause']);
    if (!choice) {
      const problems = [{ field: 'clause', key: 'clauses.problem.choose' }];
      return this.page(request, reply, id, { problems, entries: body });
    }
    const { actor } = request.visitor;
    const tender = await this.database.transaction(actor, (tx) => findTender(tx, id));
    await this.drafting.chooseClause(actor, tender.id, choice.instrument, choice.basis);
    const key = 'said.clause-kept';
    return this.pages.redirect(reply, contractorPaths.publish(tender.id), { tone: 'success', key });
  }

  /** Before the buyer is known there is nothing to choose from. */
  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    form?: FormState,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const tender = await this.database.transaction(actor, (tx) => findTender(tx, id));
    const answer = clauseInWords(tender, this.messages, language);
    if (!answer) return this.pages.redirect(reply, contractorPaths.buyer(tender.id));
    return this.pages.html(request, reply, 'contractor/views/clauses.njk', clausesPage(tender, answer), form);
  }
}

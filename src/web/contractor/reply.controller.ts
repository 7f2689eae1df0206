import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { checkQuestionText, questionById } from '../../answers/index.js';
import { Refusal } from '../../kernel/index.js';
import { TenderPipeline } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { problemsAtFields } from '../shared/problems-at-fields.js';
import { findTender } from './find-tender.js';
import { contractorPaths } from './paths.js';

/** What the contractor says to a question: once, to everybody who sees the package. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/questions/:questionId')
export class ReplyController {
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
    @Param('questionId') questionId: string,
  ): Promise<string> {
    return this.page(request, reply, id, questionId);
  }

  @Post()
  async reply(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('questionId') questionId: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const text = checkQuestionText(body['text']);
    if (typeof text !== 'string') {
      return this.page(request, reply, id, questionId, {
        problems: problemsAtFields(text),
        entries: body,
      });
    }
    try {
      await this.pipeline.reply(request.visitor.actor, uuid(id), uuid(questionId), text);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'question-answered-already') throw error;
      // A colleague was faster: the page shows what was said, and what this person wrote.
      const problems = [{ field: 'text', key: 'refusal.question-answered-already' }];
      return this.page(request, reply, id, questionId, { problems, entries: body });
    }
    const flash = { tone: 'success', key: 'said.question-answered' } as const;
    const { actor } = request.visitor;
    const question = await this.database.transaction(actor, (tx) =>
      questionById(tx, uuid(id), uuid(questionId)),
    );
    const board = question ? contractorPaths.boardAt(id, question.packageId) : contractorPaths.board(id);
    return this.pages.redirect(reply, board, flash);
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    questionId: string,
    form?: FormState,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const tender = await findTender(tx, id);
      const question = await questionById(tx, tender.id, uuid(questionId));
      if (!question) throw new Refusal('not-found');
      return {
        title: question.packageTitle,
        question,
        canReply: tender.status === 'published' && question.reply === null,
        href: contractorPaths.question(tender.id, question.id),
        boardHref: contractorPaths.boardAt(tender.id, question.packageId),
      };
    });
    return this.pages.html(request, reply, 'contractor/views/reply.njk', model, form);
  }
}

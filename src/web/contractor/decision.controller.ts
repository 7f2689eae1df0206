import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  answerById,
  checkDecision,
  decisionOn,
  type ContractorAct,
  type DecisionGiven,
} from '../../answers/index.js';
import { Refusal, systemActor } from '../../kernel/index.js';
import { MailPreviews, TenderPipeline } from '../../pipeline/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { packageById } from '../../tenders/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { problemsAtFields } from '../shared/problems-at-fields.js';
import { decisionPage } from './decision.page.js';
import { findTender } from './find-tender.js';
import { obligationHrefOf } from './obligation-of-tender.js';
import { contractorPaths } from './paths.js';

/** What a person may be told at the form: the page then shows how things stand, and what they chose. */
const AT_THE_FORM = new Set([
  'version-changed',
  'decision-not-possible',
  'package-awarded-already',
  'answer-outdated',
  'team-not-complete',
]);

/** What the contractor decides on one answer. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/answers/:answerId/decision')
export class DecisionController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly pipeline: TenderPipeline,
    private readonly mails: MailPreviews,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('answerId') answerId: string,
  ): Promise<string> {
    return this.page(request, reply, { id, answerId });
  }

  @Post()
  async decide(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('answerId') answerId: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const given = checkDecision(body);
    if (Array.isArray(given))
      return this.page(
        request,
        reply,
        { id, answerId },
        { problems: problemsAtFields(given), entries: body },
      );
    if (body['preview'] === 'yes')
      return this.page(request, reply, { id, answerId }, { problems: [], entries: body }, given);
    const seen = typeof body['seen'] === 'string' && body['seen'] !== '' ? uuid(body['seen']) : null;
    const about = { tenderId: uuid(id), answerId: uuid(answerId), seen };
    try {
      await this.pipeline.decide(request.visitor.actor, about, given);
    } catch (error) {
      if (!(error instanceof Refusal) || !AT_THE_FORM.has(error.code)) throw error;
      const key = error.code === 'version-changed' ? 'decision.problem.changed' : `refusal.${error.code}`;
      return this.page(
        request,
        reply,
        { id, answerId },
        { problems: [{ field: 'act', key }], entries: body },
      );
    }
    const flash = { tone: 'success', key: 'said.decided' } as const;
    const { actor } = request.visitor;
    const answer = await this.database.transaction(actor, (tx) => answerById(tx, uuid(id), uuid(answerId)));
    const board = answer ? contractorPaths.boardAt(id, answer.packageId) : contractorPaths.board(id);
    return this.pages.redirect(reply, board, flash);
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    { id, answerId }: { readonly id: string; readonly answerId: string },
    form?: FormState,
    toPreview?: DecisionGiven<ContractorAct>,
  ): Promise<string> {
    const page = await this.database.transaction(request.visitor.actor, async (tx) => {
      const tender = await findTender(tx, id);
      const answer = await answerById(tx, tender.id, uuid(answerId));
      const decision = answer && (await decisionOn(tx, answer.id));
      if (!decision || answer.kind === 'no') throw new Refusal('not-found');
      const packageTitle = (await packageById(tx, answer.packageId))?.title ?? '';
      const shown = decisionPage({
        answer,
        decision,
        questions: tender.questions,
        packageTitle,
        obligationHref: await obligationHrefOf(tx, tender),
        now: this.clock.now(),
      });
      return { ...shown, packageTitle };
    });
    // The language of an enterprise is not the contractor's to read.
    const mail =
      toPreview === undefined
        ? null
        : await this.database.transaction(systemActor(request.id), (tx) =>
            this.mails.decision(tx, page.answer, page.packageTitle, toPreview),
          );
    return this.pages.html(request, reply, 'contractor/views/decision.njk', { ...page, mail }, form);
  }
}

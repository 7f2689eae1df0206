import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { checkQuestionText, opportunityById } from '../../answers/index.js';
import { Refusal } from '../../kernel/index.js';
import { TenderPipeline } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { problemsAtFields } from '../shared/problems-at-fields.js';
import { enterprisePaths } from './paths.js';

/** A question about a package, asked without the others learning who asks. */
@ApiExcludeController()
@Controller('enterprise/opportunities/:packageId/question')
export class AskController {
  constructor(
    private readonly database: Database,
    private readonly pipeline: TenderPipeline,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('packageId') packageId: string,
  ): Promise<string> {
    return this.page(request, reply, packageId);
  }

  @Post()
  async ask(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('packageId') packageId: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const text = checkQuestionText(body['text']);
    if (typeof text !== 'string') {
      return this.page(request, reply, packageId, { problems: problemsAtFields(text), entries: body });
    }
    const isNew = await this.pipeline.ask(request.visitor.actor, uuid(packageId), text);
    const key = isNew ? 'said.question-sent' : 'said.question-same';
    return this.pages.redirect(reply, enterprisePaths.opportunity(packageId), { tone: 'success', key });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    packageId: string,
    form?: FormState,
  ): Promise<string> {
    const { actor } = request.visitor;
    const found = await this.database.transaction(actor, (tx) =>
      opportunityById(tx, actor.organisationId ?? '', uuid(packageId)),
    );
    if (!found) throw new Refusal('not-found');
    const model = {
      title: found.title,
      contractor: found.contractor,
      deadline: found.deadline,
      href: enterprisePaths.question(packageId),
      backHref: enterprisePaths.opportunity(packageId),
    };
    return this.pages.html(request, reply, 'enterprise/views/ask.njk', model, form);
  }
}

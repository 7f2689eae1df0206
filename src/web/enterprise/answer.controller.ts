import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { checkAnswer, opportunityById, standingAnswer } from '../../answers/index.js';
import { Refusal, type Problem } from '../../kernel/index.js';
import { TenderPipeline } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import type { FieldProblem } from '../shared/render/page-context.js';
import { answerPage } from './opportunity.page.js';
import { enterprisePaths } from './paths.js';

/** The answer to a package: a link shows the form with its answer chosen, the button sends it. */
@ApiExcludeController()
@Controller('enterprise/opportunities/:packageId/answer')
export class AnswerController {
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
    @Query('kind') kind: unknown,
  ): Promise<string> {
    return this.page(request, reply, packageId, kind);
  }

  @Post()
  async send(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('packageId') packageId: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const given = checkAnswer(body);
    if (Array.isArray(given)) {
      const form = { problems: given.map(fieldProblem), entries: body };
      return this.page(request, reply, packageId, body['kind'], form);
    }
    const { eventId } = await this.pipeline.answer(request.visitor.actor, uuid(packageId), given);
    const key = eventId === null ? 'said.answer-same' : 'said.answer-sent';
    // Whoever looks for a team is asked next whom.
    const next =
      given.kind === 'team' ? enterprisePaths.team(packageId) : enterprisePaths.opportunity(packageId);
    return this.pages.redirect(reply, next, { tone: 'success', key });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    packageId: string,
    kind: unknown,
    form?: FormState,
  ): Promise<string> {
    const { actor } = request.visitor;
    const organisationId = actor.organisationId ?? '';
    const model = await this.database.transaction(actor, async (tx) => {
      const found = await opportunityById(tx, organisationId, uuid(packageId));
      if (!found) throw new Refusal('not-found');
      return answerPage(found, await standingAnswer(tx, found.packageId, organisationId), kind);
    });
    return this.pages.html(request, reply, 'enterprise/views/answer.njk', model, form);
  }
}

function fieldProblem({ code, place, found, expected }: Problem): FieldProblem {
  const field = place !== null && 'pointer' in place ? place.pointer.slice(1) : 'kind';
  const key = `problem.${code}`;
  return { field, key, params: { found: found ?? '', expected: expected ?? '' } };
}

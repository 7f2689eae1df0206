import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  checkWinnerReply,
  decisionFor,
  opportunityById,
  standingState,
  WINNER_ACTS,
} from '../../answers/index.js';
import { Refusal } from '../../kernel/index.js';
import { TenderPipeline } from '../../pipeline/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { problemsAtFields } from '../shared/problems-at-fields.js';
import { enterprisePaths } from './paths.js';

/** The word of the enterprise that was awarded the work. */
@ApiExcludeController()
@Controller('enterprise/opportunities/:packageId/award')
export class AwardController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
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
  async send(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('packageId') packageId: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const given = checkWinnerReply(body);
    if (Array.isArray(given))
      return this.page(request, reply, packageId, { problems: problemsAtFields(given), entries: body });
    await this.pipeline.replyToAward(request.visitor.actor, uuid(packageId), given);
    const flash = { tone: 'success', key: `said.award-${given.act}` } as const;
    return this.pages.redirect(reply, enterprisePaths.opportunity(packageId), flash);
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    packageId: string,
    form?: FormState,
  ): Promise<string> {
    const { actor } = request.visitor;
    const organisationId = actor.organisationId ?? '';
    const model = await this.database.transaction(actor, async (tx) => {
      const found = await opportunityById(tx, organisationId, uuid(packageId));
      const decision = found && (await decisionFor(tx, found.packageId, organisationId));
      if (!found || !decision?.id) throw new Refusal('not-found');
      const state = standingState(decision.state, decision.confirmBy, this.clock.now());
      if (state !== 'awarded')
        throw new Refusal(state === 'lapsed' ? 'award-lapsed' : 'decision-not-possible');
      return {
        title: found.title,
        contractor: found.contractor,
        confirmBy: decision.confirmBy,
        message: decision.message,
        acts: WINNER_ACTS,
        href: enterprisePaths.award(packageId),
        backHref: enterprisePaths.opportunity(packageId),
      };
    });
    return this.pages.html(request, reply, 'enterprise/views/award.njk', model, form);
  }
}

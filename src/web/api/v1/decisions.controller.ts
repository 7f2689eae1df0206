import { Body, Controller, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { checkDecision, checkWinnerReply, decisionsOn, standingState } from '../../../answers/index.js';
import { Refusal, type Actor } from '../../../kernel/index.js';
import { TenderPipeline } from '../../../pipeline/index.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/db/index.js';
import { CurrentActor, Refuses, uuid } from '../../../platform/http/index.js';
import { tenderById } from '../../../tenders/index.js';
import { Decide, DecisionList, ReplyToAward } from './decisions.dto.js';
import { invalid } from './invalid.js';

@ApiTags('tenders')
@Controller('api/v1/tenders/:id')
export class DecisionsController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly pipeline: TenderPipeline,
  ) {}

  @Get('decisions')
  @ApiOperation({ summary: 'What became of each standing answer.' })
  @ApiOkResponse({ type: DecisionList })
  @Refuses('not-found')
  list(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<DecisionList> {
    return this.database.transaction(actor, async (tx) => {
      if (!(await tenderById(tx, uuid(id)))) throw new Refusal('not-found');
      const now = this.clock.now();
      const found = (await decisionsOn(tx, id)).filter(({ kind }) => kind !== 'no');
      return {
        items: found.map(({ id: decisionId, answerId, packageId, state, reason, message, confirmBy }) => ({
          id: decisionId,
          answerId,
          packageId,
          state: standingState(state, confirmBy, now),
          reason,
          message,
          confirmBy: confirmBy?.toISOString() ?? null,
        })),
      };
    });
  }

  @Put('answers/:answerId/decision')
  @HttpCode(204)
  @ApiOperation({ summary: 'Decide on an answer: keep it for talks, decline it, or award what it offers.' })
  @ApiNoContentResponse()
  @Refuses(
    'not-found',
    'version-changed',
    'decision-not-possible',
    'tender-not-published',
    'answer-outdated',
    'package-awarded-already',
    'package-withdrawn',
    'team-not-complete',
    'request-invalid',
  )
  async decide(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('answerId') answerId: string,
    @Body() body: Decide,
  ): Promise<void> {
    const given = checkDecision({ ...body });
    if (Array.isArray(given)) throw invalid(given);
    const about = { tenderId: uuid(id), answerId: uuid(answerId), seen: body.seen ?? null };
    await this.pipeline.decide(actor, about, given);
  }
}

@ApiTags('opportunities')
@Controller('api/v1/opportunities/:packageId/award')
export class AwardsController {
  constructor(private readonly pipeline: TenderPipeline) {}

  @Put()
  @HttpCode(204)
  @ApiOperation({ summary: 'Confirm or refuse what was awarded to your enterprise.' })
  @ApiNoContentResponse()
  @Refuses(
    'not-found',
    'decision-not-possible',
    'tender-not-published',
    'award-lapsed',
    'team-not-complete',
    'request-invalid',
  )
  async reply(
    @CurrentActor() actor: Actor,
    @Param('packageId') packageId: string,
    @Body() body: ReplyToAward,
  ): Promise<void> {
    const given = checkWinnerReply({ ...body });
    if (Array.isArray(given)) throw invalid(given);
    await this.pipeline.replyToAward(actor, uuid(packageId), given);
  }
}

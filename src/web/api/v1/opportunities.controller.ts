import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import {
  AnswerService,
  askedBy,
  checkAnswer,
  opportunitiesAfter,
  opportunityById,
  type Opportunity,
} from '../../../answers/index.js';
import { Refusal, type Language } from '../../../kernel/index.js';
import { OpenList, TenderPipeline } from '../../../pipeline/index.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/db/index.js';
import { CurrentVisitor, Refuses, uuid, type Visitor } from '../../../platform/http/index.js';
import { Messages } from '../../../platform/i18n/index.js';
import { criterionShape } from './criterion.shape.js';
import { invalid } from './invalid.js';
import { GiveAnswer, OpportunityList, OpportunityShape } from './opportunities.dto.js';
import { AnswerShape, answerShape, money } from './shapes.dto.js';

/** As in the other lists. */
const SIZE = 100;

@ApiTags('opportunities')
@Controller('api/v1/opportunities')
export class OpportunitiesController {
  constructor(
    private readonly pipeline: TenderPipeline,
    private readonly answers: AnswerService,
    private readonly openList: OpenList,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly messages: Messages,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Packages that fit your enterprise, whether it was told of them or not, with why. Their order is one that no answer changes: begin anew to see what has come since.',
  })
  @ApiQuery({ name: 'after', required: false, description: 'Continue after this package.' })
  @ApiOkResponse({ type: OpportunityList })
  @Refuses('not-found')
  async list(
    @CurrentVisitor() { actor, language }: Visitor,
    @Query('after') after?: string,
  ): Promise<OpportunityList> {
    const from = after === undefined ? null : uuid(after);
    await this.openList.bringUpToDate(actor);
    const { items, next } = await this.database.transaction(actor, (tx) =>
      opportunitiesAfter(tx, actor.organisationId!, this.clock.now(), from, SIZE),
    );
    return { items: items.map((opportunity) => this.shape(opportunity, language)), next };
  }

  @Get(':packageId')
  @ApiOperation({ summary: 'One package that fits your enterprise.' })
  @ApiOkResponse({ type: OpportunityShape })
  @Refuses('not-found')
  async show(
    @CurrentVisitor() { actor, language }: Visitor,
    @Param('packageId') packageId: string,
  ): Promise<OpportunityShape> {
    await this.openList.bring(actor, uuid(packageId));
    const found = await this.database.transaction(actor, (tx) =>
      this.answers.read(tx, actor, uuid(packageId)),
    );
    return this.shape(found, language);
  }

  @Put(':packageId/answer')
  @ApiOperation({ summary: 'Answer: all of it, a part, a team, or no. A later answer replaces the former.' })
  @ApiOkResponse({ type: AnswerShape })
  @Refuses(
    'not-found',
    'tender-not-published',
    'package-awarded-already',
    'answer-awarded',
    'answer-too-late',
    'no-longer-a-match',
    'package-withdrawn',
    'request-invalid',
  )
  async answer(
    @CurrentVisitor() { actor }: Visitor,
    @Param('packageId') packageId: string,
    @Body() body: GiveAnswer,
  ): Promise<AnswerShape> {
    await this.openList.bring(actor, uuid(packageId));
    const asked = await this.database.transaction(actor, async (tx) => {
      const found = await opportunityById(tx, actor.organisationId ?? '', uuid(packageId));
      if (!found) throw new Refusal('not-found');
      return askedBy(tx, actor.organisationId ?? '', found);
    });
    const given = checkAnswer({ ...body }, asked);
    if (Array.isArray(given)) throw invalid(given);
    const { answer } = await this.pipeline.answer(actor, uuid(packageId), given);
    return answerShape(answer);
  }

  private shape(found: Opportunity, language: Language): OpportunityShape {
    const { packageId, title, contractor, municipality, trades, startsOn, endsOn, status, verdict } = found;
    const { fitsNow, isInvited, withdrawal, answer } = found;
    return {
      packageId,
      title,
      contractor,
      municipality,
      trades: [...trades],
      value: money(found.value, found.currency),
      startsOn,
      endsOn,
      deadline: found.deadline?.toISOString() ?? null,
      status,
      verdict,
      questions: [...found.questions],
      asksPrice: found.asksPrice,
      fitsNow,
      isInvited,
      withdrawal,
      criteria: found.criteria.map((criterion) => criterionShape(this.messages, language, criterion)),
      answer,
    };
  }
}

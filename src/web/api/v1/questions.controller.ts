import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  checkQuestionText,
  clarificationsOf,
  opportunityById,
  questionsOn,
  waitingQuestions,
} from '../../../answers/index.js';
import { Refusal, type Actor } from '../../../kernel/index.js';
import { TenderPipeline } from '../../../pipeline/index.js';
import { Database } from '../../../platform/db/index.js';
import { CurrentActor, Refuses, uuid } from '../../../platform/http/index.js';
import { tenderById } from '../../../tenders/index.js';
import { invalid } from './invalid.js';
import { ClarificationList, QuestionList, QuestionText } from './questions.dto.js';

@ApiTags('opportunities')
@Controller('api/v1/opportunities/:packageId/questions')
export class OpportunityQuestionsController {
  constructor(
    private readonly database: Database,
    private readonly pipeline: TenderPipeline,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What was asked and said about a package, and what you asked.' })
  @ApiOkResponse({ type: ClarificationList })
  @Refuses('not-found')
  list(@CurrentActor() actor: Actor, @Param('packageId') packageId: string): Promise<ClarificationList> {
    const organisationId = actor.organisationId!;
    return this.database.transaction(actor, async (tx) => {
      const found = await opportunityById(tx, organisationId, uuid(packageId));
      if (!found) throw new Refusal('not-found');
      const said = await clarificationsOf(tx, packageId);
      const waiting = await waitingQuestions(tx, packageId, organisationId);
      return {
        items: [
          ...said.map((item) => ({ ...item, repliedAt: item.repliedAt.toISOString() })),
          ...waiting.map(({ id, text }) => ({ id, question: text, reply: null, repliedAt: null })),
        ],
      };
    });
  }

  @Post()
  @HttpCode(204)
  @ApiOperation({ summary: 'Ask about a package. The same question again changes nothing.' })
  @ApiNoContentResponse()
  @Refuses(
    'not-found',
    'tender-not-published',
    'package-awarded-already',
    'answer-too-late',
    'no-longer-a-match',
    'package-withdrawn',
    'request-invalid',
  )
  async ask(
    @CurrentActor() actor: Actor,
    @Param('packageId') packageId: string,
    @Body() body: QuestionText,
  ): Promise<void> {
    const text = checkQuestionText(body.text);
    if (typeof text !== 'string') throw invalid(text);
    await this.pipeline.ask(actor, uuid(packageId), text);
  }
}

@ApiTags('tenders')
@Controller('api/v1/tenders/:id/questions')
export class TenderQuestionsController {
  constructor(
    private readonly database: Database,
    private readonly pipeline: TenderPipeline,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What enterprises ask about its packages, what waits first.' })
  @ApiOkResponse({ type: QuestionList })
  @Refuses('not-found')
  list(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<QuestionList> {
    return this.database.transaction(actor, async (tx) => {
      if (!(await tenderById(tx, uuid(id)))) throw new Refusal('not-found');
      const found = await questionsOn(tx, id);
      return {
        items: found.map(({ id: questionId, packageId, enterprise, text, askedAt, reply, repliedAt }) => ({
          id: questionId,
          packageId,
          enterprise,
          question: text,
          askedAt: askedAt.toISOString(),
          reply,
          repliedAt: repliedAt?.toISOString() ?? null,
        })),
      };
    });
  }

  @Put(':questionId/reply')
  @HttpCode(204)
  @ApiOperation({ summary: 'Answer a question, once, for everybody who sees the package.' })
  @ApiNoContentResponse()
  @Refuses('not-found', 'tender-not-published', 'question-answered-already', 'request-invalid')
  async reply(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('questionId') questionId: string,
    @Body() body: QuestionText,
  ): Promise<void> {
    const text = checkQuestionText(body.text);
    if (typeof text !== 'string') throw invalid(text);
    await this.pipeline.reply(actor, uuid(id), uuid(questionId), text);
  }
}

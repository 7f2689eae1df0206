import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Actor, Problem } from '../../../kernel/index.js';
import { excuseOf, ObligationsService } from '../../../obligations/index.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/db/index.js';
import { CurrentActor, Refuses, uuid } from '../../../platform/http/index.js';
import { invalid } from './invalid.js';
import {
  AddAttempt,
  AddEntry,
  CorrectDebt,
  EndEntry,
  EnteredObligation,
  EnterObligation,
} from './obligations.dto.js';
import {
  AttemptLogShape,
  attemptLogShape,
  ObligationList,
  ObligationShape,
  obligationShape,
} from './obligations.shape.js';

@ApiTags('obligations')
@Controller('api/v1/obligations')
export class ObligationsApiController {
  constructor(
    private readonly obligations: ObligationsService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'What your main contracts leave you to do, newest first, with the balance of each.',
  })
  @ApiOkResponse({ type: ObligationList })
  async list(@CurrentActor() actor: Actor): Promise<ObligationList> {
    const found = await this.database.transaction(actor, (tx) => this.obligations.list(tx, actor));
    return { items: found.map(obligationShape) };
  }

  @Post()
  @ApiOperation({ summary: 'Enter what a main contract leaves you to do.' })
  @ApiCreatedResponse({ type: EnteredObligation })
  @Refuses('not-found', 'request-invalid', 'main-contract-known')
  async enter(@CurrentActor() actor: Actor, @Body() body: EnterObligation): Promise<EnteredObligation> {
    const entered = await this.obligations.enter(actor, { ...body });
    if (Array.isArray(entered)) throw invalid(entered);
    return entered as EnteredObligation;
  }

  @Get(':id')
  @ApiOperation({ summary: 'One debt, the law it comes from, its balance and every entry.' })
  @ApiOkResponse({ type: ObligationShape })
  @Refuses('not-found')
  async show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ObligationShape> {
    return obligationShape(
      await this.database.transaction(actor, (tx) => this.obligations.show(tx, uuid(id))),
    );
  }

  @Put(':id/debt')
  @HttpCode(204)
  @ApiOperation({ summary: 'Correct what is due; the former version stays in the history.' })
  @ApiNoContentResponse()
  @Refuses('not-found', 'request-invalid')
  async correct(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: CorrectDebt,
  ): Promise<void> {
    orRefuse(await this.obligations.correct(actor, uuid(id), { ...body }));
  }

  @Post(':id/entries')
  @HttpCode(204)
  @ApiOperation({ summary: 'Enter what is planned, committed, performed, proven or waived.' })
  @ApiNoContentResponse()
  @Refuses(
    'not-found',
    'request-invalid',
    'package-serves-another',
    'answer-engaged-already',
    'performance-proven-already',
    'document-counted-already',
    'entry-leant-on',
  )
  async addEntry(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: AddEntry,
  ): Promise<void> {
    orRefuse(await this.obligations.addEntry(actor, uuid(id), { ...body }));
  }

  @Post(':id/entries/:entryId/end')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take an entry back; it stays in the history with the reason.' })
  @ApiNoContentResponse()
  @Refuses('not-found', 'request-invalid', 'entry-leant-on')
  async endEntry(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('entryId') entryId: string,
    @Body() body: EndEntry,
  ): Promise<void> {
    orRefuse(await this.obligations.endEntry(actor, uuid(id), uuid(entryId), { ...body }));
  }

  @Get(':id/attempts')
  @ApiOperation({ summary: 'What was tried to honour the clause, on Maillon and outside it.' })
  @ApiOkResponse({ type: AttemptLogShape })
  @Refuses('not-found')
  attempts(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<AttemptLogShape> {
    return this.database.transaction(actor, async (tx) => {
      const { debt } = await this.obligations.show(tx, uuid(id));
      const log = await this.obligations.log(tx, uuid(id));
      const now = this.clock.now();
      return attemptLogShape(log, excuseOf(debt.clause, debt.region, log.offers, log.attempts, now), now);
    });
  }

  @Post(':id/attempts')
  @HttpCode(204)
  @ApiOperation({ summary: 'Add a line to the log; a line never changes, another corrects it.' })
  @ApiNoContentResponse()
  @Refuses('not-found', 'request-invalid')
  async addAttempt(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: AddAttempt,
  ): Promise<void> {
    orRefuse(await this.obligations.addAttempt(actor, uuid(id), { ...body }));
  }
}

function orRefuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw invalid(problems);
}

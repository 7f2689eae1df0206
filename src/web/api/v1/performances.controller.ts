import { Body, Controller, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/index.js';
import { PerformancesService, type Performance } from '../../../obligations/index.js';
import { Database } from '../../../platform/db/index.js';
import { CurrentActor, Refuses, uuid } from '../../../platform/http/index.js';
import { invalid } from './invalid.js';
import { PerformanceList, PerformanceShape, SayOfPerformance } from './performances.dto.js';

const PAGE = 25;

/** What contractors say the enterprise did: it confirms or disputes, nobody does it in its place. */
@ApiTags('performances')
@Controller('api/v1/performances')
export class PerformancesApiController {
  constructor(
    private readonly performances: PerformancesService,
    private readonly database: Database,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Work that contractors entered as done by your enterprise, entered last first.' })
  @ApiQuery({ name: 'before', required: false, description: 'Continue after this performance.' })
  @ApiOkResponse({ type: PerformanceList })
  async list(@CurrentActor() actor: Actor, @Query('before') before?: string): Promise<PerformanceList> {
    const after = before === undefined ? null : uuid(before);
    const found = await this.database.transaction(actor, (tx) =>
      this.performances.page(tx, actor, PAGE, after),
    );
    return { items: found.map(shape), next: found.length === PAGE ? found.at(-1)!.id : null };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One performance, and what your enterprise said of it.' })
  @ApiOkResponse({ type: PerformanceShape })
  @Refuses('not-found')
  async show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<PerformanceShape> {
    return shape(await this.database.transaction(actor, (tx) => this.performances.show(tx, actor, uuid(id))));
  }

  @Put(':id/confirmation')
  @HttpCode(204)
  @ApiOperation({ summary: 'Confirm it, or dispute it with a reason. A later word replaces the former.' })
  @ApiNoContentResponse()
  @Refuses('not-found', 'request-invalid')
  async say(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: SayOfPerformance,
  ): Promise<void> {
    const problems = await this.performances.say(actor, uuid(id), { ...body });
    if (problems.length > 0) throw invalid(problems);
  }
}

function shape(found: Performance): PerformanceShape {
  const { id, contractor, packageTitle, route, quantity, onDay, document, verdict, reason, saidAt } = found;
  return {
    id,
    contractor,
    packageTitle,
    route,
    quantity,
    onDay,
    document,
    verdict,
    reason,
    saidAt: saidAt?.toISOString() ?? null,
  };
}

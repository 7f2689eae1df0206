import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/index.js';
import { Database } from '../../../platform/db/index.js';
import { CurrentActor, Refuses, uuid } from '../../../platform/http/index.js';
import { columnLayouts, LayoutService } from '../../../tenders/index.js';
import { LayoutList } from './layouts.dto.js';

@ApiTags('readings')
@Controller('api/v1/layouts')
export class LayoutsController {
  constructor(
    private readonly database: Database,
    private readonly layouts: LayoutService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Headers whose columns your organisation has told, newest first.' })
  @ApiOkResponse({ type: LayoutList })
  async list(@CurrentActor() actor: Actor): Promise<LayoutList> {
    const found = await this.database.transaction(actor, (tx) =>
      columnLayouts(tx, actor.organisationId ?? ''),
    );
    return { items: found.map((layout) => ({ ...layout, decidedAt: layout.decidedAt.toISOString() })) };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Forget what was told of a header.' })
  @ApiNoContentResponse()
  @Refuses('not-found')
  async revoke(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.database.transaction(actor, (tx) => this.layouts.revoke(tx, actor, uuid(id)));
  }
}

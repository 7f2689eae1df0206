import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { opportunityById } from '../../../answers/index.js';
import { Refusal, type Actor } from '../../../kernel/index.js';
import { SharingService } from '../../../pipeline/index.js';
import { Database } from '../../../platform/db/index.js';
import { CurrentActor, Refuses, uuid } from '../../../platform/http/index.js';
import { sharedFilesOf } from '../../../tenders/index.js';
import { asDownload } from '../../shared/as-download.js';
import { SharedFileList, sharedFileShape } from './shapes.dto.js';

@ApiTags('opportunities')
@Controller('api/v1/opportunities/:packageId/files')
export class SharedFilesApiController {
  constructor(
    private readonly sharing: SharingService,
    private readonly database: Database,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Files of the tender that its contractor shares with who sees the package.' })
  @ApiOkResponse({ type: SharedFileList })
  @Refuses('not-found')
  list(@CurrentActor() actor: Actor, @Param('packageId') packageId: string): Promise<SharedFileList> {
    return this.database.transaction(actor, async (tx) => {
      const found = await opportunityById(tx, actor.organisationId ?? '', uuid(packageId));
      if (!found) throw new Refusal('not-found');
      return { items: (await sharedFilesOf(tx, found.tenderId)).map(sharedFileShape) };
    });
  }

  @Get(':fileId')
  @ApiOperation({ summary: 'One of them, as it came. The contractor sees that it was opened.' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Refuses('not-found')
  async file(
    @CurrentActor() actor: Actor,
    @Param('packageId') packageId: string,
    @Param('fileId') fileId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return asDownload(reply, await this.sharing.seen(actor, uuid(packageId), uuid(fileId)));
  }
}

import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SharingService } from '../../pipeline/index.js';
import { uuid } from '../../platform/http/index.js';
import { asDownload } from '../shared/as-download.js';

/** What the contractor shares of the tender of a package. */
@ApiExcludeController()
@Controller('enterprise/opportunities/:packageId/files')
export class SharedFilesController {
  constructor(private readonly sharing: SharingService) {}

  @Get(':fileId')
  async file(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('packageId') packageId: string,
    @Param('fileId') fileId: string,
  ): Promise<Buffer> {
    return asDownload(reply, await this.sharing.seen(request.visitor.actor, uuid(packageId), uuid(fileId)));
  }
}

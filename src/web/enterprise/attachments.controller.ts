import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AttachingService } from '../../pipeline/index.js';
import { uuid } from '../../platform/http/index.js';
import { asDownload } from '../shared/as-download.js';

/** What an enterprise attached to its own answer, back to it. */
@ApiExcludeController()
@Controller('enterprise/opportunities/:packageId/attachments')
export class OwnAttachmentsController {
  constructor(private readonly attaching: AttachingService) {}

  @Get(':attachmentId')
  async file(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('packageId') packageId: string,
    @Param('attachmentId') attachmentId: string,
  ): Promise<Buffer> {
    const { actor } = request.visitor;
    return asDownload(reply, await this.attaching.own(actor, uuid(packageId), uuid(attachmentId)));
  }
}

import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AttachingService } from '../../pipeline/index.js';
import { uuid } from '../../platform/http/index.js';
import { asDownload } from '../shared/as-download.js';

/** What came with an answer, to whoever decides on it. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/answers/:answerId/attachments')
export class AnswerAttachmentsController {
  constructor(private readonly attaching: AttachingService) {}

  @Get(':attachmentId')
  async file(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('answerId') answerId: string,
    @Param('attachmentId') attachmentId: string,
  ): Promise<Buffer> {
    const { actor } = request.visitor;
    const found = await this.attaching.ofAnswer(actor, uuid(id), uuid(answerId), uuid(attachmentId));
    return asDownload(reply, found);
  }
}

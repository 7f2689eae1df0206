import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { attachmentsOf, opportunityById } from '../../../answers/index.js';
import { Refusal, type Actor } from '../../../kernel/index.js';
import { AttachingService } from '../../../pipeline/index.js';
import { Database } from '../../../platform/db/index.js';
import {
  BringsFile,
  BroughtFile,
  CurrentActor,
  Refuses,
  type UploadedFile,
  uuid,
} from '../../../platform/http/index.js';
import { asDownload } from '../../shared/as-download.js';
import { AttachmentList, AttachmentShape } from './shapes.dto.js';

const FILE = { schema: { type: 'string', format: 'binary' } } as const;

@ApiTags('opportunities')
@Controller('api/v1/opportunities/:packageId/attachments')
export class AttachmentsApiController {
  constructor(
    private readonly attaching: AttachingService,
    private readonly database: Database,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Files brought for your answer to this package, sent or not yet.' })
  @ApiOkResponse({ type: AttachmentList })
  @Refuses('not-found')
  list(@CurrentActor() actor: Actor, @Param('packageId') packageId: string): Promise<AttachmentList> {
    const organisationId = actor.organisationId ?? '';
    return this.database.transaction(actor, async (tx) => {
      if (!(await opportunityById(tx, organisationId, uuid(packageId)))) throw new Refusal('not-found');
      return { items: await attachmentsOf(tx, uuid(packageId), organisationId) };
    });
  }

  @Post()
  @ApiOperation({
    summary:
      'Bring a file for your answer. It is sent with the next answer that names it; one that is not named is deleted then.',
  })
  @BringsFile()
  @ApiCreatedResponse({ type: AttachmentShape })
  @Refuses(
    'not-found',
    'tender-not-published',
    'package-awarded-already',
    'answer-awarded',
    'answer-too-late',
    'no-longer-a-match',
    'package-withdrawn',
    'attachments-too-many',
    'file-missing',
    'document-unfit',
    'document-too-large',
    'file-infected',
    'scan-unavailable',
  )
  async bring(
    @CurrentActor() actor: Actor,
    @Param('packageId') packageId: string,
    @BroughtFile() file: UploadedFile,
  ): Promise<AttachmentShape> {
    return this.attaching.attach(actor, uuid(packageId), file);
  }

  @Get(':attachmentId')
  @ApiOperation({ summary: 'One of them, as it came.' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse(FILE)
  @Refuses('not-found')
  async file(
    @CurrentActor() actor: Actor,
    @Param('packageId') packageId: string,
    @Param('attachmentId') attachmentId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return asDownload(reply, await this.attaching.own(actor, uuid(packageId), uuid(attachmentId)));
  }
}

@ApiTags('tenders')
@Controller('api/v1/tenders/:id/answers/:answerId/attachments')
export class AnswerAttachmentsApiController {
  constructor(private readonly attaching: AttachingService) {}

  @Get(':attachmentId')
  @ApiOperation({ summary: 'A file that came with an answer. The enterprise sees that you opened it.' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse(FILE)
  @Refuses('not-found')
  async file(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('answerId') answerId: string,
    @Param('attachmentId') attachmentId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const found = await this.attaching.ofAnswer(actor, uuid(id), uuid(answerId), uuid(attachmentId));
    return asDownload(reply, found);
  }
}

import { Controller, Delete, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../../kernel/index.js';
import { SharingService } from '../../../pipeline/index.js';
import {
  BringsFile,
  BroughtFile,
  CurrentActor,
  Refuses,
  type UploadedFile,
  uuid,
} from '../../../platform/http/index.js';
import { asDownload } from '../../shared/as-download.js';
import { SharedFileList, sharedFileShape } from './shapes.dto.js';

@ApiTags('tenders')
@Controller('api/v1/tenders/:id/files')
export class TenderFilesApiController {
  constructor(private readonly sharing: SharingService) {}

  @Get()
  @ApiOperation({ summary: 'What enterprises that see a package of the tender may download.' })
  @ApiOkResponse({ type: SharedFileList })
  @Refuses('not-found')
  async list(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SharedFileList> {
    return { items: (await this.sharing.list(actor, uuid(id))).files.map(sharedFileShape) };
  }

  @Post()
  @HttpCode(204)
  @ApiOperation({ summary: 'Share a file: a plan, terms, a photo.' })
  @BringsFile()
  @ApiNoContentResponse()
  @Refuses(
    'not-found',
    'tender-closed',
    'shared-too-many',
    'file-missing',
    'document-unfit',
    'document-too-large',
    'file-infected',
    'scan-unavailable',
  )
  async add(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @BroughtFile() file: UploadedFile,
  ): Promise<void> {
    await this.sharing.add(actor, uuid(id), file);
  }

  @Put('original')
  @HttpCode(204)
  @ApiOperation({ summary: 'Share the document that the tender was read from; it is not shared by itself.' })
  @ApiNoContentResponse()
  @Refuses('not-found', 'tender-closed')
  async addOriginal(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.sharing.addOriginal(actor, uuid(id));
  }

  @Get(':fileId')
  @ApiOperation({ summary: 'One of them, as it came.' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Refuses('not-found')
  async file(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('fileId') fileId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    return asDownload(reply, await this.sharing.own(actor, uuid(id), uuid(fileId)));
  }

  @Delete(':fileId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Share it no longer; whoever has it keeps it.' })
  @ApiNoContentResponse()
  @Refuses('not-found', 'tender-closed')
  async remove(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('fileId') fileId: string,
  ): Promise<void> {
    await this.sharing.remove(actor, uuid(id), uuid(fileId));
  }
}

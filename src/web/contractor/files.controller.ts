import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SharingService } from '../../pipeline/index.js';
import { uuid } from '../../platform/http/index.js';
import { asDownload } from '../shared/as-download.js';
import { keepFiles } from '../shared/keep-files.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import type { FieldProblem } from '../shared/render/page-context.js';
import { filesPage } from './files.page.js';
import { contractorPaths } from './paths.js';

/** Which files of a tender the enterprises that see it may have. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/files')
export class FilesController {
  constructor(
    private readonly sharing: SharingService,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    return this.page(request, reply, id);
  }

  @Post()
  async add(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Readonly<Record<string, unknown>> | null,
  ): Promise<string> {
    const problems: FieldProblem[] = [];
    const { actor } = request.visitor;
    const kept = await keepFiles(body ?? {}, (file) => this.sharing.add(actor, uuid(id), file), problems);
    if (kept.length === 0 && problems.length === 0)
      problems.push({ field: 'files', key: 'refusal.file-missing' });
    if (problems.length > 0) return this.page(request, reply, id, { problems, entries: {} });
    return this.done(reply, id, 'said.file-shared');
  }

  @Post('original')
  async original(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    await this.sharing.addOriginal(request.visitor.actor, uuid(id));
    return this.done(reply, id, 'said.file-shared');
  }

  @Get(':fileId')
  async file(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('fileId') fileId: string,
  ): Promise<Buffer> {
    return asDownload(reply, await this.sharing.own(request.visitor.actor, uuid(id), uuid(fileId)));
  }

  @Post(':fileId/removal')
  async remove(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('fileId') fileId: string,
  ): Promise<string> {
    await this.sharing.remove(request.visitor.actor, uuid(id), uuid(fileId));
    return this.done(reply, id, 'said.file-unshared');
  }

  private done(reply: FastifyReply, id: string, key: string): string {
    return this.pages.redirect(reply, contractorPaths.files(uuid(id)), { tone: 'success', key });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    form?: FormState,
  ): Promise<string> {
    const model = filesPage(await this.sharing.list(request.visitor.actor, uuid(id)));
    return this.pages.html(request, reply, 'contractor/views/files.njk', model, form);
  }
}

import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { TenderPipeline } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { UploadedFile, uuid } from '../../platform/http/index.js';
import { Messages } from '../../platform/i18n/index.js';
import {
  descriptionOfImport,
  importById,
  limitInWords,
  openDescriptions,
  ReadingAnswersService,
} from '../../tenders/index.js';
import { Pages } from '../shared/pages.service.js';
import { problemsInWords } from '../shared/problems-in-words.js';
import { bringPage } from './bring.page.js';
import { exampleTender } from './example-tender.js';
import { contractorPaths } from './paths.js';
import { readingPage } from './reading.page.js';

/** A file comes in; what was understood is shown; the contractor takes it up as a draft. */
@ApiExcludeController()
@Controller('contractor')
export class BringController {
  constructor(
    private readonly database: Database,
    private readonly pipeline: TenderPipeline,
    private readonly answers: ReadingAnswersService,
    private readonly messages: Messages,
    private readonly pages: Pages,
  ) {}

  @Get('tenders/new')
  show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.form(request, reply);
  }

  @Post('tenders/new')
  async bring(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: { readonly file?: unknown } | null,
  ): Promise<string> {
    const file = body?.file;
    if (!(file instanceof UploadedFile) || file.name === '') {
      return this.form(request, reply, 'bring.problem.missing');
    }
    if (file.bytes.length === 0) return this.form(request, reply, 'bring.problem.empty');
    return this.receive(request, reply, file);
  }

  /** A tender to try with: it comes in by the door of every file. */
  @Post('tenders/new/example')
  async example(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.receive(request, reply, await exampleTender());
  }

  @Get('readings/:id')
  async reading(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Query('page') page: unknown,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const { opened, description } = await this.database.transaction(actor, async (tx) => ({
      opened: await importById(tx, uuid(id)),
      description: await descriptionOfImport(tx, uuid(id), actor.personId!),
    }));
    if (!opened) throw new Refusal('not-found');
    const problems = problemsInWords(this.messages, language, opened.problems);
    const model = {
      ...readingPage(opened, problems, page),
      descriptionHref: description && contractorPaths.description(description.id),
    };
    return this.pages.html(request, reply, 'contractor/views/reading.njk', model);
  }

  @Post('readings/:id')
  async takeUp(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    const tenderId = await this.pipeline.takeUp(request.visitor.actor, uuid(id));
    const key = 'said.draft-made';
    return this.pages.redirect(reply, contractorPaths.tender(tenderId), { tone: 'success', key });
  }

  /** A person says which of two readings is meant. */
  @Post('readings/:id/answers')
  async answer(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Readonly<Record<string, unknown>> | null,
  ): Promise<string> {
    const { question, reading } = body ?? {};
    if (typeof question !== 'string' || typeof reading !== 'string' || !/^\d$/.test(reading))
      throw new Refusal('reading-not-asked');
    await this.database.transaction(request.visitor.actor, (tx) =>
      this.answers.answer(tx, uuid(id), question, Number(reading)),
    );
    const key = 'said.reading-answered';
    return this.pages.redirect(reply, contractorPaths.reading(uuid(id)), { tone: 'success', key });
  }

  /** One of several procedures of a file is read alone. */
  @Post('readings/:id/processes')
  async process(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Readonly<Record<string, unknown>> | null,
  ): Promise<string> {
    const { process } = body ?? {};
    // An empty choice would be number 0.
    if (typeof process !== 'string' || !/^\d{1,3}$/.test(process)) throw new Refusal('not-found');
    const read = await this.pipeline.readProcess(request.visitor.actor, uuid(id), Number(process));
    return this.pages.redirect(reply, contractorPaths.reading(read.import.id));
  }

  /** A person corrects what the columns of a table are; the file is read again, and the next one of its kind so. */
  @Post('readings/:id/columns/:table')
  async columns(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('table') table: string,
    @Body() sent: Readonly<Record<string, unknown>> | null,
  ): Promise<string> {
    const body = sent ?? {};
    const told = Object.entries(body).filter((one): one is [string, string] => typeof one[1] === 'string');
    try {
      await this.pipeline.tellColumns(
        request.visitor.actor,
        uuid(id),
        Number(table),
        Object.fromEntries(told.filter(([letter]) => /^[A-Z]{1,2}$/.test(letter))),
        typeof body['headerRow'] === 'string' ? Number(body['headerRow']) : undefined,
      );
    } catch (error) {
      if (!(error instanceof Refusal) || !error.code.startsWith('layout-')) throw error;
      const key = `said.${error.code}`;
      return this.pages.redirect(reply, `${contractorPaths.reading(uuid(id))}#columns`, {
        tone: 'notice',
        key,
      });
    }
    const key = 'said.columns-kept';
    return this.pages.redirect(reply, contractorPaths.reading(uuid(id)), { tone: 'success', key });
  }

  private async receive(
    request: FastifyRequest,
    reply: FastifyReply,
    file: { name: string; bytes: Uint8Array },
  ): Promise<string> {
    const { import: opened, isNew } = await this.pipeline.receive(request.visitor.actor, file);
    const flash = isNew ? undefined : ({ tone: 'notice', key: 'said.file-known' } as const);
    return this.pages.redirect(reply, contractorPaths.reading(opened.id), flash);
  }

  private async form(request: FastifyRequest, reply: FastifyReply, problem?: string): Promise<string> {
    const form = problem ? { problems: [{ field: 'file', key: problem }], entries: {} } : undefined;
    const { actor } = request.visitor;
    const open = await this.database.transaction(actor, (tx) => openDescriptions(tx, actor.personId!));
    const model = bringPage(open, limitInWords('upload'));
    return this.pages.html(request, reply, 'contractor/views/bring.njk', model, form);
  }
}

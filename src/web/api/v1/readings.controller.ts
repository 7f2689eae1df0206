import { Body, Controller, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Refusal, type Actor, type Language } from '../../../kernel/index.js';
import { TenderPipeline, type Received } from '../../../pipeline/index.js';
import { Database } from '../../../platform/db/index.js';
import {
  BringsFile,
  BroughtFile,
  CurrentActor,
  CurrentVisitor,
  Refuses,
  type UploadedFile,
  uuid,
  type Visitor,
} from '../../../platform/http/index.js';
import { Messages } from '../../../platform/i18n/index.js';
import { ambiguitiesOf, importById, ReadingAnswersService, type Import } from '../../../tenders/index.js';
import { problemsInWords } from '../../shared/problems-in-words.js';
import { TellColumns } from './layouts.dto.js';
import { AnswerReading, Reading, ReadProcess, TenderMade } from './readings.dto.js';

@ApiTags('readings')
@Controller('api/v1/readings')
export class ReadingsController {
  constructor(
    private readonly pipeline: TenderPipeline,
    private readonly answers: ReadingAnswersService,
    private readonly database: Database,
    private readonly messages: Messages,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Bring a tender file. The same file again gives the first reading, with status 200.',
  })
  @BringsFile()
  @ApiCreatedResponse({ type: Reading })
  @ApiOkResponse({ type: Reading })
  @Refuses('file-missing', 'file-infected', 'scan-unavailable')
  async bring(
    @CurrentVisitor() { actor, language }: Visitor,
    @BroughtFile() file: UploadedFile,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Reading> {
    const received = await this.pipeline.receive(actor, file);
    return this.received(received, language, reply);
  }

  @Get(':id')
  @ApiOperation({ summary: 'What was understood of a file.' })
  @ApiOkResponse({ type: Reading })
  @Refuses('not-found')
  async read(@CurrentVisitor() { actor, language }: Visitor, @Param('id') id: string): Promise<Reading> {
    const found = await this.database.transaction(actor, (tx) => importById(tx, uuid(id)));
    if (!found) throw new Refusal('not-found');
    return this.show(found, language);
  }

  @Put(':id/columns/:table')
  @ApiOperation({
    summary: 'Say what the columns of a table hold: remembered for its header, and the file is read again.',
  })
  @ApiOkResponse({ type: Reading })
  @Refuses(
    'not-found',
    'import-not-staged',
    'layout-reads-nothing',
    'layout-without-header',
    'layout-role-twice',
    'layout-without-label',
    'layout-without-measure',
  )
  async tellColumns(
    @CurrentVisitor() { actor, language }: Visitor,
    @Param('id') id: string,
    @Param('table') table: string,
    @Body() { columns, headerRow }: TellColumns,
  ): Promise<Reading> {
    const told = await this.pipeline.tellColumns(actor, uuid(id), Number(table), columns, headerRow);
    return this.show(told, language);
  }

  @Put(':id/answers')
  @ApiOperation({
    summary:
      'Say which reading of a number or date is meant: `question` as in `asked`, `reading` by its position there.',
  })
  @ApiOkResponse({ type: Reading })
  @Refuses('not-found', 'import-not-staged', 'reading-not-asked')
  async answer(
    @CurrentVisitor() { actor, language }: Visitor,
    @Param('id') id: string,
    @Body() { question, reading }: AnswerReading,
  ): Promise<Reading> {
    const answered = await this.database.transaction(actor, (tx) =>
      this.answers.answer(tx, uuid(id), question, reading),
    );
    return this.show(answered, language);
  }

  @Post(':id/processes')
  @ApiOperation({
    summary:
      'Read one of several procedures of a file alone. The same one again gives its reading, with status 200.',
  })
  @ApiCreatedResponse({ type: Reading })
  @ApiOkResponse({ type: Reading })
  @Refuses('not-found')
  async readProcess(
    @CurrentVisitor() { actor, language }: Visitor,
    @Param('id') id: string,
    @Body() { process }: ReadProcess,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Reading> {
    return this.received(await this.pipeline.readProcess(actor, uuid(id), process), language, reply);
  }

  @Post(':id/draft')
  @HttpCode(201)
  @ApiOperation({ summary: 'Take what was understood up as a draft, cut into tagged work packages.' })
  @ApiCreatedResponse({ type: TenderMade })
  @Refuses('not-found', 'import-not-staged')
  async takeUp(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<TenderMade> {
    return { tenderId: await this.pipeline.takeUp(actor, uuid(id)) };
  }

  private received({ import: found, isNew }: Received, language: Language, reply: FastifyReply): Reading {
    reply.status(isNew ? 201 : 200).header('location', `/api/v1/readings/${found.id}`);
    return this.show(found, language);
  }

  private show(found: Import, language: Language): Reading {
    const { id, fileName, state, parsed, problems, firstRows, tenderId } = found;
    return {
      id,
      fileName,
      state,
      document: parsed,
      firstRows: firstRows as object[] | null,
      problems: problemsInWords(this.messages, language, problems),
      asked: parsed && state === 'staged' ? ambiguitiesOf(parsed) : [],
      tenderId,
    };
  }
}

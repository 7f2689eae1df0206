import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { uptake } from '../../monitoring/index.js';
import { ledgersUntil } from '../../obligations/index.js';
import { audit } from '../../platform/audit/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { Messages } from '../../platform/i18n/index.js';
import { dictionaryRows, writeCsv, writeXlsx, type Table } from '../../platform/spreadsheet/index.js';
import { EXPORTS, figuresPage, readPeriod, type ExportName } from './figures.page.js';
import { dictionaryWords, figuresTable, type Say } from './figures-table.js';

const FILE = /^([a-z-]+?)(-columns)?\.(csv|xlsx)$/;
const TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

interface Asked {
  readonly name: ExportName;
  readonly isDictionary: boolean;
  readonly format: keyof typeof TYPES;
}

/** The figures as files: what the page shows, no more. A table has as many rows as there are contractors or municipalities. */
@ApiExcludeController()
@Controller('working-group/exports')
export class ExportsController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly messages: Messages,
  ) {}

  @Get(':file')
  async export(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('file') file: string,
    @Query() query: { readonly from?: unknown; readonly to?: unknown },
  ): Promise<Buffer> {
    const asked = read(file);
    const { actor, language } = request.visitor;
    const period = readPeriod(query, this.clock.today());
    const at = this.clock.now();
    const page = await this.database.transaction(actor, async (tx) => {
      const model = figuresPage(await uptake(tx, period), period, await ledgersUntil(tx, period.until));
      const { organisationId } = actor;
      if (organisationId === null) throw new Refusal('sign-in-needed');
      const details = { file, from: model.from, to: model.to };
      await audit(tx, { organisationId, action: 'figures.exported', subjectId: null, details, at });
      return model;
    });
    const say: Say = (key, params) => this.messages.text(language, key, params);
    const table = figuresTable(asked.name, page, say);
    const decimalSign = language === 'en' ? '.' : ',';
    reply.type(TYPES[asked.format]);
    reply.header('content-disposition', `attachment; filename="maillon-${page.from}-${page.to}-${file}"`);
    if (asked.format === 'csv' && !asked.isDictionary)
      reply.header('link', `<${page.downloads[asked.name].columns}>; rel="describedby"; type="text/csv"`);
    return Buffer.from(contentOf(asked, table, say, decimalSign, at));
  }
}

function contentOf(
  { isDictionary, format }: Asked,
  table: Table,
  say: Say,
  decimalSign: ',' | '.',
  at: Date,
): string | Uint8Array {
  const words = dictionaryWords(say);
  const dictionary = dictionaryRows(table.columns, words);
  const values = [table.columns.map((column) => column.name), ...table.rows];
  if (format === 'csv') return writeCsv(isDictionary ? dictionary : values, decimalSign);
  return writeXlsx(
    [
      { name: table.title, rows: values },
      { name: words.title, rows: dictionary },
    ],
    at,
  );
}

/** @throws Refusal `not-found` */
function read(file: string): Asked {
  const [, base, columns, format] = FILE.exec(file) ?? [];
  const name = EXPORTS.find((known) => known === base);
  const isDictionary = columns !== undefined;
  if (!name || (isDictionary && format !== 'csv')) throw new Refusal('not-found');
  return { name, isDictionary, format: format as keyof typeof TYPES };
}

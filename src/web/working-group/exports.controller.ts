import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { beingCounted, losses } from '../../monitoring/index.js';
import { audit } from '../../platform/audit/index.js';
import { Clock } from '../../platform/clock.js';
import type { Config } from '../../platform/config/index.js';
import { Database } from '../../platform/db/index.js';
import { Messages } from '../../platform/i18n/index.js';
import { CONFIG } from '../../platform/tokens.js';
import { dictionaryRows, writeCsv, writeXlsx, type Table } from '../../platform/spreadsheet/index.js';
import { groupLabels } from '../shared/group-labels.js';
import type { Names } from '../shared/names.js';
import { NAMES } from '../shared/pages.service.js';
import { EXPORTS, figuresPage, type ExportName } from './figures.page.js';
import { dictionaryWords, figuresTable, stamped, type Say } from './figures-table.js';
import { figuresTold } from './figures-told.js';
import { lossesPage, lossesTable } from './losses.page.js';
import { workingGroupPaths } from './paths.js';
import { daysOf, readPeriod, readTerritory, type AskedPeriod } from './period.js';
import { snapshotOf } from './snapshot.js';

const FILE = /^([a-z-]+?)(-columns)?\.(csv|xlsx)$/;
const TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

interface Asked {
  readonly name: ExportName | 'losses';
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
    @Inject(NAMES) private readonly names: Names,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':file')
  async export(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('file') file: string,
    @Query() query: AskedPeriod,
  ): Promise<Buffer> {
    const asked = read(file);
    const { actor, language } = request.visitor;
    const today = this.clock.today();
    const period = readPeriod(query, today);
    const at = this.clock.now();
    // Breakdowns and debts are those of the whole.
    const territory = asked.name === 'figures' ? readTerritory(query) : null;
    const days = daysOf(period, territory);
    const say: Say = (key, params) => this.messages.text(language, key, params);
    const { organisationId } = actor;
    if (organisationId === null) throw new Refusal('sign-in-needed');
    const { table, snapshot } = await this.database.reading(actor, async (tx) => {
      // A page says what it leaves out; a file goes on without its page.
      if ((await beingCounted(tx)) > 0) throw new Refusal('figures-being-counted');
      const stamp = (told: unknown) => snapshotOf(told, period, territory, today, this.config.secret);
      if (asked.name === 'losses') {
        const told = await losses(tx, period, at);
        return {
          table: lossesTable(lossesPage(told, period, today, say), say),
          snapshot: stamp(told),
        };
      }
      const label = groupLabels(language, this.messages, this.names);
      const told = await figuresTold(tx, period, territory);
      return {
        table: figuresTable(asked.name, figuresPage(told, period, territory, today, label), say),
        snapshot: stamp(told),
      };
    });
    const details = { file, from: days.from, to: days.to, known: period.known ?? today, territory, snapshot };
    await this.database.transaction(actor, (tx) =>
      audit(tx, { organisationId, action: 'figures.exported', subjectId: null, details, at }),
    );
    const decimalSign = language === 'en' ? '.' : ',';
    reply.type(TYPES[asked.format]);
    reply.header(
      'content-disposition',
      `attachment; filename="maillon-${days.from}-${days.to}-${snapshot}-${file}"`,
    );
    if (asked.format === 'csv' && !asked.isDictionary)
      reply.header(
        'link',
        `<${workingGroupPaths.export(`${asked.name}-columns.csv`, days)}>; rel="describedby"; type="text/csv"`,
      );
    return Buffer.from(contentOf(asked, stamped(table, snapshot, say), say, decimalSign, at));
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
  const name = [...EXPORTS, 'losses' as const].find((known) => known === base);
  const isDictionary = columns !== undefined;
  if (!name || (isDictionary && format !== 'csv')) throw new Refusal('not-found');
  return { name, isDictionary, format: format as keyof typeof TYPES };
}

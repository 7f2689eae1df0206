import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type Language } from '../../kernel/index.js';
import { beingCounted, losses, type Territory, type UptakePeriod } from '../../monitoring/index.js';
import { audit } from '../../platform/audit/index.js';
import { Clock } from '../../platform/clock.js';
import type { Config } from '../../platform/config/index.js';
import { Database, type Tx } from '../../platform/db/index.js';
import { formatDay, Messages } from '../../platform/i18n/index.js';
import { uuid } from '../../platform/http/index.js';
import { CONFIG } from '../../platform/tokens.js';
import { dictionaryRows, writeCsv, writeXlsx, type Table } from '../../platform/spreadsheet/index.js';
import { openedTenders, writeOcds } from '../../tenders/index.js';
import { groupLabels } from '../shared/group-labels.js';
import type { Names } from '../shared/names.js';
import { NAMES } from '../shared/pages.service.js';
import { CHARTS, funnelFile, mapFile, type ChartName } from './chart-files.js';
import { figuresMap } from './figures-map.js';
import { EXPORTS, figuresPage, type ExportName } from './figures.page.js';
import { dictionaryWords, figuresTable, stamped, type Say } from './figures-table.js';
import { figuresTold } from './figures-told.js';
import { lossesPage, lossesTable } from './losses.page.js';
import { workingGroupPaths, type AskedDays } from './paths.js';
import { daysOf, readPeriod, readTerritory, type AskedPeriod } from './period.js';
import { snapshotOf } from './snapshot.js';

/** Tenders in one file of releases; the rest is in those that follow. */
const RELEASES = 500;
const FILE = /^([a-z-]+?)(-columns)?\.([a-z]+)$/;
const TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  svg: 'image/svg+xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const;

type Name = ExportName | ChartName | 'losses' | 'releases';
const TABLES: readonly Name[] = [...EXPORTS, 'losses'];
const NAMES_OF: Readonly<Record<string, readonly Name[]>> = {
  csv: TABLES,
  xlsx: TABLES,
  svg: CHARTS,
  json: ['releases'],
};

interface Asked {
  readonly name: Name;
  readonly isDictionary: boolean;
  readonly format: keyof typeof TYPES;
}

/**
 * The figures as files, tables and pictures: what the page shows, no more; and the tenders that are open to everybody, as
 * releases. A table has as many rows as there are contractors or municipalities.
 */
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
    @Query('after') asksAfter?: string,
  ): Promise<Buffer> {
    const asked = read(file);
    const { actor, language } = request.visitor;
    const period = readPeriod(query, this.clock.today());
    const after = asksAfter === undefined ? null : uuid(asksAfter);
    const at = this.clock.now();
    const { organisationId } = actor;
    if (organisationId === null) throw new Refusal('sign-in-needed');
    // Breakdowns, debts and the map are those of the whole.
    const territory = asked.name === 'figures' || asked.name === 'funnel' ? readTerritory(query) : null;
    const days = daysOf(period, territory);
    const made = await this.database.reading(actor, (tx) =>
      this.make(tx, { asked, period, territory, at, language, days, after }),
    );
    if (asked.name !== 'releases') {
      const known = period.known ?? this.clock.today();
      const details = { file, from: days.from, to: days.to, known, territory, snapshot: made.snapshot };
      await this.database.transaction(actor, (tx) =>
        audit(tx, { organisationId, action: 'figures.exported', subjectId: null, details, at }),
      );
    }
    reply.type(TYPES[asked.format]);
    reply.header(
      'content-disposition',
      `attachment; filename="maillon-${days.from}-${days.to}-${made.snapshot}-${file}"`,
    );
    if (made.next) reply.header('link', `<${made.next}>; rel="next"`);
    if (asked.format === 'csv' && !asked.isDictionary)
      reply.header(
        'link',
        `<${workingGroupPaths.export(`${asked.name}-columns.csv`, days)}>; rel="describedby"; type="text/csv"`,
      );
    return Buffer.from(made.content);
  }

  private async make(tx: Tx, { asked, period, territory, at, language, days, after }: Wanted): Promise<Made> {
    const today = this.clock.today();
    const say: Say = (key, params) => this.messages.text(language, key, params);
    const stamp = (told: unknown) => snapshotOf(told, period, territory, today, this.config.secret);
    if (asked.name === 'releases') {
      const found = await openedTenders(tx, period, after, RELEASES + 1);
      const opened = found.slice(0, RELEASES);
      const { publicUrl: publisher } = this.config;
      const address = (from: string | null): string =>
        `${publisher}${workingGroupPaths.export('releases.json', days)}${from === null ? '' : `&after=${from}`}`;
      const next = found.length > RELEASES ? address(opened.at(-1)!.id) : null;
      return {
        content: writeOcds(opened, { uri: address(after), publisher, next, now: at }),
        snapshot: stamp(opened),
        next,
      };
    }
    // A page says what it leaves out; a file goes on without its page.
    if ((await beingCounted(tx)) > 0) throw new Refusal('figures-being-counted');
    const decimalSign = language === 'en' ? '.' : ',';
    if (asked.name === 'losses') {
      const told = await losses(tx, period, at);
      const table = stamped(lossesTable(lossesPage(told, period, today, say), say), stamp(told), say);
      return { content: contentOf(asked, table, say, decimalSign, at), snapshot: stamp(told) };
    }
    const label = groupLabels(language, this.messages, this.names);
    const told = await figuresTold(tx, period, territory);
    const snapshot = stamp(told);
    const page = figuresPage(told, period, territory, today, label);
    const day = (value: string): string => formatDay(language, value);
    const about = {
      days: `${page.chosen === null ? '' : `${page.chosen.name} · `}${say('figures.period', { from: day(page.from), to: day(page.to), known: day(page.knownOn) })}`,
      source: `${say('figures.snapshot')}${say('figures.export.colon')}${snapshot}`,
    };
    if (asked.name === 'funnel') return { content: funnelFile(page, about, say), snapshot };
    if (asked.name === 'map') {
      const map = figuresMap(told.uptake, label);
      if (map === null) throw new Refusal('not-found');
      return { content: mapFile(map, about, say), snapshot };
    }
    const table = stamped(figuresTable(asked.name, page, say), snapshot, say);
    return { content: contentOf(asked, table, say, decimalSign, at), snapshot };
  }
}

interface Made {
  readonly content: string | Uint8Array;
  readonly snapshot: string;
  /** Address of what follows. */
  readonly next?: string | null;
}

interface Wanted {
  readonly asked: Asked;
  readonly period: UptakePeriod;
  readonly territory: Territory | null;
  readonly at: Date;
  readonly language: Language;
  readonly days: AskedDays;
  /** Of releases: the tender to continue after. */
  readonly after: string | null;
}

function contentOf(
  { isDictionary, format }: Pick<Asked, 'isDictionary' | 'format'>,
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
  const isDictionary = columns !== undefined;
  const name = NAMES_OF[format ?? '']?.find((known) => known === base);
  if (name === undefined || (isDictionary && format !== 'csv')) throw new Refusal('not-found');
  return { name, isDictionary, format: format as keyof typeof TYPES };
}

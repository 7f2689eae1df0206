import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TenderPipeline } from '../../pipeline/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { newId } from '../../platform/ids.js';
import { descriptionDraft, DescriptionDrafts, documentOf, type Description } from '../../tenders/index.js';
import { Pages } from '../shared/pages.service.js';
import type { FieldProblem } from '../shared/render/page-context.js';
import {
  descriptionEntries,
  MOST_ROWS,
  readDescription,
  rowsOf,
  withoutRow,
  type Entries,
} from './description-form.js';
import { contractorPaths } from './paths.js';

/** A tender without a file: it is described in a form, and becomes a document that takes the way of every file. */
@ApiExcludeController()
@Controller('contractor/tenders/new/description')
export class DescriptionController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly drafts: DescriptionDrafts,
    private readonly pipeline: TenderPipeline,
    private readonly pages: Pages,
  ) {}

  /** A new one. Nothing is kept before something is entered. */
  @Get()
  begin(@Res({ passthrough: true }) reply: FastifyReply): string {
    return this.pages.redirect(reply, contractorPaths.description(newId(this.clock.now())));
  }

  @Get(':id')
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Query('rows') rows: unknown,
  ): Promise<string> {
    const { actor } = request.visitor;
    const draft = await this.database.transaction(actor, (tx) =>
      descriptionDraft(tx, uuid(id), actor.personId!),
    );
    return this.page(request, reply, uuid(id), draft?.entries ?? {}, [], Number(rows) || 0);
  }

  @Post(':id')
  async enter(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') given: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const id = uuid(given);
    const act = typeof body['act'] === 'string' ? body['act'] : 'continue';
    if (act === 'drop') {
      await this.drafts.drop(actor, id);
      return this.pages.redirect(reply, contractorPaths.bring(), {
        tone: 'success',
        key: 'said.description-dropped',
      });
    }
    const [, removed] = /^remove-(\d+)$/.exec(act) ?? [];
    const sent = descriptionEntries(body);
    const entries = removed === undefined ? sent : withoutRow(sent, Number(removed));
    await this.drafts.keep(actor, id, entries);
    if (body['instead'] === 'language') return this.page(request, reply, id, entries, []);
    if (act === 'keep-quietly') {
      reply.status(204);
      return '';
    }
    const href = contractorPaths.description(id);
    if (removed !== undefined) return this.pages.redirect(reply, `${href}#works`);
    if (act === 'add') {
      const row = Math.min(rowsOf(entries) + 1, MOST_ROWS);
      return this.pages.redirect(reply, `${href}?rows=${row}#label-${row}`);
    }
    if (act === 'keep')
      return this.pages.redirect(reply, contractorPaths.bring(), {
        tone: 'success',
        key: 'said.description-kept',
      });
    const read = readDescription(entries, language);
    if ('problems' in read) return this.page(request, reply, id, entries, read.problems);
    const file = { name: fileName(read.description), bytes: documentOf(read.description) };
    const { import: opened } = await this.pipeline.receive(actor, file);
    await this.drafts.became(actor, id, opened.id);
    return this.pages.redirect(reply, contractorPaths.reading(opened.id));
  }

  /** @param rows how many rows to show at least */
  private page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    entries: Entries,
    problems: readonly FieldProblem[],
    rows = 0,
  ): string {
    const model = {
      href: contractorPaths.description(id),
      rows: Math.min(Math.max(rowsOf(entries), rows), MOST_ROWS),
      mostRows: MOST_ROWS,
    };
    return this.pages.html(request, reply, 'contractor/views/description.njk', model, { problems, entries });
  }
}

/** What the reading and the kept original are called. */
function fileName({ title }: Description): string {
  return `${
    title
      .replace(/[^\p{L}\p{N} ’'-]+/gu, ' ')
      .trim()
      .slice(0, 80) || 'description'
  }.json`;
}

import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type Actor } from '../../kernel/index.js';
import { PackagingService } from '../../pipeline/index.js';
import { Database, type Tx } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { formatNumber } from '../../platform/i18n/index.js';
import {
  lineIdsAsked,
  linesAsked,
  packagesInShort,
  figuresRead,
  type LinesIn,
  type Tender,
  type WorkPackage,
} from '../../tenders/index.js';
import { pageNumber } from '../shared/paging.js';
import { readQuantity } from '../shared/read-amount.js';
import { readSearch } from '../shared/search-words.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { findPackage, findTender } from './find-tender.js';
import { LINES_PER_PAGE, linesPage, UNPLACED } from './lines.page.js';
import { contractorPaths } from './paths.js';

type Entries = Readonly<Record<string, unknown>>;

/** The lines of one package, or of none: searched, chosen, and put into another package. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/packages/:packageId/lines')
export class LinesController {
  constructor(
    private readonly database: Database,
    private readonly packaging: PackagingService,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
    @Query() asked: Entries,
  ): Promise<string> {
    return this.page(request, reply, id, packageId, asked);
  }

  @Post()
  async place(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
    @Body() body: Entries,
  ): Promise<string> {
    const { actor } = request.visitor;
    if (body['action'] === 'find')
      return this.page(request, reply, id, packageId, body, { problems: [], entries: body });
    const lines = await this.chosen(actor, id, packageId, body);
    if (body['action'] === 'correct') return this.correct(request, reply, id, packageId, body, lines);
    const title = typeof body['title'] === 'string' ? body['title'].trim().slice(0, 500) : '';
    const isSplit = body['action'] === 'split';
    const problem = lines.length === 0 ? 'lines' : isSplit && title === '' ? 'title' : null;
    if (problem) {
      const problems = [{ field: problem, key: `lines.problem.${problem}` }];
      return this.page(request, reply, id, packageId, body, { problems, entries: body });
    }
    try {
      if (isSplit) {
        const made = await this.packaging.split(actor, uuid(id), lines, title);
        const key = 'said.package-made';
        return this.pages.redirect(reply, contractorPaths.package(id, made), { tone: 'success', key });
      }
      const to = body['action'] === 'leave-out' ? null : uuid(String(body['to'] ?? ''));
      await this.packaging.move(actor, uuid(id), lines, to);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'not-found') throw error;
      const problems = [{ field: 'lines', key: `refusal.${error.code}` }];
      return this.page(request, reply, id, packageId, body, { problems, entries: body });
    }
    return this.pages.redirect(reply, contractorPaths.tender(id), {
      tone: 'success',
      key: 'said.lines-moved',
    });
  }

  /** One line, and how much of it is really asked. */
  private async correct(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    packageId: string,
    body: Entries,
    lines: readonly string[],
  ): Promise<string> {
    const [line, ...others] = lines;
    const read = readQuantity(typeof body['quantity'] === 'string' ? body['quantity'] : '');
    const problems = [
      ...(line === undefined || others.length > 0 ? [{ field: 'lines', key: 'lines.problem.one' }] : []),
      ...(typeof read === 'string' ? [{ field: 'quantity', key: `lines.problem.quantity-${read}` }] : []),
    ];
    if (line === undefined || typeof read === 'string' || problems.length > 0)
      return this.page(request, reply, id, packageId, body, { problems, entries: body });
    const seen = body[`seen-${line}`];
    const { actor } = request.visitor;
    try {
      const stood = typeof seen === 'string' ? seen || null : undefined;
      await this.packaging.correctQuantity(actor, uuid(id), uuid(line), read.amount, stood);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'version-changed') throw error;
      // Both stand on the page: what was entered in the field, what a colleague entered beside the line and here.
      const { found: stands } = error.params;
      const found = stands === '' ? '–' : formatNumber(request.visitor.language, String(stands), 6);
      const changed = { field: 'quantity', key: 'lines.problem.quantity-changed', params: { found } };
      return this.page(request, reply, id, packageId, body, { problems: [changed], entries: body });
    }
    const flash = { tone: 'success', key: 'said.quantity-corrected' } as const;
    return this.pages.redirect(reply, contractorPaths.lines(id, packageId), flash);
  }

  /** The lines ticked, or all that the search on the page finds. */
  private async chosen(actor: Actor, id: string, packageId: string, body: Entries): Promise<string[]> {
    if (body['all'] !== 'yes') {
      return [body['lines'] ?? []].flat().filter((line): line is string => typeof line === 'string');
    }
    const { words } = readSearch(body['q']);
    return this.database.transaction(actor, async (tx) => {
      const { where } = await this.find(tx, id, packageId);
      return lineIdsAsked(tx, where, words);
    });
  }

  /** @returns `item` null for the lines in no package */
  private async find(
    tx: Tx,
    id: string,
    packageId: string,
  ): Promise<{ tender: Tender; item: WorkPackage | null; where: LinesIn }> {
    if (packageId === UNPLACED) {
      const tender = await findTender(tx, id);
      return { tender, item: null, where: { unplacedIn: tender.id } };
    }
    const { tender, item } = await findPackage(tx, id, packageId);
    return { tender, item, where: { packageId: item.id } };
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    packageId: string,
    asked: Entries,
    form?: FormState,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const { tender, item, where } = await this.find(tx, id, packageId);
      const { words } = readSearch(asked['q']);
      const page = { words, size: LINES_PER_PAGE, page: pageNumber(asked['page']) };
      const found = await linesAsked(tx, where, page);
      const packages = await packagesInShort(tx, tender.id);
      return linesPage(tender, item, packages, found, asked, await figuresRead(tx, tender.id));
    });
    return this.pages.html(request, reply, 'contractor/views/lines.njk', model, form);
  }
}

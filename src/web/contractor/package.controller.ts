import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { DraftingService } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { loadTradeCodes } from '../../registry/index.js';
import { loadTagModel, searchCodes, tagsOf, isCorrection } from '../../tagging/index.js';
import { additionsOf, linesOf } from '../../tenders/index.js';
import { Pages } from '../shared/pages.service.js';
import type { FieldProblem } from '../shared/render/page-context.js';
import { findPackage, findTender } from './find-tender.js';
import { askedWords, readPackageForm } from './package-form.js';
import { packagePage } from './package.page.js';
import { contractorPaths } from './paths.js';

type Entries = Readonly<Record<string, unknown>>;

/** One package: its findings with their evidence, and what the contractor decides. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/packages/:packageId')
export class PackageController {
  constructor(
    private readonly database: Database,
    private readonly drafting: DraftingService,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
    @Query('review') review: unknown,
    @Query('corrected') corrected: unknown,
  ): Promise<string> {
    return this.page(request, reply, id, packageId, {
      ...(review === '1' ? { review: '1' } : {}),
      corrected,
    });
  }

  @Post()
  async decide(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
    @Body() body: Entries,
  ): Promise<string> {
    if (body['search'] === 'yes' || askedWords(body) !== '') {
      return this.page(request, reply, id, packageId, body);
    }
    const codes = loadTradeCodes();
    const form = readPackageForm(body, (code) => codes.has(code));
    if ('problems' in form) return this.page(request, reply, id, packageId, body, form.problems);
    const { actor } = request.visitor;
    const before = await this.database.transaction(actor, (tx) => tagsOf(tx, [uuid(packageId)]));
    try {
      await this.drafting.reviewPackage(actor, uuid(packageId), form.review);
    } catch (error) {
      return this.refused(request, reply, id, packageId, body, error);
    }
    const { status } = await this.database.transaction(request.visitor.actor, (tx) => findTender(tx, id));
    if (status === 'published') {
      const flash = { tone: 'success', key: 'said.package-kept' } as const;
      return this.pages.redirect(reply, contractorPaths.additions(id), flash);
    }
    const key = form.review.correction.offered ? 'said.package-offered' : 'said.package-kept';
    const next = body['review'] === '1' ? contractorPaths.review(id) : contractorPaths.tender(id);
    const corrected = isCorrection(before, form.review.decision) ? `?corrected=${uuid(packageId)}` : '';
    return this.pages.redirect(reply, `${next}${corrected}`, { tone: 'success', key });
  }

  /** Somebody else was faster, or the place is not known: the person chooses again, over the version that stands now. */
  private refused(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    packageId: string,
    body: Entries,
    error: unknown,
  ): Promise<string> {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'version-changed') {
      const problem = { field: 'placeable', key: 'package.problem.changed' };
      return this.page(request, reply, id, packageId, body, [problem], { isChanged: true });
    }
    if (error.code === 'package-dates-reversed') {
      const problem = { field: 'endsOn', key: 'package.problem.dates' };
      return this.page(request, reply, id, packageId, body, [problem]);
    }
    if (error.code !== 'place-unknown' && error.code !== 'place-in-doubt') throw error;
    const params = {
      found: String(error.params['found'] ?? ''),
      candidates: String(error.params['candidates'] ?? ''),
    };
    const inDoubt = error.code === 'place-in-doubt';
    const key = inDoubt ? 'package.problem.placeInDoubt' : 'package.problem.postalCode';
    const problem = { field: 'postalCode', key, params };
    return this.page(request, reply, id, packageId, body, [problem]);
  }

  /** @param entries what was entered; with problems, the answer says that something is wrong */
  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    packageId: string,
    entries: Entries,
    problems: readonly FieldProblem[] = [],
    { isChanged } = { isChanged: false },
  ): Promise<string> {
    const { actor } = request.visitor;
    const question = askedWords(entries);
    const model = await this.database.transaction(actor, async (tx) => {
      const { tender, item } = await findPackage(tx, id, packageId);
      return packagePage(tender, item, await tagsOf(tx, [item.id]), await linesOf(tx, item.id), {
        isReview: entries['review'] === '1',
        isChanged,
        corrected: entries['corrected'],
        isAddition: (await additionsOf(tx, tender.id)).includes(item.id),
        question,
        codes: question === '' ? [] : searchCodes(loadTagModel(), question),
      });
    });
    const form = request.method === 'POST' ? { problems, entries } : undefined;
    return this.pages.html(request, reply, 'contractor/views/package.njk', model, form);
  }
}

import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { LegalBasisService } from '../../legal-basis/index.js';
import { DraftingService, termsAsked, termsKnown } from '../../pipeline/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { tagsOf } from '../../tagging/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { problemsAtFields } from '../shared/problems-at-fields.js';
import { findPackage } from './find-tender.js';
import { contractorPaths } from './paths.js';
import { termsPage } from './terms.page.js';

type Entries = Readonly<Record<string, unknown>>;

/** What the documents ask of whoever takes a package; nobody has to say, and only what matters here is asked. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/packages/:packageId/terms')
export class TermsController {
  constructor(
    private readonly database: Database,
    private readonly drafting: DraftingService,
    private readonly legalBasis: LegalBasisService,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
  ): Promise<string> {
    return this.page(request, reply, id, packageId);
  }

  @Post()
  async state(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
    @Body() { version, approval, approvalClass, asbestosTechnique, paymentDays, chainLevel }: Entries,
  ): Promise<string> {
    const given = { approval, approvalClass, asbestosTechnique, paymentDays, chainLevel };
    try {
      const { actor } = request.visitor;
      const stated = await this.drafting.stateTerms(actor, uuid(packageId), Number(version) || 0, given);
      if (Array.isArray(stated))
        return this.page(request, reply, id, packageId, {
          problems: problemsAtFields(stated),
          entries: given,
        });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'version-changed') throw error;
      // The form comes back with what was entered, over the version that stands now.
      const problems = [{ field: 'approval', key: 'terms.problem.changed' }];
      return this.page(request, reply, id, packageId, { problems, entries: given });
    }
    return this.pages.redirect(reply, contractorPaths.package(id, packageId), {
      tone: 'success',
      key: 'said.terms-kept',
    });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    packageId: string,
    form?: FormState,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const { tender, item } = await findPackage(tx, id, packageId);
      if (tender.status !== 'draft') throw new Refusal('tender-not-draft');
      const [rules, today] = [await this.legalBasis.rulesAsOf(tx), this.clock.today()];
      const tags = await tagsOf(tx, [item.id]);
      const trades = tags
        .filter(({ kind, state }) => kind === 'trade' && state !== 'rejected')
        .map(({ value }) => value);
      return termsPage(tender, item, termsAsked(rules, { tender, trades }, today), termsKnown(rules, today));
    });
    return this.pages.html(request, reply, 'contractor/views/terms.njk', model, form);
  }
}

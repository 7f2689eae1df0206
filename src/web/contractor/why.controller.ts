import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LegalBasisService } from '../../legal-basis/index.js';
import { Database } from '../../platform/db/index.js';
import { Messages } from '../../platform/i18n/index.js';
import { confirmedTrades, gatesOfPackage } from '../../pipeline/index.js';
import { Clock } from '../../platform/clock.js';
import { tagsOf } from '../../tagging/index.js';
import { gatesInWords } from '../shared/gates-in-words.js';
import { Pages } from '../shared/pages.service.js';
import { whyClause } from '../shared/why-clause.js';
import { findPackage } from './find-tender.js';
import { contractorPaths } from './paths.js';

/** Why this clause: what the law said, on which day, by which rules, and how sure that is. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/packages/:packageId/clause')
export class WhyController {
  constructor(
    private readonly database: Database,
    private readonly legalBasis: LegalBasisService,
    private readonly clock: Clock,
    private readonly messages: Messages,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const model = await this.database.transaction(actor, async (tx) => {
      const { tender, item } = await findPackage(tx, id, packageId);
      const knownAt = tender.clause ? new Date(tender.clause.lawKnownAt) : null;
      const { versions } = await this.legalBasis.rulesAsOf(tx, { knownAt });
      const trades = confirmedTrades(await tagsOf(tx, [item.id]));
      const world = { tender, item, trades, credentials: null };
      const gates = gatesOfPackage(await this.legalBasis.rulesAsOf(tx), world, this.clock.today());
      return {
        gates: gatesInWords(gates, this.messages, language),
        packageTitle: item.title,
        packageHref: contractorPaths.package(tender.id, item.id),
        buyerHref: contractorPaths.buyer(tender.id),
        isDraft: tender.status === 'draft',
        why: whyClause(tender, versions, this.messages, language),
      };
    });
    return this.pages.html(request, reply, 'contractor/views/why.njk', model);
  }
}

import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { standingAnswer } from '../../answers/index.js';
import { isLanguage, Refusal, type Language } from '../../kernel/index.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { Messages } from '../../platform/i18n/index.js';
import { linesOf, packageById, tenderById } from '../../tenders/index.js';
import { chosenClause } from '../shared/clause-in-words.js';
import { criteriaShown } from '../shared/criterion.js';
import type { Names } from '../shared/names.js';
import { NAMES, Pages } from '../shared/pages.service.js';
import { opportunitiesPage, type Opportunity } from './opportunities.page.js';
import { opportunities, type OpportunityRow } from './opportunities.query.js';
import { opportunityPage, type OpportunityDetail } from './opportunity.page.js';

/** What an enterprise may take on: the list, and one package with all it may know of it. */
@ApiExcludeController()
@Controller('enterprise/opportunities')
export class OpportunitiesController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly messages: Messages,
    @Inject(NAMES) private readonly names: Names,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const found = await this.database.transaction(actor, (tx) =>
      opportunities(tx, actor.organisationId ?? ''),
    );
    const model = opportunitiesPage(
      found.map((row) => this.inWords(row, language)),
      this.clock.now(),
    );
    return this.pages.html(request, reply, 'enterprise/views/opportunities.njk', model);
  }

  @Get(':packageId')
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('packageId') packageId: string,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const organisationId = actor.organisationId ?? '';
    const model = await this.database.transaction(actor, async (tx) => {
      const [row] = await opportunities(tx, organisationId, uuid(packageId));
      if (!row) throw new Refusal('not-found');
      const detail = await this.detail(tx, row, language);
      const answer = await standingAnswer(tx, row.packageId, organisationId);
      return opportunityPage(detail, answer, this.clock.now());
    });
    return this.pages.html(request, reply, 'enterprise/views/opportunity.njk', model);
  }

  private inWords(row: OpportunityRow, language: Language): Opportunity {
    return { ...row, criteria: criteriaShown(row.criteria, this.messages, this.names, language) };
  }

  private async detail(tx: Tx, row: OpportunityRow, language: Language): Promise<OpportunityDetail> {
    const item = await packageById(tx, row.packageId);
    const tender = item && (await tenderById(tx, item.tenderId));
    if (!item || !tender) throw new Refusal('not-found');
    const { hoursMin, hoursMax, startsOn, endsOn } = item;
    return {
      ...this.inWords(row, language),
      description: tender.description,
      hours: hoursMin === null || hoursMax === null ? null : { min: hoursMin, max: hoursMax },
      startsOn,
      endsOn,
      postalCode: tender.place.postalCode,
      clauseLabel: chosenClause(tender, this.messages, language),
      documentLanguage: isLanguage(tender.language) ? tender.language : null,
      lines: await linesOf(tx, item.id),
    };
  }
}

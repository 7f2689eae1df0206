import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AnswerService,
  clarificationsOf,
  decisionFor,
  opportunitiesOf,
  standingAnswer,
  teamRequestsOf,
  waitingQuestions,
  type Answer,
  type Opportunity,
} from '../../answers/index.js';
import { dayInBrussels, type Language } from '../../kernel/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { documentReads, type DocumentRead } from '../../platform/documents/index.js';
import { uuid } from '../../platform/http/index.js';
import { Messages } from '../../platform/i18n/index.js';
import { gatesOfPackage, OpenList } from '../../pipeline/index.js';
import type { Because } from '../../matching/index.js';
import { noLongerOffered, type NoLongerOffered } from '../../notifications/index.js';
import { enterpriseOfOrganisation, RegistryService } from '../../registry/index.js';
import { LegalBasisService } from '../../legal-basis/index.js';
import type { Actor } from '../../kernel/index.js';
import type { Tx } from '../../platform/db/index.js';
import { gatesInWords, type GateShown } from '../shared/gates-in-words.js';
import {
  amendmentsOf,
  deadlineChanges,
  linesOf,
  packageById,
  packageWithdrawal,
  sharedFilesOf,
  tenderById,
} from '../../tenders/index.js';
import { chosenClause } from '../shared/clause-in-words.js';
import { codesToNames, criteriaShown } from '../shared/criterion.js';
import type { Names } from '../shared/names.js';
import { NAMES, Pages } from '../shared/pages.service.js';
import { pageNumber } from '../shared/paging.js';
import {
  LOST_SHOWN,
  OPPORTUNITIES_A_PAGE,
  opportunitiesPage,
  opportunityShown,
  readQuestion,
  type LostShown,
  type OpportunitiesQuestion,
  type OpportunityShown,
} from './opportunities.page.js';
import { opportunityPage } from './opportunity.page.js';

/** What an enterprise may take on: the list, and one package with all it may know of it. */
@ApiExcludeController()
@Controller('enterprise/opportunities')
export class OpportunitiesController {
  constructor(
    private readonly database: Database,
    private readonly answers: AnswerService,
    private readonly openList: OpenList,
    private readonly registry: RegistryService,
    private readonly legalBasis: LegalBasisService,
    private readonly clock: Clock,
    private readonly messages: Messages,
    @Inject(NAMES) private readonly names: Names,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() question: OpportunitiesQuestion,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const now = this.clock.now();
    const organisationId = actor.organisationId ?? '';
    const since = new Date(now.getTime() - LOST_SHOWN.days * 86_400_000);
    const page = { page: pageNumber(question.page), size: OPPORTUNITIES_A_PAGE };
    await this.openList.bringUpToDate(actor);
    const { found, requests, lost } = await this.database.transaction(actor, async (tx) => ({
      found: await opportunitiesOf(tx, organisationId, now, { ...readQuestion(question), ...page }),
      requests: await teamRequestsOf(tx, organisationId, now),
      lost: await noLongerOffered(tx, organisationId, since, LOST_SHOWN.most),
    }));
    const items = found.items.map((opportunity) => opportunityShown(opportunity, opportunity.criteria));
    const losses = lost.map((one) => this.lostShown(one, language));
    const model = opportunitiesPage({ ...found, items }, question, now, requests, losses);
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
    await this.openList.bring(actor, uuid(packageId));
    const model = await this.database.transaction(actor, async (tx) => {
      const found = await this.answers.read(tx, actor, uuid(packageId));
      const answer = await standingAnswer(tx, found.packageId, organisationId);
      const tender = await tenderById(tx, found.tenderId);
      return opportunityPage(this.shown(found, language), {
        lines: await linesOf(tx, found.packageId),
        shared: await sharedFilesOf(tx, found.tenderId),
        answer,
        reads: await this.readsOf(tx, organisationId, answer),
        amendments: await amendmentsOf(tx, found.packageId),
        version: (await packageById(tx, found.packageId))!.version,
        clarifications: await clarificationsOf(tx, found.packageId),
        waiting: await waitingQuestions(tx, found.packageId, organisationId),
        decision: await decisionFor(tx, found.packageId, organisationId),
        basis: found.clause?.basis ?? null,
        clauseLabel: chosenClause({ clause: found.clause, buyer: null }, this.messages, language),
        gates: await this.gates(tx, actor, found, language),
        terms: (await packageById(tx, found.packageId))?.terms ?? null,
        deadlineChanges: await deadlineChanges(tx, found.tenderId),
        publishedAt: tender?.publishedAt ?? null,
        tenderWithdrawnAt: tender?.withdrawnAt ?? null,
        withdrawal: await packageWithdrawal(tx, found.packageId),
        now: this.clock.now(),
      });
    });
    return this.pages.html(request, reply, 'enterprise/views/opportunity.njk', model);
  }

  private async readsOf(tx: Tx, organisationId: string, answer: Answer | null): Promise<DocumentRead[]> {
    const ids = answer?.files.map(({ id }) => id) ?? [];
    return ids.length > 0 ? documentReads(tx, organisationId, 'answer-attachment.read', ids) : [];
  }

  /** What this enterprise must have in order before it starts, and what others must do for it. */
  private async gates(
    tx: Tx,
    { organisationId }: Actor,
    { packageId, tenderId, trades }: Opportunity,
    language: Language,
  ): Promise<GateShown[]> {
    const on = this.clock.today();
    const [tender, item] = [await tenderById(tx, tenderId), await packageById(tx, packageId)];
    if (!tender || !item) return [];
    const owned = await enterpriseOfOrganisation(tx, organisationId ?? '');
    const at = { on, knownAt: this.clock.now() };
    const [registered] = owned ? await this.registry.asOf(tx, [owned.id], at) : [];
    const credentials = registered?.enterprise.credentials ?? [];
    const found = gatesOfPackage(
      await this.legalBasis.rulesAsOf(tx),
      { tender, item, trades, credentials },
      on,
    );
    return gatesInWords(found, this.messages, language);
  }

  private lostShown(
    { tender, contractor, at, criterion, because }: NoLongerOffered,
    language: Language,
  ): LostShown {
    const [shown] = criterion ? criteriaShown([criterion], this.messages, this.names, language) : [];
    const reason = shown?.evidence ?? (because && this.reasonOf(because, language));
    return { tender, contractor, on: dayInBrussels(at), reason };
  }

  /** Of what is gone only the reason is kept: one that compares is named by its criterion. */
  private reasonOf({ code, params }: Because, language: Language): string {
    const key = `reason.${code}`;
    const compares = /\{(actual|required)\}/.test(this.messages.entries(language).get(key) ?? '');
    const sentence = compares ? `criterion.${code.split('.')[0]}` : key;
    return codesToNames(this.messages.text(language, sentence, params), {
      messages: this.messages,
      names: this.names,
      language,
    });
  }

  private shown(opportunity: Opportunity, language: Language): OpportunityShown {
    const criteria = criteriaShown(opportunity.criteria, this.messages, this.names, language);
    return opportunityShown(opportunity, criteria);
  }
}

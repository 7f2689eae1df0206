import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addDays, systemActor } from '../../kernel/index.js';
import {
  confirmedTrades,
  doubtfulPackages,
  DraftingService,
  FORECAST_PACKAGES,
  InvitationForecasts,
  MailPreviews,
  TenderPipeline,
} from '../../pipeline/index.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/db/index.js';
import { formatShortDay, Messages } from '../../platform/i18n/index.js';
import { enterpriseNames } from '../../registry/index.js';
import { briefTagsOf } from '../../tagging/index.js';
import { MATCHING_LIMITS } from '../../matching/index.js';
import {
  buyerDraft,
  countOffered,
  offeredOf,
  sharedFilesOf,
  whatPublishingLacks,
  type Tender,
} from '../../tenders/index.js';
import { chosenClause } from '../shared/clause-in-words.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { problemsInWords } from '../shared/problems-in-words.js';
import { findTender } from './find-tender.js';
import { contractorPaths } from './paths.js';
import { readPublicationForm } from './publication-form.js';
import {
  LACKING_SHOWN,
  publishPage,
  RECOMMENDED_DAYS,
  type CandidatesAsked,
  type PublishFacts,
  type PublishPage,
} from './publish.page.js';
import { packageLine } from './tender.page.js';

type Entries = Readonly<Record<string, unknown>>;

/** The last step of a draft: until when to answer, what is still missing, and publishing. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/publish')
export class PublishController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly drafting: DraftingService,
    private readonly pipeline: TenderPipeline,
    private readonly invitations: InvitationForecasts,
    private readonly mails: MailPreviews,
    private readonly messages: Messages,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    return this.page(request, reply, id);
  }

  @Post()
  async publish(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Entries,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    // Nothing is kept yet: the page shows other enterprises, and what is entered comes along.
    if (body['look'] !== undefined) return this.page(request, reply, id, { problems: [], entries: body });
    const example = formatShortDay(language, addDays(this.clock.today(), RECOMMENDED_DAYS));
    const form = readPublicationForm(body, this.clock.now(), example);
    if ('problems' in form) {
      return this.page(request, reply, id, { problems: form.problems, entries: body });
    }
    const tender = await this.database.transaction(actor, (tx) => findTender(tx, id));
    if (body['action'] === 'save') {
      await this.drafting.correctTender(actor, tender.id, form);
      const key = 'said.publication-kept';
      return this.pages.redirect(reply, contractorPaths.publish(tender.id), { tone: 'success', key });
    }
    const lacking = await this.pipeline.publish(actor, tender.id, form);
    // What is missing stands on the page itself, each with a link to where it can be given.
    if (lacking.length > 0) return this.pages.redirect(reply, contractorPaths.publish(tender.id));
    const key = 'said.published';
    return this.pages.redirect(reply, contractorPaths.board(tender.id), { tone: 'success', key });
  }

  /** The mail as the best placed enterprise would get it, in the language of whoever looks. */
  @Get('mail')
  async mail(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const tender = await this.database.transaction(actor, (tx) => findTender(tx, id));
    if (tender.status !== 'draft') return this.pages.redirect(reply, contractorPaths.board(id));
    const mail = await this.database.transaction(systemActor(request.id), (tx) =>
      this.mails.offer(tx, tender, language),
    );
    const model = { mail, title: tender.title, backHref: contractorPaths.publish(id) };
    return this.pages.html(request, reply, 'contractor/views/mail-preview.njk', model);
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    form?: FormState,
  ): Promise<string> {
    const { actor } = request.visitor;
    const tender = await this.database.transaction(actor, (tx) => findTender(tx, id));
    const asked = form?.entries;
    const reached =
      tender.status === 'draft' ? await this.reached(request, tender, asked) : { forecast: null };
    const model = await this.database.transaction(actor, (tx) =>
      this.model(tx, request, id, { ...reached, asked }),
    );
    if (model === null) return this.pages.redirect(reply, contractorPaths.board(id));
    return this.pages.html(request, reply, 'contractor/views/publish.njk', model, form);
  }

  /** @returns null for what is published already */
  private async model(
    tx: Tx,
    request: FastifyRequest,
    id: string,
    { forecast, candidates, asked }: Pick<PublishFacts, 'forecast' | 'candidates' | 'asked'>,
  ): Promise<PublishPage | null> {
    const { language } = request.visitor;
    const tender = await findTender(tx, id);
    if (tender.status !== 'draft') return null;
    const packages = await offeredOf(tx, tender.id, FORECAST_PACKAGES);
    const ids = packages.map((item) => item.id);
    const tags = await briefTagsOf(tx, ids);
    const doubtful = await doubtfulPackages(tx, tender.id, LACKING_SHOWN + 1);
    const offeredCount = await countOffered(tx, tender.id);
    const answers = await buyerDraft(tx, tender.id);
    // Of what lacks nothing, one stands for all: that something is offered.
    const [first] = packages;
    const sound = first ? [{ workPackage: first, trades: confirmedTrades(tags.get(first.id) ?? []) }] : [];
    const lookedAt = doubtful.length > 0 ? doubtful : sound;
    const lacking = whatPublishingLacks(tender, answers, lookedAt, this.clock.now());
    return publishPage({
      tender,
      packages: packages.map((item) => packageLine(item, tags.get(item.id) ?? [])),
      offeredCount,
      lacking: problemsInWords(this.messages, language, lacking),
      lackingIn: doubtful.map(({ workPackage }) => workPackage),
      clauseLabel: chosenClause(tender, this.messages, language),
      today: this.clock.today(),
      forecast,
      candidates,
      asked,
      invitedNames: await enterpriseNames(tx, tender.invited),
      shared: await sharedFilesOf(tx, tender.id),
    });
  }

  /** Who publishing would reach and who may be invited by name: figures and names alone, of a register that the system reads whole. */
  private reached(
    { id: requestId }: FastifyRequest,
    tender: Tender,
    asked: CandidatesAsked | undefined,
  ): Promise<Pick<PublishFacts, 'forecast' | 'candidates'>> {
    const isLooking = asked?.look !== undefined;
    return this.database.transaction(systemActor(requestId), async (tx) => {
      const forecast = await this.invitations.forecast(
        tx,
        tender,
        tender.deadline,
        isLooking ? { wanted: MATCHING_LIMITS.weighed } : {},
      );
      return forecast || !isLooking
        ? { forecast }
        : { forecast, candidates: await this.invitations.candidates(tx, tender) };
    });
  }
}

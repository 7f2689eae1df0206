import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { addDays, type Actor, systemActor } from '../../kernel/index.js';
import {
  confirmedTrades,
  DraftingService,
  InvitationPipeline,
  MailPreviews,
  TenderPipeline,
  type InvitationForecast,
} from '../../pipeline/index.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/db/index.js';
import { formatShortDay, Messages } from '../../platform/i18n/index.js';
import { enterpriseNames } from '../../registry/index.js';
import { briefTagsOf } from '../../tagging/index.js';
import { buyerDraft, packagesOf, whatPublishingLacks, type Tender } from '../../tenders/index.js';
import { chosenClause } from '../shared/clause-in-words.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { problemsInWords } from '../shared/problems-in-words.js';
import { findTender } from './find-tender.js';
import { contractorPaths } from './paths.js';
import { readPublicationForm } from './publication-form.js';
import { publishPage, RECOMMENDED_DAYS, type PublishFacts, type PublishPage } from './publish.page.js';
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
    private readonly invitations: InvitationPipeline,
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
    const forecast = tender.status === 'draft' ? await this.forecast(request, tender) : null;
    const model = await this.database.transaction(actor, (tx) =>
      this.model(tx, request, id, { forecast, asked: form?.entries }),
    );
    if (model === null) return this.pages.redirect(reply, contractorPaths.board(id));
    return this.pages.html(request, reply, 'contractor/views/publish.njk', model, form);
  }

  /** @returns null for what is published already */
  private async model(
    tx: Tx,
    request: FastifyRequest,
    id: string,
    { forecast, asked }: Pick<PublishFacts, 'forecast' | 'asked'>,
  ): Promise<PublishPage | null> {
    const { language } = request.visitor;
    const tender = await findTender(tx, id);
    if (tender.status !== 'draft') return null;
    const packages = (await packagesOf(tx, tender.id)).filter((item) => item.offered);
    const found = await briefTagsOf(
      tx,
      packages.map((item) => item.id),
    );
    const tags = Map.groupBy(found, (tag) => tag.packageId);
    const offered = packages.map((item) => ({
      workPackage: item,
      trades: confirmedTrades(tags.get(item.id) ?? []),
    }));
    const lacking = whatPublishingLacks(tender, await buyerDraft(tx, tender.id), offered, this.clock.now());
    return publishPage({
      tender,
      packages: packages.map((item) => packageLine(item, tags.get(item.id) ?? [])),
      lacking: problemsInWords(this.messages, language, lacking),
      clauseLabel: chosenClause(tender, this.messages, language),
      today: this.clock.today(),
      forecast,
      asked,
      invitedNames: await enterpriseNames(tx, tender.invited),
    });
  }

  /** Who publishing would reach: figures alone, of a register that the system reads whole. */
  private forecast({ id: requestId }: FastifyRequest, tender: Tender): Promise<InvitationForecast | null> {
    const system: Actor = systemActor(requestId);
    return this.database.transaction(system, (tx) => this.invitations.forecast(tx, tender, tender.deadline));
  }
}

import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, systemActor, type ProblemInWords } from '../../kernel/index.js';
import { InvitationForecasts, PublishedPipeline, type InvitationForecast } from '../../pipeline/index.js';
import { Database, type Tx } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { Messages } from '../../platform/i18n/index.js';
import { briefTagsOf } from '../../tagging/index.js';
import { additionsOf, packagesById, type Tender } from '../../tenders/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { problemsInWords } from '../shared/problems-in-words.js';
import { findTender } from './find-tender.js';
import { contractorPaths } from './paths.js';
import { whereToFix } from './publish.page.js';
import { packageLine, type PackageLine } from './tender.page.js';

/** Publishes packages that a corrected document added to a published tender, after the check that publishing has. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/additions')
export class AdditionsController {
  constructor(
    private readonly database: Database,
    private readonly published: PublishedPipeline,
    private readonly invitations: InvitationForecasts,
    private readonly messages: Messages,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    return this.page(request, reply, id);
  }

  @Post()
  async add(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const chosen = [body['packages'] ?? []].flat().filter((one): one is string => typeof one === 'string');
    if (chosen.length === 0) {
      const problems = [{ field: 'packages', key: 'refusal.lines-not-chosen' }];
      return this.page(request, reply, id, { problems, entries: body });
    }
    const lacking = await this.published.add(actor, uuid(id), chosen.map(uuid));
    if (lacking.length > 0) {
      const said = problemsInWords(this.messages, language, lacking);
      const problems = [{ field: 'packages', key: 'additions.lacking' }];
      return this.page(request, reply, id, { problems, entries: body }, said);
    }
    const key = 'said.packages-added';
    return this.pages.redirect(reply, contractorPaths.board(id), { tone: 'success', key });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    form?: FormState,
    lacking: readonly ProblemInWords[] = [],
  ): Promise<string> {
    const { tender, additions } = await this.database.transaction(request.visitor.actor, async (tx) => {
      const found = await findTender(tx, id);
      if (found.status !== 'published') throw new Refusal('tender-not-published');
      return { tender: found, additions: await additionLines(tx, found) };
    });
    const ready = additions.filter((item) => item.confirmed);
    const model = {
      title: tender.title,
      deadline: tender.deadline,
      additions,
      lacking: lacking.map((one) => ({ ...one, href: whereToFix(tender.id, one, additions) })),
      forecast: ready.length === 0 ? null : await this.forecast(request, tender, ready),
      href: contractorPaths.additions(tender.id),
      extendHref: contractorPaths.extension(tender.id),
      tenderHref: contractorPaths.tender(tender.id),
    };
    return this.pages.html(request, reply, 'contractor/views/additions.njk', model, form);
  }

  /** Who adding all that was looked at would reach: figures alone, of a register that the system reads whole. */
  private forecast(
    { id }: FastifyRequest,
    tender: Tender,
    ready: readonly PackageLine[],
  ): Promise<InvitationForecast | null> {
    const ids = ready.map((item) => item.id);
    return this.database.transaction(systemActor(id), (tx) =>
      this.invitations.forecast(tx, tender, tender.deadline, { only: ids }),
    );
  }
}

async function additionLines(tx: Tx, tender: Tender): Promise<PackageLine[]> {
  const ids = await additionsOf(tx, tender.id);
  const tags = await briefTagsOf(tx, ids);
  const packages = await packagesById(tx, ids);
  return packages.map((item) => packageLine(item, tags.get(item.id) ?? []));
}

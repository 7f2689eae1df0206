import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, systemActor, type Actor } from '../../kernel/index.js';
import { DraftingService, InvitationForecasts, PackagingService, type Reach } from '../../pipeline/index.js';
import { Database, type Tx } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { Messages } from '../../platform/i18n/index.js';
import { briefTagsOf } from '../../tagging/index.js';
import {
  additionsOf,
  packageChanges,
  undoableAct,
  packageQuantities,
  packagesInShort,
  unplacedLines,
  type PackageInShort,
  type Tender,
} from '../../tenders/index.js';
import { chosenClause } from '../shared/clause-in-words.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { findTender } from './find-tender.js';
import { contractorPaths } from './paths.js';
import { packageLine, packagesToReview, tenderPage, type PackageLine } from './tender.page.js';

type Entries = Readonly<Record<string, unknown>>;

/** Acts shown; older ones are still kept. */
const CHANGES_SHOWN = 100;

/** One tender: its packages, what is done on it and what comes next. */
@ApiExcludeController()
@Controller('contractor/tenders/:id')
export class TenderController {
  constructor(
    private readonly database: Database,
    private readonly drafting: DraftingService,
    private readonly packaging: PackagingService,
    private readonly forecasts: InvitationForecasts,
    private readonly messages: Messages,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Query() question: Entries,
  ): Promise<string> {
    return this.page(request, reply, id, question);
  }

  /** Several packages at once: offered as they are proposed, made one, or the last act undone. */
  @Post('packages')
  async arrange(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Entries,
  ): Promise<string> {
    const { actor } = request.visitor;
    const chosen = [body['packages'] ?? []].flat().filter((one): one is string => typeof one === 'string');
    const action = body['action'];
    const done = (key: string): string =>
      this.pages.redirect(reply, contractorPaths.tender(id), { tone: 'success', key });
    try {
      if (action === 'undo') {
        const seen = Number(body['change']);
        await this.packaging.undo(actor, uuid(id), Number.isSafeInteger(seen) ? seen : -1);
        return done('said.undone');
      }
      if (action === 'merge') {
        await this.packaging.merge(actor, uuid(id), chosen.map(uuid));
        return done('said.packages-merged');
      }
      const left = await this.offer(actor, id, new Set(chosen));
      return done(left > 0 ? 'said.packages-some-offered' : 'said.packages-offered');
    } catch (error) {
      if (!(error instanceof Refusal) || error.code === 'not-found') throw error;
      const problems = [{ field: 'packages-form', key: `refusal.${error.code}` }];
      return this.page(request, reply, id, body, { problems, entries: body });
    }
  }

  /** The next package that nobody has looked at; back to the tender when there is none. */
  @Get('review')
  async review(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Query('after') after: unknown,
    @Query('corrected') corrected: unknown,
  ): Promise<string> {
    const open = await this.database.transaction(request.visitor.actor, async (tx) =>
      packagesToReview(await this.lines(tx, await findTender(tx, id), ({ confirmed }) => !confirmed)),
    );
    const at = open.findIndex((line) => line.id === after) + 1;
    const next = open[at] ?? open.find((line) => line.id !== after);
    const on = typeof corrected === 'string' ? `corrected=${encodeURIComponent(corrected)}` : '';
    if (next) return this.pages.redirect(reply, `${next.href}?review=1${on && `&${on}`}`);
    const key = open.length > 0 ? 'said.review-last' : 'said.review-done';
    return this.pages.redirect(reply, `${contractorPaths.tender(id)}${on && `?${on}`}`, {
      tone: 'success',
      key,
    });
  }

  /** Who split, merged, moved and undid, and when. */
  @Get('history')
  async history(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const tender = await findTender(tx, id);
      const changes = await packageChanges(tx, tender.id, CHANGES_SHOWN);
      return { tenderTitle: tender.title, tenderHref: contractorPaths.tender(tender.id), changes };
    });
    return this.pages.html(request, reply, 'contractor/views/history.njk', model);
  }

  /** @returns how many of the chosen could not be offered, for want of a trade or because they are no work to place */
  private async offer(actor: Actor, id: string, chosen: ReadonlySet<string>): Promise<number> {
    const wanted = await this.database.transaction(actor, async (tx) =>
      this.lines(tx, await findTender(tx, id), (item) => chosen.has(item.id)),
    );
    if (wanted.length === 0) throw new Refusal('lines-not-chosen');
    const ready = wanted.flatMap(({ id: packageId, version, trades, placeable }) =>
      trades.length > 0 && (placeable === 'yes' || placeable === 'part')
        ? [{ packageId, version, decision: { trades: trades.map(({ code }) => code), placeable } }]
        : [],
    );
    await this.drafting.reviewPackages(
      actor,
      ready.map((one) => ({ ...one, correction: { offered: true }, place: null })),
    );
    return wanted.length - ready.length;
  }

  private async lines(
    tx: Tx,
    tender: Tender,
    wanted: (item: PackageInShort) => boolean,
  ): Promise<PackageLine[]> {
    const packages = (await packagesInShort(tx, tender.id)).filter(wanted);
    const ids = packages.map((item) => item.id);
    const tags = await briefTagsOf(tx, ids);
    return packages.map((item) => packageLine(item, tags.get(item.id) ?? []));
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    question: Entries,
    form?: FormState,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const tender = await findTender(tx, id);
      const packages = await packagesInShort(tx, tender.id);
      const ids = packages.map((item) => item.id);
      const arrangement = {
        unplaced: await unplacedLines(tx, tender.id),
        undoable: tender.status === 'draft' ? await undoableAct(tx, tender.id) : null,
        hasHistory: (await packageChanges(tx, tender.id, 1)).length > 0,
        additions: await additionsOf(tx, tender.id),
      };
      const shown = tenderPage(tender, packages, await briefTagsOf(tx, ids), question, arrangement);
      const quantities = await packageQuantities(
        tx,
        shown.packages.map((item) => item.id),
      );
      const clause = chosenClause(tender, this.messages, request.visitor.language);
      return { tender, shown, quantities: new Map(quantities.map((one) => [one.packageId, one])), clause };
    });
    const { tender, shown, quantities, clause } = model;
    const reach = shown.asksWho ? await this.reach(request, tender, shown.packages) : null;
    const packages = shown.packages.map((item) => ({
      ...item,
      quantity: quantities.get(item.id) ?? null,
      reach: reach?.get(item.id) ?? null,
    }));
    const page = { ...shown, packages, clause };
    return this.pages.html(request, reply, 'contractor/views/tender.njk', page, form);
  }

  /** Whom the packages could be placed with, by the trades that are shown: no enterprise is named. */
  private reach(
    { id: requestId }: FastifyRequest,
    tender: Tender,
    packages: readonly PackageLine[],
  ): Promise<ReadonlyMap<string, Reach>> {
    const placeable = packages.filter((item) => item.placeable === 'yes' || item.placeable === 'part');
    const trades = new Map(placeable.map((item) => [item.id, item.trades.map(({ code }) => code)]));
    return this.database.transaction(systemActor(requestId), (tx) =>
      this.forecasts.reach(tx, tender, trades),
    );
  }
}

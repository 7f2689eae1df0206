import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FeedLinkService } from '../../accounts/index.js';
import {
  boardEntries,
  datesOfContractor,
  datesOfEnterprise,
  newestOpportunities,
} from '../../answers/index.js';
import { dayInBrussels, Refusal, type Actor, type Language } from '../../kernel/index.js';
import { OpenList } from '../../pipeline/index.js';
import { Clock } from '../../platform/clock.js';
import type { Config } from '../../platform/config/index.js';
import { Database } from '../../platform/db/index.js';
import { Messages, type MessageParams } from '../../platform/i18n/index.js';
import { tagUri, writeAtom, writeCalendar } from '../../platform/subscription/index.js';
import { CONFIG } from '../../platform/tokens.js';
import { approvalEnds } from '../../registry/index.js';
import { contractorPaths } from '../contractor/paths.js';
import { enterprisePaths } from '../enterprise/paths.js';
import type { Names } from '../shared/names.js';
import { NAMES } from '../shared/pages.service.js';
import { answerUnchanged } from './answer-unchanged.js';
import { approvalShown, dateShown } from './dates.js';
import { boardEntryShown, offerShown } from './news.js';

/** A feed tells what is new; who wants all of it looks at the list. */
const ENTRIES = 50;
const DEADLINES = 200;

const CACHED = 'private, no-cache';

/** What a reader sees of the service: in whose name, in which language. */
interface Reading {
  readonly actor: Actor & { readonly organisationId: string; readonly personId: string };
  readonly isContractor: boolean;
  readonly language: Language;
  readonly linkedAt: Date;
  readonly say: (key: string, params?: MessageParams) => string;
}

/**
 * The second channel beside mails: the same lists as the pages, no more, for programs that cannot sign in. The secret in
 * the address speaks for the person; no cookie is looked at and none is set.
 */
@ApiExcludeController()
@Controller('feeds/:token')
export class FeedsController {
  constructor(
    private readonly links: FeedLinkService,
    private readonly openList: OpenList,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly messages: Messages,
    @Inject(NAMES) private readonly names: Names,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('news.atom')
  async news(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token') token: string,
  ): Promise<string> {
    const { actor, isContractor, language, linkedAt, say } = await this.open(request, token);
    const { publicUrl } = this.config;
    const { organisationId, personId } = actor;
    const entries = await this.database.transaction(actor, async (tx) =>
      isContractor
        ? (await boardEntries(tx, organisationId, ENTRIES)).map((entry) =>
            boardEntryShown(entry, publicUrl, say),
          )
        : (await newestOpportunities(tx, organisationId, this.clock.now(), ENTRIES)).map((offer) =>
            offerShown(offer, language, publicUrl, say),
          ),
    );
    const content = writeAtom({
      id: tagUri(publicUrl, `news/${personId}`),
      title: say(isContractor ? 'feeds.news.contractor' : 'feeds.news.enterprise'),
      language,
      selfHref: null,
      pageHref: `${publicUrl}${isContractor ? contractorPaths.tenders() : enterprisePaths.opportunities()}`,
      begunAt: linkedAt,
      entries,
    });
    return answerUnchanged(request, reply, {
      content,
      type: 'application/atom+xml; charset=utf-8',
      cacheControl: CACHED,
    });
  }

  @Get('calendar.ics')
  async calendar(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token') token: string,
  ): Promise<string> {
    const { actor, isContractor, language, say } = await this.open(request, token);
    const { publicUrl } = this.config;
    const { organisationId } = actor;
    const now = this.clock.now();
    const entries = await this.database.transaction(actor, async (tx) => {
      const dates = await (isContractor ? datesOfContractor : datesOfEnterprise)(
        tx,
        organisationId,
        now,
        DEADLINES,
      );
      const ends = isContractor ? [] : await approvalEnds(tx, organisationId, dayInBrussels(now));
      return [
        ...dates.map((date) => dateShown(date, isContractor, publicUrl, say)),
        ...ends.map((end) => approvalShown(end, this.names.kind(language, end.kind), publicUrl, say)),
      ];
    });
    return answerUnchanged(request, reply, {
      content: writeCalendar(say('feeds.calendar'), entries),
      type: 'text/calendar; charset=utf-8',
      cacheControl: CACHED,
    });
  }

  /** @throws Refusal `not-found`, `too-many-requests` */
  private async open(request: FastifyRequest, token: string): Promise<Reading> {
    const { actor, reader } = await this.links.open(token, request.id);
    const { organisationId, personId, role, language, linkedAt } = reader;
    if (role !== 'contractor' && role !== 'enterprise') throw new Refusal('not-found');
    // As when somebody looks at the list: what was published since is put to the enterprise first.
    if (role === 'enterprise') await this.openList.bringUpToDate(actor);
    return {
      actor: { ...actor, organisationId, personId },
      isContractor: role === 'contractor',
      language,
      linkedAt,
      say: (key, params) => this.messages.text(language, key, params),
    };
  }
}

import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../platform/config/index.js';
import { Database } from '../../platform/db/index.js';
import { formatInstant, Messages, type MessageParams } from '../../platform/i18n/index.js';
import { tagUri, writeAtom, type FeedEntry } from '../../platform/subscription/index.js';
import { CONFIG } from '../../platform/tokens.js';
import { latestPublicChanges, type PublicChange } from '../../tenders/index.js';
import { paths } from '../shared/paths.js';
import { answerUnchanged } from './answer-unchanged.js';

const ENTRIES = 50;
/** Of a feed in which nothing happened yet. */
const BEGUN = new Date('2026-01-01T00:00:00Z');

/** What happens to tenders that are open to everybody. Nobody is looked for behind the request. */
@ApiExcludeController()
@Controller()
export class PublicFeedController {
  constructor(
    private readonly database: Database,
    private readonly messages: Messages,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('tenders.atom')
  async changes(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const { publicUrl } = this.config;
    const found = await this.database.transaction(actor, (tx) => latestPublicChanges(tx, ENTRIES));
    const say = (key: string, params?: MessageParams): string => this.messages.text(language, key, params);
    const content = writeAtom({
      id: tagUri(publicUrl, 'public-changes'),
      title: say('feeds.public'),
      language,
      selfHref: `${publicUrl}${paths.publicFeed()}?lang=${language}`,
      pageHref: `${publicUrl}${paths.publicTenders()}`,
      begunAt: BEGUN,
      entries: found.map((change) =>
        changeShown(change, formatInstant(language, change.deadline), publicUrl, say),
      ),
    });
    reply.header('vary', 'accept-language, cookie');
    return answerUnchanged(request, reply, {
      content,
      type: 'application/atom+xml; charset=utf-8',
      cacheControl: 'public, max-age=300',
    });
  }
}

function changeShown(
  { id, kind, tenderId, title, contractor, municipality, at }: PublicChange,
  deadline: string,
  publicUrl: string,
  say: (key: string, params?: MessageParams) => string,
): FeedEntry {
  const lines = [
    contractor,
    ...(municipality === null ? [] : [say('feeds.offer.where', { municipality })]),
    ...(kind === 'withdrawn' ? [] : [say('feeds.offer.until', { deadline })]),
  ];
  return {
    id: tagUri(publicUrl, `change/${id}`),
    title: say(`feeds.change.${kind}`, { title }),
    updatedAt: at,
    // What was taken back has no page any more.
    href: `${publicUrl}${kind === 'withdrawn' ? paths.publicTenders() : paths.publicTender(tenderId)}`,
    text: lines.join('\n'),
  };
}

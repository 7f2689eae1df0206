import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FeedLinkService, isManager, peopleOf, type FeedLink } from '../../accounts/index.js';
import { Refusal, type Actor } from '../../kernel/index.js';
import { INVITATION_RULES, keepWeeklyMailsWish, weeklyMailsWish } from '../../matching/index.js';
import {
  MailWishService,
  NotificationsService,
  RHYTHMS,
  type MailList,
  type Rhythm,
} from '../../notifications/index.js';
import type { Config } from '../../platform/config/index.js';
import { Database, type Tx } from '../../platform/db/index.js';
import { CONFIG } from '../../platform/tokens.js';
import { feedPaths } from '../feeds/paths.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { mailEntries, MOST_A_WEEK, readMailEntries } from './mail-wishes-form.js';
import { accountPaths } from './paths.js';

/** Which streams of mails a role gets at all. */
const LISTS: Readonly<Partial<Record<Actor['role'], readonly MailList[]>>> = {
  enterprise: ['offers', 'answers'],
  contractor: ['answers'],
};

/** Two addresses with the same secret, shown once. */
interface FeedsMade {
  readonly news: string;
  readonly calendar: string;
}

type Someone = Actor & { readonly organisationId: string; readonly personId: string };

/** Which mails a person gets and when, how many offers a week its enterprise wants, and who of it hears. */
@ApiExcludeController()
@Controller('account/mails')
export class MailsController {
  constructor(
    private readonly database: Database,
    private readonly notifications: NotificationsService,
    private readonly wishes: MailWishService,
    private readonly feeds: FeedLinkService,
    private readonly pages: Pages,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.page(request, reply);
  }

  @Post()
  async keep(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: Readonly<Record<string, unknown>> | null,
  ): Promise<string> {
    const { actor, lists } = whoOf(request);
    const isEnterprise = actor.role === 'enterprise';
    const entries = mailEntries(body);
    const { wishes, problems } = readMailEntries(entries, isEnterprise, rhythmsOf(actor.role));
    if (problems.length > 0) return this.page(request, reply, { problems, entries: { ...entries } });
    await this.database.transaction(actor, async (tx) => {
      for (const list of lists)
        await this.notifications.wish(tx, actor.personId, list, entries.lists.includes(list));
      await this.wishes.keep(tx, actor, wishes.wish);
      if (!isEnterprise) return;
      await keepWeeklyMailsWish(tx, actor.organisationId, wishes.weekly);
      if (entries.shown.length > 0 && (await isManager(tx, actor)))
        await this.wishes.choose(tx, actor.organisationId, entries);
    });
    return this.pages.redirect(reply, accountPaths.mails(), { tone: 'success', key: 'mails.kept' });
  }

  /** Writes to the one who asks, at once. */
  @Post('test')
  async test(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { actor } = whoOf(request);
    const outcome = await this.database.transaction(actor, async (tx) =>
      this.wishes.test(tx, {
        personId: actor.personId,
        organisationId: actor.organisationId,
        language: request.visitor.language,
        isContractor: actor.role === 'contractor',
        weekly: await weekly(tx, actor),
      }),
    );
    const tone = outcome === 'sent' ? 'success' : 'notice';
    return this.pages.redirect(reply, accountPaths.mails(), { tone, key: `mails.test.${outcome}` });
  }

  /** The answer is the only place where the addresses are ever read; a link that was made before opens nothing from now on. */
  @Post('feeds')
  @HttpCode(200)
  async makeFeeds(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const token = await this.feeds.make(request.visitor.actor);
    request.answerIsSecret = true;
    const { publicUrl } = this.config;
    return this.page(request, reply, undefined, {
      news: `${publicUrl}${feedPaths.news(token)}`,
      calendar: `${publicUrl}${feedPaths.calendar(token)}`,
    });
  }

  @Post('feeds/end')
  async endFeeds(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.feeds.end(request.visitor.actor);
    return this.pages.redirect(reply, accountPaths.mails(), { tone: 'success', key: 'feeds.ended' });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    form?: FormState,
    made: FeedsMade | null = null,
  ): Promise<string> {
    const { actor, lists } = whoOf(request);
    const feedLink: FeedLink | null = await this.feeds.of(actor);
    const model = await this.database.transaction(actor, async (tx) => {
      const stopped = await this.notifications.stoppedLists(tx, actor.personId);
      const { rhythm, quiet } = await this.wishes.of(tx, actor.personId);
      return {
        lists,
        wanted: form ? form.entries['lists'] : lists.filter((list) => !stopped.includes(list)),
        rhythms: rhythmsOf(actor.role),
        rhythm,
        isContractor: actor.role === 'contractor',
        quiet,
        weekly: await weekly(tx, actor),
        most: MOST_A_WEEK,
        colleagues: await this.colleagues(tx, actor, form),
        addressIsRefused: await this.wishes.addressIsRefused(tx, actor.personId),
        feedLink,
        feedsMade: made,
        makeFeedsHref: accountPaths.makeFeeds(),
        endFeedsHref: accountPaths.endFeeds(),
      };
    });
    return this.pages.html(request, reply, 'account/views/mails.njk', model, form);
  }

  /** Whom a manager may have hear; nobody where there is no choice. */
  private async colleagues(
    tx: Tx,
    actor: Someone,
    form: FormState | undefined,
  ): Promise<readonly { readonly id: string; readonly name: string; readonly hears: boolean }[]> {
    if (actor.role !== 'enterprise' || !(await isManager(tx, actor))) return [];
    const people = await peopleOf(tx, actor.organisationId);
    if (people.length < 2) return [];
    const left = await this.wishes.notChosen(tx, actor.organisationId);
    const chosen = form?.entries['chosen'];
    return people.map(({ id, name }) => ({
      id,
      name,
      hears: Array.isArray(chosen) ? chosen.includes(id) : !left.includes(id),
    }));
  }
}

/** How often somebody may want news of its kind: an enterprise of offers, a contractor of answers and questions. */
function rhythmsOf(role: Actor['role']): readonly Rhythm[] {
  if (role === 'contractor') return ['daily', 'at-once'];
  return role === 'enterprise' ? RHYTHMS : ['at-once'];
}

async function weekly(tx: Tx, { role, organisationId }: Someone): Promise<number | null> {
  if (role !== 'enterprise') return null;
  return (await weeklyMailsWish(tx, organisationId)) ?? INVITATION_RULES.weeklyMails;
}

function whoOf({ visitor: { actor } }: FastifyRequest): {
  readonly actor: Someone;
  readonly lists: readonly MailList[];
} {
  const { personId, organisationId, role } = actor;
  if (personId === null || organisationId === null) throw new Refusal('sign-in-needed');
  return { actor: { ...actor, organisationId, personId }, lists: LISTS[role] ?? [] };
}

import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type Actor } from '../../kernel/index.js';
import { INVITATION_RULES, keepWeeklyMailsWish, weeklyMailsWish } from '../../matching/index.js';
import { NotificationsService, type MailList } from '../../notifications/index.js';
import { Database } from '../../platform/db/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { accountPaths } from './paths.js';

/** Which streams of mails a role gets at all. */
const LISTS: Readonly<Partial<Record<Actor['role'], readonly MailList[]>>> = {
  enterprise: ['offers', 'answers'],
  contractor: ['answers'],
};

/** The most that `invitation_wish` takes. */
const MOST_A_WEEK = 50;

/** Which mails a person gets, and how many offers a week its enterprise wants. */
@ApiExcludeController()
@Controller('account/mails')
export class MailsController {
  constructor(
    private readonly database: Database,
    private readonly notifications: NotificationsService,
    private readonly pages: Pages,
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
    const { actor, personId, lists } = whoOf(request);
    const wanted = new Set([body?.['lists'] ?? []].flat());
    const entered = typeof body?.['weekly'] === 'string' ? body['weekly'].trim() : '';
    const isEnterprise = actor.role === 'enterprise';
    if (isEnterprise && !(/^\d{1,2}$/.test(entered) && Number(entered) <= MOST_A_WEEK)) {
      const problem = { field: 'weekly', key: 'mails.weekly.problem', params: { max: MOST_A_WEEK } };
      const entries = { weekly: entered, lists: [...wanted] };
      return this.page(request, reply, { problems: [problem], entries });
    }
    await this.database.transaction(actor, async (tx) => {
      for (const list of lists) await this.notifications.wish(tx, personId, list, wanted.has(list));
      if (isEnterprise) await keepWeeklyMailsWish(tx, actor.organisationId, Number(entered));
    });
    return this.pages.redirect(reply, accountPaths.mails(), { tone: 'success', key: 'mails.kept' });
  }

  private async page(request: FastifyRequest, reply: FastifyReply, form?: FormState): Promise<string> {
    const { actor, personId, lists } = whoOf(request);
    const model = await this.database.transaction(actor, async (tx) => {
      const stopped = await this.notifications.stoppedLists(tx, personId);
      return {
        lists,
        wanted: form ? form.entries['lists'] : lists.filter((list) => !stopped.includes(list)),
        weekly:
          actor.role === 'enterprise'
            ? ((await weeklyMailsWish(tx, actor.organisationId)) ?? INVITATION_RULES.weeklyMails)
            : null,
        most: MOST_A_WEEK,
      };
    });
    return this.pages.html(request, reply, 'account/views/mails.njk', model, form);
  }
}

function whoOf({ visitor: { actor } }: FastifyRequest): {
  readonly actor: Actor & { readonly organisationId: string };
  readonly personId: string;
  readonly lists: readonly MailList[];
} {
  const { personId, organisationId, role } = actor;
  if (personId === null || organisationId === null) throw new Refusal('sign-in-needed');
  return { actor: { ...actor, organisationId }, personId, lists: LISTS[role] ?? [] };
}

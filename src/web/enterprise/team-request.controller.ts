import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PARTNER_ACTS, partnerActs, teamById, teamRequest } from '../../answers/index.js';
import { isLanguage, Refusal } from '../../kernel/index.js';
import { TeamPipeline } from '../../pipeline/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { linesOf, tenderById } from '../../tenders/index.js';
import { Pages } from '../shared/pages.service.js';
import { enterprisePaths } from './paths.js';

const LINES_SHOWN = 200;

/** What an enterprise is asked to do in somebody's team: the package, who leads and writes, and its word. */
@ApiExcludeController()
@Controller('enterprise/teams/:placeId')
export class TeamRequestController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly teams: TeamPipeline,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('placeId') placeId: string,
  ): Promise<string> {
    const { actor } = request.visitor;
    const model = await this.database.transaction(actor, async (tx) => {
      const asked = await teamRequest(tx, actor.organisationId ?? '', uuid(placeId), this.clock.now());
      if (!asked) throw new Refusal('not-found');
      const team = await teamById(tx, asked.teamId);
      const lines = await linesOf(tx, asked.packageId);
      const language = (await tenderById(tx, asked.tenderId))?.language;
      const isIn = asked.state === 'accepted';
      return {
        ...asked,
        leadPart: team?.leadPart ?? '',
        // Whoever is only asked sees nobody else: they have not consented to that.
        members: isIn
          ? (team?.places ?? []).filter(({ state, id }) => state === 'accepted' && id !== placeId)
          : [],
        acts: partnerActs(asked.state).filter((act) => act !== 'accept' || asked.isOpen),
        lines: lines.slice(0, LINES_SHOWN),
        moreLines: Math.max(0, lines.length - LINES_SHOWN),
        documentLanguage: isLanguage(language) ? language : null,
        leadHref: team?.offeredTo === placeId ? enterprisePaths.teamRequestLead(placeId) : null,
        href: enterprisePaths.teamRequest(placeId),
        listHref: enterprisePaths.opportunities(),
      };
    });
    return this.pages.html(request, reply, 'enterprise/views/team-request.njk', model);
  }

  @Post('lead')
  async answerLead(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('placeId') placeId: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const takes = body['act'] === 'take';
    const packageId = await this.teams.answerLead(request.visitor.actor, uuid(placeId), takes);
    const next = takes ? enterprisePaths.team(packageId) : enterprisePaths.teamRequest(placeId);
    const key = takes ? 'said.lead-taken' : 'said.lead-declined';
    return this.pages.redirect(reply, next, { tone: 'success', key });
  }

  @Post()
  async respond(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('placeId') placeId: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const act = PARTNER_ACTS.find((known) => known === body['act']);
    if (act === undefined) return this.pages.redirect(reply, enterprisePaths.teamRequest(uuid(placeId)));
    const leads = await this.teams.respond(request.visitor.actor, uuid(placeId), act);
    if (leads !== null)
      return this.pages.redirect(reply, enterprisePaths.team(leads), {
        tone: 'success',
        key: 'said.team-leads',
      });
    const next = act === 'accept' ? enterprisePaths.teamRequest(placeId) : enterprisePaths.opportunities();
    return this.pages.redirect(reply, next, { tone: 'success', key: `said.team-${act}` });
  }
}

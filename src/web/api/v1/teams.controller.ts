import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import {
  checkInvitation,
  opportunityById,
  partnerActs,
  standingAnswer,
  teamOf,
  teamRequest,
  teamRequestsOf,
  teamStanding,
  type TeamRequest,
} from '../../../answers/index.js';
import { Refusal, type Actor } from '../../../kernel/index.js';
import { TeamPipeline } from '../../../pipeline/index.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/db/index.js';
import { CurrentActor, Refuses, uuid } from '../../../platform/http/index.js';
import { isOpen, opportunityShown } from '../../enterprise/opportunities.page.js';
import { invalid } from './invalid.js';
import { AnswerLead, OfferLead } from './team-calls.dto.js';
import { InvitePartner, RespondToTeam, TeamRequestList, TeamRequestShape, TeamShape } from './teams.dto.js';

const PAGE = 25;

/** The team an enterprise leads for a package; it opens with the answer `team`, and its first invitation. */
@ApiTags('teams')
@Controller('api/v1/opportunities/:packageId/team')
export class TeamsApiController {
  constructor(
    private readonly teams: TeamPipeline,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The team you lead for a package, and which gaps somebody could fill.' })
  @ApiOkResponse({ type: TeamShape })
  @Refuses('not-found')
  async show(@CurrentActor() actor: Actor, @Param('packageId') packageId: string): Promise<TeamShape> {
    const own = actor.organisationId ?? '';
    const { team, canInvite } = await this.database.transaction(actor, async (tx) => {
      const opportunity = await opportunityById(tx, own, uuid(packageId));
      if (!opportunity) throw new Refusal('not-found');
      const answer = await standingAnswer(tx, opportunity.packageId, own);
      return {
        team: await teamOf(tx, opportunity.packageId, own),
        canInvite: isOpen(opportunityShown(opportunity, []), this.clock.now()) && answer?.kind === 'team',
      };
    });
    const places = (team?.places ?? []).filter(({ state }) => state !== 'dropped');
    const proposals = canInvite ? await this.teams.proposals(actor, uuid(packageId)) : [];
    return {
      standing: teamStanding(places.map(({ state }) => state)),
      leadPart: team?.leadPart ?? null,
      places: places.map(({ id, part, state, partner, changedAt }) => ({
        id,
        part,
        state,
        partner,
        changedAt: changedAt.toISOString(),
      })),
      proposals: proposals.map(({ covers }) => ({ covers: [...covers] })),
    };
  }

  @Post('places')
  @ApiOperation({ summary: 'Ask somebody into your team: for a gap that was proposed, or by its number.' })
  @ApiCreatedResponse({ type: TeamShape })
  @Refuses(
    'not-found',
    'partner-unknown',
    'partner-invited-already',
    'team-needs-answer',
    'tender-not-published',
    'package-withdrawn',
    'package-awarded-already',
    'answer-too-late',
    'answer-awarded',
    'request-invalid',
  )
  async invite(
    @CurrentActor() actor: Actor,
    @Param('packageId') packageId: string,
    @Body() body: InvitePartner,
  ): Promise<TeamShape> {
    const invitation = checkInvitation({ ...body });
    if (Array.isArray(invitation)) throw invalid(invitation);
    const wanted =
      body.covers === undefined
        ? { enterpriseNumber: body.enterpriseNumber ?? '' }
        : { covers: body.covers.join(' ') };
    await this.teams.invite(actor, uuid(packageId), wanted, invitation);
    return this.show(actor, packageId);
  }

  @Put('lead')
  @HttpCode(204)
  @ApiOperation({ summary: 'Offer the lead to a partner who accepted, or take that back.' })
  @ApiNoContentResponse()
  @Refuses(
    'not-found',
    'team-act-not-possible',
    'tender-not-published',
    'package-withdrawn',
    'package-awarded-already',
    'answer-too-late',
    'answer-awarded',
    'request-invalid',
  )
  async offerLead(
    @CurrentActor() actor: Actor,
    @Param('packageId') packageId: string,
    @Body() { placeId, act }: OfferLead,
  ): Promise<void> {
    await this.teams.offerLead(actor, uuid(packageId), placeId, act === 'offer');
  }

  @Delete('places/:placeId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Close a place: take an invitation back, part with a partner, or give a gap up.' })
  @ApiNoContentResponse()
  @Refuses('not-found', 'team-act-not-possible', 'answer-awarded')
  async drop(
    @CurrentActor() actor: Actor,
    @Param('packageId') packageId: string,
    @Param('placeId') placeId: string,
  ): Promise<void> {
    await this.teams.drop(actor, uuid(packageId), uuid(placeId));
  }
}

/** What others ask an enterprise to do in their teams. */
@ApiTags('teams')
@Controller('api/v1/team-requests')
export class TeamRequestsApiController {
  constructor(
    private readonly teams: TeamPipeline,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Teams you are asked into or belong to, next deadline first.' })
  @ApiQuery({ name: 'after', required: false, description: 'Continue after this request.' })
  @ApiOkResponse({ type: TeamRequestList })
  @Refuses('not-found', 'request-invalid')
  async list(@CurrentActor() actor: Actor, @Query('after') after?: string): Promise<TeamRequestList> {
    const all = await this.database.transaction(actor, (tx) =>
      teamRequestsOf(tx, actor.organisationId ?? '', this.clock.now()),
    );
    const from = after === undefined ? 0 : placeAfter(all, uuid(after));
    const page = all.slice(from, from + PAGE);
    return {
      items: page.map(shape),
      next: from + PAGE < all.length ? page.at(-1)!.placeId : null,
    };
  }

  @Get(':placeId')
  @ApiOperation({ summary: 'One team you are asked into or belong to.' })
  @ApiOkResponse({ type: TeamRequestShape })
  @Refuses('not-found')
  async show(@CurrentActor() actor: Actor, @Param('placeId') placeId: string): Promise<TeamRequestShape> {
    const asked = await this.database.transaction(actor, (tx) =>
      teamRequest(tx, actor.organisationId ?? '', uuid(placeId), this.clock.now()),
    );
    if (!asked) throw new Refusal('not-found');
    return shape(asked);
  }

  @Put(':placeId/lead')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take the lead that you were offered, and the joint answer with it, or decline.' })
  @ApiNoContentResponse()
  @Refuses(
    'not-found',
    'team-act-not-possible',
    'tender-not-published',
    'package-withdrawn',
    'package-awarded-already',
    'answer-too-late',
    'answer-awarded',
    'answer-outdated',
    'request-invalid',
  )
  async answerLead(
    @CurrentActor() actor: Actor,
    @Param('placeId') placeId: string,
    @Body() { act }: AnswerLead,
  ): Promise<void> {
    await this.teams.answerLead(actor, uuid(placeId), act === 'take');
  }

  @Put(':placeId/response')
  @HttpCode(204)
  @ApiOperation({ summary: 'Accept, decline, or leave. Accepting shows your name to the team.' })
  @ApiNoContentResponse()
  @Refuses(
    'not-found',
    'team-act-not-possible',
    'tender-not-published',
    'package-withdrawn',
    'package-awarded-already',
    'answer-too-late',
    'answer-awarded',
    'request-invalid',
  )
  async respond(
    @CurrentActor() actor: Actor,
    @Param('placeId') placeId: string,
    @Body() { act }: RespondToTeam,
  ): Promise<void> {
    await this.teams.respond(actor, uuid(placeId), act);
  }
}

/** Where the list goes on. @throws RequestInvalid when that request is gone: nobody knows then where it stood */
function placeAfter(all: readonly TeamRequest[], after: string): number {
  const at = all.findIndex(({ placeId }) => placeId === after);
  if (at >= 0) return at + 1;
  const place = { pointer: '/after' };
  throw invalid([{ code: 'team.request.gone', severity: 'error', place, found: after, expected: null }]);
}

function shape(asked: TeamRequest): TeamRequestShape {
  const { placeId, packageId, title, contractor, lead, part, message, state, deadline, isOpen: open } = asked;
  return {
    id: placeId,
    packageId,
    title,
    contractor,
    lead,
    part,
    message,
    state,
    deadline: deadline?.toISOString() ?? null,
    acts: partnerActs(state).filter((act) => act !== 'accept' || open),
  };
}

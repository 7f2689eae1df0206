import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { checkTeamCall, teamsOnPackages } from '../../../answers/index.js';
import { Refusal, type Actor, type Problem } from '../../../kernel/index.js';
import { TeamCallPipeline } from '../../../pipeline/index.js';
import { Database } from '../../../platform/db/index.js';
import { CurrentActor, Refuses, uuid } from '../../../platform/http/index.js';
import { packageById } from '../../../tenders/index.js';
import { callOf, callShown } from '../../contractor/team-call.page.js';
import { invalid } from './invalid.js';
import { CallTeam, TeamCallsShape } from './team-calls.dto.js';

/** The team that a contractor asks for one offer: who could, who agreed. */
@ApiTags('work packages')
@Controller('api/v1/work-packages/:id/team')
export class TeamCallsApiController {
  constructor(
    private readonly calls: TeamCallPipeline,
    private readonly database: Database,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The team you asked for an offer, or those you could ask.' })
  @ApiOkResponse({ type: TeamCallsShape })
  @Refuses('not-found')
  async show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<TeamCallsShape> {
    const call = await this.database.transaction(actor, async (tx) => {
      const item = await packageById(tx, uuid(id));
      if (!item) throw new Refusal('not-found');
      return callOf(await teamsOnPackages(tx, [item.id]), item.id);
    });
    if (!call) {
      const proposals = await this.calls.proposals(actor, uuid(id));
      return {
        call: null,
        proposals: proposals.map(({ key, members, coverage }) => ({
          key,
          members: members.map(({ covers, share }) => ({ covers: [...covers], share })),
          coverage,
        })),
      };
    }
    const fillable = call.lead === null ? await this.calls.fillable(actor, uuid(id)) : [];
    const { agreed, asked, lead } = callShown(call);
    const places = call.places
      .filter(({ state }) => state !== 'dropped')
      .map(({ id: placeId, part, state, partner, changedAt }) => ({
        id: placeId,
        part,
        state,
        partner,
        changedAt: changedAt.toISOString(),
        canFill: fillable.includes(placeId),
      }));
    return { call: { agreed, asked, lead, places }, proposals: [] };
  }

  @Post()
  @ApiOperation({ summary: 'Ask a proposed team for one offer: each member for its part.' })
  @ApiCreatedResponse({ type: TeamCallsShape })
  @Refuses(
    'not-found',
    'team-proposal-gone',
    'team-called-already',
    'tender-not-published',
    'package-withdrawn',
    'package-awarded-already',
    'answer-too-late',
    'request-invalid',
  )
  async call(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { team, parts, message }: CallTeam,
  ): Promise<TeamCallsShape> {
    const wanted = (await this.calls.proposals(actor, uuid(id))).find(({ key }) => key === team);
    if (!wanted) throw new Refusal('team-proposal-gone');
    const fields = Object.fromEntries(parts.map((part, at) => [`part${at}`, part]));
    const given = checkTeamCall({ ...fields, message }, wanted.members.length);
    if (Array.isArray(given)) throw invalid(given.map(ofList));
    await this.calls.call(actor, uuid(id), team, given);
    return this.show(actor, id);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Take the request back, as long as not all have agreed.' })
  @ApiNoContentResponse()
  @Refuses('not-found')
  async end(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.calls.end(actor, uuid(id));
  }

  @Post('places/:placeId/replacement')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ask another enterprise for a part that was declined.' })
  @ApiNoContentResponse()
  @Refuses(
    'not-found',
    'partner-unknown',
    'team-act-not-possible',
    'tender-not-published',
    'package-withdrawn',
    'package-awarded-already',
    'answer-too-late',
  )
  async fill(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('placeId') placeId: string,
  ): Promise<void> {
    await this.calls.fill(actor, uuid(id), uuid(placeId));
  }
}

/** `/part1` of a form is `/parts/1` of a list. */
function ofList(problem: Problem): Problem {
  const { place } = problem;
  if (place === null || !('pointer' in place)) return problem;
  return { ...problem, place: { ...place, pointer: place.pointer.replace(/^\/part(\d+)$/, '/parts/$1') } };
}

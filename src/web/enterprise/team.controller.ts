import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  checkInvitation,
  decisionFor,
  opportunityById,
  standingAnswer,
  teamOf,
} from '../../answers/index.js';
import { Refusal } from '../../kernel/index.js';
import { TeamPipeline } from '../../pipeline/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { problemsAtFields } from '../shared/problems-at-fields.js';
import { isOpen, opportunityShown } from './opportunities.page.js';
import { enterprisePaths } from './paths.js';
import { teamPage } from './team.page.js';

const NUMBER = 'number';

/** What the lead may be told at the form, and at which field. */
const AT_THE_FORM: Readonly<Record<string, string>> = {
  'partner-unknown': 'partnerNumber',
  'partner-invited-already': 'partnerNumber',
};

/** The team that an enterprise leads: whom to ask for what, who accepted, what is open. */
@ApiExcludeController()
@Controller('enterprise/opportunities/:packageId/team')
export class TeamController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly teams: TeamPipeline,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('packageId') packageId: string,
  ): Promise<string> {
    return this.page(request, reply, packageId);
  }

  @Post()
  async invite(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('packageId') packageId: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const refuse = (problems: FormState['problems']) =>
      this.page(request, reply, packageId, { problems, entries: body });
    const partner = typeof body['partner'] === 'string' ? body['partner'] : '';
    if (partner !== NUMBER && !partner.startsWith('covers '))
      return refuse([{ field: 'partner', key: 'team.problem.partner' }]);
    const invitation = checkInvitation(body);
    if (Array.isArray(invitation)) return refuse(problemsAtFields(invitation));
    const wanted =
      partner === NUMBER
        ? { enterpriseNumber: String(body['partnerNumber'] ?? '') }
        : { covers: partner.slice('covers '.length) };
    try {
      await this.teams.invite(request.visitor.actor, uuid(packageId), wanted, invitation);
    } catch (error) {
      const field = error instanceof Refusal ? AT_THE_FORM[error.code] : undefined;
      if (field === undefined) throw error;
      const at = partner === NUMBER ? field : 'partner';
      return refuse([{ field: at, key: `refusal.${(error as Refusal).code}` }]);
    }
    const flash = { tone: 'success', key: 'said.partner-invited' } as const;
    return this.pages.redirect(reply, enterprisePaths.team(packageId), flash);
  }

  @Post(':placeId/removal')
  async remove(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('packageId') packageId: string,
    @Param('placeId') placeId: string,
  ): Promise<string> {
    await this.teams.drop(request.visitor.actor, uuid(packageId), uuid(placeId));
    const flash = { tone: 'success', key: 'said.place-closed' } as const;
    return this.pages.redirect(reply, enterprisePaths.team(packageId), flash);
  }

  @Post(':placeId/lead')
  async handOver(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('packageId') packageId: string,
    @Param('placeId') placeId: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const isOffered = body['act'] !== 'keep';
    await this.teams.offerLead(request.visitor.actor, uuid(packageId), uuid(placeId), isOffered);
    const key = isOffered ? 'said.lead-offered' : 'said.lead-kept';
    return this.pages.redirect(reply, enterprisePaths.team(packageId), { tone: 'success', key });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    packageId: string,
    form?: FormState,
  ): Promise<string> {
    const { actor } = request.visitor;
    const organisationId = actor.organisationId ?? '';
    const found = await this.database.transaction(actor, async (tx) => {
      const opportunity = await opportunityById(tx, organisationId, uuid(packageId));
      if (!opportunity) throw new Refusal('not-found');
      return {
        opportunity,
        team: await teamOf(tx, opportunity.packageId, organisationId),
        answer: await standingAnswer(tx, opportunity.packageId, organisationId),
        decision: await decisionFor(tx, opportunity.packageId, organisationId),
      };
    });
    const { opportunity, team, answer, decision } = found;
    const isStillOpen = isOpen(opportunityShown(opportunity, []), this.clock.now());
    const canInvite = isStillOpen && answer?.kind === 'team';
    const canChange = decision?.state !== 'confirmed';
    const proposals = canInvite && canChange ? await this.teams.proposals(actor, opportunity.packageId) : [];
    const model = teamPage(opportunity, team, proposals, {
      canInvite: canInvite && canChange,
      canChange,
      canHandOver: isStillOpen && !decision?.state,
    });
    return this.pages.html(request, reply, 'enterprise/views/team.njk', model, form);
  }
}

import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { checkTeamCall, teamsOnPackages } from '../../answers/index.js';
import { Refusal } from '../../kernel/index.js';
import { TeamCallPipeline } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { packageWithdrawal } from '../../tenders/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { problemsAtFields } from '../shared/problems-at-fields.js';
import { findPackage } from './find-tender.js';
import { contractorPaths } from './paths.js';
import { callOf, teamCallPage } from './team-call.page.js';

interface Asked {
  readonly id: string;
  readonly packageId: string;
  /** Key of the team whose members are about to be asked. */
  readonly team: unknown;
}

/** Enterprises that could do a package together, without names, and the one team that was asked for an offer. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/packages/:packageId/team')
export class TeamCallController {
  constructor(
    private readonly database: Database,
    private readonly calls: TeamCallPipeline,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
    @Query('team') team: unknown,
  ): Promise<string> {
    return this.page(request, reply, { id, packageId, team });
  }

  @Post()
  async call(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const { actor } = request.visitor;
    const key = typeof body['team'] === 'string' ? body['team'] : '';
    const members = (await this.calls.proposals(actor, uuid(packageId))).find(
      (one) => one.key === key,
    )?.members;
    if (!members) throw new Refusal('team-proposal-gone');
    const given = checkTeamCall(body, members.length);
    if (Array.isArray(given)) {
      const form = { problems: problemsAtFields(given), entries: body };
      return this.page(request, reply, { id, packageId, team: key }, form);
    }
    await this.calls.call(actor, packageId, key, given);
    return this.back(reply, { id, packageId }, 'said.team-called');
  }

  @Post('end')
  async end(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
  ): Promise<string> {
    await this.calls.end(request.visitor.actor, uuid(packageId));
    return this.back(reply, { id, packageId }, 'said.team-call-ended');
  }

  @Post(':placeId/replacement')
  async fill(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
    @Param('placeId') placeId: string,
  ): Promise<string> {
    await this.calls.fill(request.visitor.actor, uuid(packageId), uuid(placeId));
    return this.back(reply, { id, packageId }, 'said.team-filled');
  }

  private back(
    reply: FastifyReply,
    { id, packageId }: { readonly id: string; readonly packageId: string },
    key: string,
  ): string {
    return this.pages.redirect(reply, contractorPaths.teamCall(id, packageId), { tone: 'success', key });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    { id, packageId, team }: Asked,
    form?: FormState,
  ): Promise<string> {
    const { actor } = request.visitor;
    const { about, call } = await this.database.transaction(actor, async (tx) => {
      const { tender, item } = await findPackage(tx, id, packageId);
      if (tender.status !== 'published') throw new Refusal('tender-not-published');
      if (await packageWithdrawal(tx, item.id)) throw new Refusal('package-withdrawn');
      if (!item.offered) throw new Refusal('package-not-offered');
      const { title } = item;
      return {
        about: { tenderId: tender.id, packageId: item.id, title, deadline: tender.deadline },
        call: callOf(await teamsOnPackages(tx, [item.id]), item.id),
      };
    });
    const hasGap = call?.places.some(({ state }) => state === 'declined' || state === 'left') ?? false;
    const fillable = hasGap && call?.lead === null ? await this.calls.fillable(actor, about.packageId) : [];
    const proposals = call ? [] : await this.calls.proposals(actor, about.packageId);
    const chosen = proposals.find(({ key }) => key === team) ?? null;
    const model = teamCallPage(about, call, { fillable, proposals, chosen });
    return this.pages.html(request, reply, 'contractor/views/team-call.njk', model, form);
  }
}

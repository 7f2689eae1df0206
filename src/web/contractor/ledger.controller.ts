import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import {
  acceptableAnswers,
  freePackages,
  ObligationsService,
  STAGES,
  type Stage,
} from '../../obligations/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { entryPage } from './entry.page.js';
import { problemsAtFields } from '../shared/problems-at-fields.js';
import { readLedgerForm } from './obligation-form.js';
import { contractorPaths } from './paths.js';
import { sayingConflicts } from './saying-conflicts.js';

type Entries = Readonly<Record<string, unknown>>;

/** The forms of the ledger: one per stage, and the one that takes an entry back. */
@ApiExcludeController()
@Controller('contractor/obligations/:id')
export class LedgerController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly obligations: ObligationsService,
    private readonly pages: Pages,
  ) {}

  @Get('entries/:stage')
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('stage') stage: string,
    @Query('on') chosen?: unknown,
  ): Promise<string> {
    return this.page(request, reply, id, stageOf(stage), chosen);
  }

  @Post('entries/:stage')
  async enter(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('stage') stageName: string,
    @Body() body: Entries,
  ): Promise<string> {
    const stage = stageOf(stageName);
    const given = { ...readLedgerForm(body), stage };
    const outcome = await sayingConflicts(() =>
      this.obligations.addEntry(request.visitor.actor, uuid(id), given),
    );
    const problems = 'refused' in outcome ? outcome.refused : problemsAtFields(outcome);
    if (problems.length > 0)
      return this.page(request, reply, id, stage, body['parentId'], { problems, entries: body });
    const flash = { tone: 'success', key: 'said.entry-added' } as const;
    return this.pages.redirect(reply, contractorPaths.obligation(id), flash);
  }

  @Get('ended/:entryId')
  showEnd(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('entryId') entryId: string,
  ): Promise<string> {
    return this.endPage(request, reply, id, entryId);
  }

  @Post('ended/:entryId')
  async end(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('entryId') entryId: string,
    @Body() body: Entries,
  ): Promise<string> {
    const outcome = await sayingConflicts(() =>
      this.obligations.endEntry(request.visitor.actor, uuid(id), uuid(entryId), body),
    );
    const problems = 'refused' in outcome ? outcome.refused : problemsAtFields(outcome);
    if (problems.length > 0) return this.endPage(request, reply, id, entryId, { problems, entries: body });
    const flash = { tone: 'success', key: 'said.entry-ended' } as const;
    return this.pages.redirect(reply, contractorPaths.obligation(id), flash);
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    stage: Stage,
    chosen: unknown,
    form?: FormState,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const shown = await this.obligations.show(tx, uuid(id));
      return entryPage(shown, stage, typeof chosen === 'string' ? chosen : null, {
        today: this.clock.today(),
        packages: stage === 'planned' ? await freePackages(tx, shown.obligation.id) : [],
        answers: stage === 'committed' ? await acceptableAnswers(tx, shown.obligation.id) : [],
      });
    });
    return this.pages.html(request, reply, 'contractor/views/entry.njk', model, form);
  }

  private async endPage(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    entryId: string,
    form?: FormState,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const { obligation, entries } = await this.obligations.show(tx, uuid(id));
      const entry = entries.find((one) => one.id === uuid(entryId) && one.endedAt === null);
      if (!entry) throw new Refusal('not-found');
      return {
        line: entry,
        mainContract: obligation.mainContract,
        href: contractorPaths.endEntry(obligation.id, entry.id),
        backHref: contractorPaths.obligation(obligation.id),
      };
    });
    return this.pages.html(request, reply, 'contractor/views/entry-end.njk', model, form);
  }
}

function stageOf(name: string): Stage {
  const stage = STAGES.find((known) => known === name);
  if (!stage) throw new Refusal('not-found');
  return stage;
}

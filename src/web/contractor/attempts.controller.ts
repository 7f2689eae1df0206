import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ObligationsService } from '../../obligations/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { attemptFormPage, attemptsPage } from './attempts.page.js';
import { problemsAtFields } from '../shared/problems-at-fields.js';
import { readLedgerForm } from './obligation-form.js';
import { contractorPaths } from './paths.js';

type Entries = Readonly<Record<string, unknown>>;

/** What was tried to honour a clause, to be printed and shown to the buyer. */
@ApiExcludeController()
@Controller('contractor/obligations/:id/attempts')
export class AttemptsController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly obligations: ObligationsService,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    const { actor, organisation } = request.visitor;
    const model = await this.database.transaction(actor, async (tx) => {
      const shown = await this.obligations.show(tx, uuid(id));
      const log = await this.obligations.log(tx, shown.obligation.id);
      return attemptsPage(shown, log, organisation?.name ?? '', this.clock.now());
    });
    return this.pages.html(request, reply, 'contractor/views/attempts.njk', model);
  }

  @Get('new')
  showNew(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Query('corrects') corrects?: unknown,
  ): Promise<string> {
    return this.form(request, reply, id, corrects);
  }

  @Post('new')
  async add(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Entries,
  ): Promise<string> {
    const problems = await this.obligations.addAttempt(request.visitor.actor, uuid(id), readLedgerForm(body));
    if (problems.length > 0) {
      const entries = { problems: problemsAtFields(problems), entries: body };
      return this.form(request, reply, id, body['corrects'], entries);
    }
    const flash = { tone: 'success', key: 'said.attempt-added' } as const;
    return this.pages.redirect(reply, contractorPaths.attempts(id), flash);
  }

  private async form(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    corrects: unknown,
    form?: FormState,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const shown = await this.obligations.show(tx, uuid(id));
      const { attempts } = await this.obligations.log(tx, shown.obligation.id);
      return attemptFormPage(shown, attempts, typeof corrects === 'string' ? corrects : null);
    });
    return this.pages.html(request, reply, 'contractor/views/attempt.njk', model, form);
  }
}

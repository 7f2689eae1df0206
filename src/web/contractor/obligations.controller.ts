import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { askInWords } from '../../legal-basis/index.js';
import { ObligationsService } from '../../obligations/index.js';
import { CommitmentChecks } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { Messages } from '../../platform/i18n/index.js';
import { gatesInWords } from '../shared/gates-in-words.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { findTender } from './find-tender.js';
import { problemsAtFields } from '../shared/problems-at-fields.js';
import { readLedgerForm } from './obligation-form.js';
import { obligationPage } from './obligation.page.js';
import { correctDebtForm, newDebtForm, obligationsPage } from './obligations.page.js';
import { contractorPaths } from './paths.js';
import { sayingConflicts } from './saying-conflicts.js';
import { waitingTenders } from './waiting-tenders.query.js';

type Entries = Readonly<Record<string, unknown>>;

/** What main contracts leave with a contractor: all of it, one of it, and what is due. */
@ApiExcludeController()
@Controller('contractor/obligations')
export class ObligationsController {
  constructor(
    private readonly database: Database,
    private readonly obligations: ObligationsService,
    private readonly checks: CommitmentChecks,
    private readonly messages: Messages,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { actor } = request.visitor;
    const model = await this.database.transaction(actor, async (tx) =>
      obligationsPage(
        await this.obligations.list(tx, actor),
        await waitingTenders(tx, actor.organisationId!),
      ),
    );
    return this.pages.html(request, reply, 'contractor/views/obligations.njk', model);
  }

  @Get('new')
  showNew(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('tender') tenderId?: string,
  ): Promise<string> {
    return this.newForm(request, reply, tenderId);
  }

  @Post('new')
  async enter(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: Entries,
  ): Promise<string> {
    const given = readLedgerForm(body);
    if (given['tenderId']) uuid(String(given['tenderId']));
    const outcome = await sayingConflicts(() => this.obligations.enter(request.visitor.actor, given));
    if ('id' in outcome) {
      const flash = { tone: 'success', key: 'said.obligation-entered' } as const;
      return this.pages.redirect(reply, contractorPaths.obligation(outcome.id), flash);
    }
    const problems = 'refused' in outcome ? outcome.refused : problemsAtFields(outcome);
    return this.newForm(request, reply, body['tenderId'], { problems, entries: body });
  }

  @Get(':id')
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const { found, model } = await this.database.transaction(actor, async (tx) => {
      const shown = await this.obligations.show(tx, uuid(id));
      const law = await this.obligations.lawOf(tx, shown.debt);
      const known = Array.isArray(law) ? null : law;
      const asks = (known?.asks ?? []).map((ask) =>
        askInWords(ask, (key, params) => this.messages.text(language, key, params)),
      );
      const log = await this.obligations.log(tx, shown.obligation.id);
      return { found: shown, model: obligationPage(shown, known, asks, log) };
    });
    const commitments = (await this.checks.of(actor, found)).map((check) => ({
      ...check,
      gates: gatesInWords(check.gates, this.messages, language),
    }));
    return this.pages.html(request, reply, 'contractor/views/obligation.njk', { ...model, commitments });
  }

  @Get(':id/debt')
  showDebt(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    return this.debtForm(request, reply, id);
  }

  @Post(':id/debt')
  async correct(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Entries,
  ): Promise<string> {
    const problems = await this.obligations.correct(request.visitor.actor, uuid(id), readLedgerForm(body));
    if (problems.length > 0)
      return this.debtForm(request, reply, id, { problems: problemsAtFields(problems), entries: body });
    const flash = { tone: 'success', key: 'said.debt-corrected' } as const;
    return this.pages.redirect(reply, contractorPaths.obligation(id), flash);
  }

  private async newForm(
    request: FastifyRequest,
    reply: FastifyReply,
    tenderId: unknown,
    form?: FormState,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) =>
      newDebtForm(typeof tenderId === 'string' && tenderId !== '' ? await findTender(tx, tenderId) : null),
    );
    return this.pages.html(request, reply, 'contractor/views/debt.njk', model, form);
  }

  private async debtForm(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    form?: FormState,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const { obligation, debt } = await this.obligations.show(tx, uuid(id));
      return correctDebtForm(obligation.id, debt);
    });
    return this.pages.html(request, reply, 'contractor/views/debt.njk', model, form);
  }
}

import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type Problem } from '../../kernel/index.js';
import { expiringSoon, LegalBasisService, ProposalService, ruleText } from '../../legal-basis/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import type { FieldProblem } from '../shared/render/page-context.js';
import { lawPaths } from './paths.js';
import { readRulesAsked, rulePage, rulesPage } from './rules.page.js';

/** Law that ends within this many days with nothing after it is told. */
export const TOLD_DAYS_BEFORE = 180;

/** The rules as those who maintain them see them: on their line of time, with their history, and how to change one. */
@ApiExcludeController()
@Controller('administrator/rules')
export class RulesController {
  constructor(
    private readonly database: Database,
    private readonly legalBasis: LegalBasisService,
    private readonly proposals: ProposalService,
    @Inject(Clock) private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const asked = readRulesAsked(query);
    const { on, knownAt } = asked;
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const present = await this.legalBasis.rulesAsOf(tx);
      const versions =
        on === null
          ? (await this.legalBasis.rulesAsOf(tx, { knownAt })).versions
          : await this.legalBasis.versionsInForce(tx, on, { knownAt });
      return rulesPage(versions, asked, expiringSoon(present, this.clock.today(), TOLD_DAYS_BEFORE));
    });
    return this.pages.html(request, reply, 'law/views/rules.njk', model);
  }

  @Get(':set/:key')
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('set') set: string,
    @Param('key') key: string,
  ): Promise<string> {
    return this.page(request, reply, set, key);
  }

  @Post(':set/:key')
  async propose(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('set') set: string,
    @Param('key') key: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const text = (name: string): string => (typeof body[name] === 'string' ? body[name].trim() : '');
    const [source, reason] = [text('source'), text('reason')];
    const problems: FieldProblem[] = [];
    if (source === '') problems.push({ field: 'source', key: 'rules.problem.source' });
    if (reason === '') problems.push({ field: 'reason', key: 'rules.problem.reason' });
    if (problems.length > 0) return this.page(request, reply, set, key, { problems, entries: body });
    const kept = await this.proposals.propose(request.visitor.actor, source, reason);
    if (typeof kept !== 'string')
      return this.page(request, reply, set, key, { problems: kept.map(lineProblem), entries: body });
    return this.pages.redirect(reply, lawPaths.proposal(kept), { tone: 'success', key: 'rules.proposed' });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    set: string,
    key: string,
    form?: FormState,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const history = await this.legalBasis.historyOf(tx, set, key);
      const latest = history.filter(({ recordedUntil }) => recordedUntil === null).at(-1) ?? history[0];
      if (!latest) throw new Refusal('not-found');
      return rulePage(set, key, history, ruleText(latest));
    });
    return this.pages.html(request, reply, 'law/views/rule.njk', model, form);
  }
}

/** A problem in the text of a rule, with its line. */
function lineProblem({ code, place, found, expected, params }: Problem): FieldProblem {
  const line = place !== null && 'line' in place ? place.line : 0;
  const said = { ...params, file: `L${line}`, found: found ?? '', expected: expected ?? '' };
  return { field: 'source', key: `problem.${code}`, params: said };
}

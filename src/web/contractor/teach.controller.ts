import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { TeachingService } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { stateOfRule, tagsOf, type RuleTrial, type TaughtRule } from '../../tagging/index.js';
import { linesOf, numberingOfImport, type Numbering } from '../../tenders/index.js';
import { Pages } from '../shared/pages.service.js';
import type { FieldProblem } from '../shared/render/page-context.js';
import { findPackage, findTender } from './find-tender.js';
import { contractorPaths } from './paths.js';
import { ruleFrom, teachPage } from './teach.page.js';

type Entries = Readonly<Record<string, unknown>>;

/** After a correction: the same from now on, tried before it is kept. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/packages/:packageId/rule')
export class TeachController {
  constructor(
    private readonly database: Database,
    private readonly teaching: TeachingService,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
  ): Promise<string> {
    return this.page(request, reply, id, packageId, null);
  }

  @Post()
  async teach(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
    @Body() body: Entries,
  ): Promise<string> {
    if (body['keep'] !== 'yes') return this.page(request, reply, id, packageId, body);
    try {
      const numbering = await this.numbering(request, id);
      const rule = await this.teaching.teach(request.visitor.actor, readRule(body, numbering));
      const key = stateOfRule(rule) === 'in-force' ? 'said.rule-in-force' : 'said.rule-waiting';
      return this.pages.redirect(reply, contractorPaths.tagRules(), { tone: 'success', key });
    } catch (error) {
      return this.page(request, reply, id, packageId, body, [problemOf(error)]);
    }
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    packageId: string,
    entries: Entries | null,
    problems: readonly FieldProblem[] = [],
  ): Promise<string> {
    const { actor } = request.visitor;
    const { tender, item, tags, lines, numbering } = await this.database.transaction(actor, async (tx) => {
      const found = await findPackage(tx, id, packageId);
      return {
        ...found,
        tags: await tagsOf(tx, [found.item.id]),
        lines: await linesOf(tx, found.item.id),
        numbering: await numberingOfImport(tx, found.tender.importId),
      };
    });
    const rule = entries ? readRule(entries, numbering) : ruleFrom(item, lines, tags);
    const tried = await this.tried(request, rule);
    const told = [...problems, ...(entries && problems.length === 0 && tried.problem ? [tried.problem] : [])];
    const model = teachPage(tender, item, lines, tags, numbering, { rule, trial: tried.trial });
    const form = entries ? { problems: told, entries } : undefined;
    return this.pages.html(request, reply, 'contractor/views/teach.njk', model, form);
  }

  private numbering(request: FastifyRequest, id: string): Promise<Numbering | null> {
    return this.database.transaction(request.visitor.actor, async (tx) =>
      numberingOfImport(tx, (await findTender(tx, id)).importId),
    );
  }

  private async tried(
    request: FastifyRequest,
    rule: TaughtRule,
  ): Promise<{ readonly trial: RuleTrial | null; readonly problem?: FieldProblem }> {
    try {
      return { trial: await this.teaching.tryOut(request.visitor.actor, rule) };
    } catch (error) {
      return { trial: null, problem: problemOf(error) };
    }
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

function readRule(body: Entries, numbering: Numbering | null): TaughtRule {
  const prefix = text(body['prefix']).slice(0, 30);
  return {
    pattern: text(body['pattern']).slice(0, 200),
    scope: body['scope'] === 'everybody' ? 'everybody' : 'organisation',
    numbering: numbering && prefix !== '' ? { ...numbering, prefix } : null,
    trade: text(body['trade']) || null,
    placeable: (['yes', 'part', 'no'] as const).find((label) => label === body['placeable']) ?? null,
  };
}

const FIELDS: Readonly<Record<string, string>> = { 'tag-rule-says-nothing': 'trade', 'cpv-unknown': 'trade' };

/** What is wrong with a rule, at its field; any other refusal is not for this form. */
function problemOf(error: unknown): FieldProblem {
  if (!(error instanceof Refusal) || !/^(tag-rule-|cpv-)/.test(error.code)) throw error;
  const params = Object.fromEntries(Object.entries(error.params).map(([key, value]) => [key, String(value)]));
  return { field: FIELDS[error.code] ?? 'pattern', key: `refusal.${error.code}`, params };
}

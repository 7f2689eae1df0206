import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PerformancesService } from '../../obligations/index.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { problemsAtFields } from '../shared/problems-at-fields.js';
import { enterprisePaths } from './paths.js';
import { performancePage, performancesPage } from './performances.page.js';

/** What contractors say the enterprise did: it confirms or disputes, nobody does it in its place. */
@ApiExcludeController()
@Controller('enterprise/performances')
export class PerformancesController {
  constructor(
    private readonly database: Database,
    private readonly performances: PerformancesService,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { actor } = request.visitor;
    const found = await this.database.transaction(actor, (tx) => this.performances.list(tx, actor));
    return this.pages.html(request, reply, 'enterprise/views/performances.njk', performancesPage(found));
  }

  @Get(':id')
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    return this.page(request, reply, id);
  }

  @Post(':id')
  async say(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const problems = await this.performances.say(request.visitor.actor, uuid(id), body);
    if (problems.length > 0)
      return this.page(request, reply, id, { problems: problemsAtFields(problems), entries: body });
    const key = body['verdict'] === 'confirmed' ? 'said.performance-confirmed' : 'said.performance-disputed';
    return this.pages.redirect(reply, enterprisePaths.performances(), { tone: 'success', key });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    form?: FormState,
  ): Promise<string> {
    const { actor } = request.visitor;
    const found = await this.database.transaction(actor, (tx) => this.performances.show(tx, actor, uuid(id)));
    return this.pages.html(request, reply, 'enterprise/views/performance.njk', performancePage(found), form);
  }
}

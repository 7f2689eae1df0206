import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { TeachingService } from '../../pipeline/index.js';
import { uuid } from '../../platform/http/index.js';
import { Pages } from '../shared/pages.service.js';
import { ruleShown } from '../shared/tag-rules.page.js';
import { adminPaths } from './paths.js';

/** What corrections would teach everybody: a second person accepts it or not. */
@ApiExcludeController()
@Controller('administrator/tag-rules')
export class EverybodysRulesController {
  constructor(
    private readonly teaching: TeachingService,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { rules } = await this.teaching.list(request.visitor.actor);
    const shown = rules.map((rule) =>
      ruleShown(rule, { accept: adminPaths.acceptTagRule(rule.id), end: adminPaths.endTagRule(rule.id) }),
    );
    return this.pages.html(request, reply, 'administrator/views/tag-rules.njk', { rules: shown });
  }

  @Post(':id/acceptance')
  async accept(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    try {
      await this.teaching.accept(request.visitor.actor, uuid(id));
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'tag-rule-breaks') throw error;
      return this.pages.redirect(reply, adminPaths.tagRules(), { tone: 'notice', key: 'said.rule-breaks' });
    }
    return this.pages.redirect(reply, adminPaths.tagRules(), { tone: 'success', key: 'said.rule-in-force' });
  }

  @Post(':id/end')
  async end(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    await this.teaching.end(request.visitor.actor, uuid(id));
    return this.pages.redirect(reply, adminPaths.tagRules(), { tone: 'success', key: 'said.rule-ended' });
  }
}

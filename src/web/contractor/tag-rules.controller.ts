import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type Actor } from '../../kernel/index.js';
import { TeachingService, type RulesSeen } from '../../pipeline/index.js';
import { uuid } from '../../platform/http/index.js';
import { Pages } from '../shared/pages.service.js';
import { ruleShown, type RuleShown } from '../shared/tag-rules.page.js';
import { contractorPaths } from './paths.js';

/** What corrections taught, for this organisation and for everybody. */
@ApiExcludeController()
@Controller('contractor/tag-rules')
export class TagRulesController {
  constructor(
    private readonly teaching: TeachingService,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { actor } = request.visitor;
    const rules = ownRules(actor, await this.teaching.list(actor));
    return this.pages.html(request, reply, 'contractor/views/tag-rules.njk', { rules });
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
      return this.pages.redirect(reply, contractorPaths.tagRules(), {
        tone: 'notice',
        key: 'said.rule-breaks',
      });
    }
    return this.pages.redirect(reply, contractorPaths.tagRules(), {
      tone: 'success',
      key: 'said.rule-in-force',
    });
  }

  @Post(':id/end')
  async end(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    await this.teaching.end(request.visitor.actor, uuid(id));
    return this.pages.redirect(reply, contractorPaths.tagRules(), {
      tone: 'success',
      key: 'said.rule-ended',
    });
  }
}

/** A manager decides on the rules of the organisation; what somebody taught and waits, they may take back. */
export function ownRules(actor: Actor, { rules, mayAccept }: RulesSeen): RuleShown[] {
  return rules.map((rule) => {
    const isOwn = rule.organisationId === actor.organisationId;
    const decides = isOwn && mayAccept && rule.scope === 'organisation';
    const isTheirs = isOwn && rule.taughtBy === actor.personId && rule.acceptedAt === null;
    return ruleShown(rule, {
      accept: decides ? contractorPaths.acceptTagRule(rule.id) : null,
      end: decides || isTheirs ? contractorPaths.endTagRule(rule.id) : null,
    });
  });
}

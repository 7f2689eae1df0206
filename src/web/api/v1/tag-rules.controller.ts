import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Actor } from '../../../kernel/index.js';
import { TeachingService } from '../../../pipeline/index.js';
import { CurrentActor, Refuses, uuid } from '../../../platform/http/index.js';
import { stateOfRule, type RuleMeasure, type StoredRule, type TaughtRule } from '../../../tagging/index.js';
import {
  RuleTrialShape,
  TagRuleList,
  TagRuleShape,
  TeachTagRule,
  type RuleMeasureShape,
} from './tag-rules.dto.js';

@ApiTags('tag rules')
@Controller('api/v1/tag-rules')
export class TagRulesApiController {
  constructor(private readonly teaching: TeachingService) {}

  @Get()
  @ApiOperation({ summary: 'Rules your organisation taught, and those that hold for everybody.' })
  @ApiOkResponse({ type: TagRuleList })
  async list(@CurrentActor() actor: Actor): Promise<TagRuleList> {
    const { rules } = await this.teaching.list(actor);
    return { items: rules.map(shape) };
  }

  @Post('trial')
  @HttpCode(200)
  @ApiOperation({ summary: 'What a rule would do to known answers and to your lines. Nothing is kept.' })
  @ApiOkResponse({ type: RuleTrialShape })
  @Refuses('tag-rule-without-words', 'tag-rule-says-nothing', 'cpv-unknown')
  async tryOut(@CurrentActor() actor: Actor, @Body() body: TeachTagRule): Promise<RuleTrialShape> {
    const { measure, contradicted, held, changed, examples } = await this.teaching.tryOut(
      actor,
      taught(body),
    );
    return {
      measure: measureShape(measure),
      contradicts: contradicted.map(({ id }) => id),
      held,
      changed,
      examples: [...examples],
    };
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({
    summary:
      'Teach a rule. What a manager teaches their organisation holds at once; the rest waits for who decides.',
  })
  @ApiCreatedResponse({ type: TagRuleShape })
  @Refuses('tag-rule-without-words', 'tag-rule-says-nothing', 'tag-rule-breaks', 'cpv-unknown')
  async teach(@CurrentActor() actor: Actor, @Body() body: TeachTagRule): Promise<TagRuleShape> {
    return shape(await this.teaching.teach(actor, taught(body)));
  }

  @Post(':id/acceptance')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept a rule of your organisation, as one of its managers.' })
  @ApiOkResponse({ type: TagRuleShape })
  @Refuses('not-found', 'not-allowed', 'manager-needed', 'tag-rule-breaks', 'tag-rule-decided')
  async accept(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<TagRuleShape> {
    return shape(await this.teaching.accept(actor, uuid(id)));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a rule back. Tags that were found by it stay, and still name it.' })
  @ApiNoContentResponse()
  @Refuses('not-found', 'not-allowed', 'manager-needed', 'tag-rule-decided')
  async end(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    await this.teaching.end(actor, uuid(id));
  }
}

function taught({ pattern, scope, trade, placeable, numbering }: TeachTagRule): TaughtRule {
  return {
    pattern,
    scope,
    trade: trade ?? null,
    placeable: placeable ?? null,
    numbering: numbering ? { ...numbering } : null,
  };
}

function shape(rule: StoredRule): TagRuleShape {
  const { id, scope, pattern, numbering, trade, placeable } = rule;
  return {
    id,
    scope,
    pattern,
    numbering,
    trade,
    placeable,
    state: stateOfRule(rule),
    taughtBy: rule.taughtByName,
    taughtAt: rule.taughtAt.toISOString(),
    acceptedBy: rule.acceptedByName,
    acceptedAt: rule.acceptedAt?.toISOString() ?? null,
    endedAt: rule.endedAt?.toISOString() ?? null,
    measure: rule.measure && measureShape(rule.measure),
  };
}

function measureShape({ bench, confirmed, broken }: RuleMeasure): RuleMeasureShape {
  return {
    benchLines: bench.lines,
    benchHeld: bench.held,
    rightBefore: bench.before,
    rightAfter: bench.after,
    confirmedPackages: confirmed.packages,
    confirmedHeld: confirmed.held,
    broken: [...broken],
  };
}

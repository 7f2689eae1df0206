import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiQuery, ApiTags } from '@nestjs/swagger';
import { addDays, isDay } from '../../../kernel/index.js';
import {
  beingCounted,
  BREAKDOWNS,
  clauseProgress,
  HEADLINES,
  headlinesOf,
  shownGroups,
  UPTAKE_FIGURES,
  type Figure,
} from '../../../monitoring/index.js';
import { Clock } from '../../../platform/clock.js';
import type { Config } from '../../../platform/config/index.js';
import { Database } from '../../../platform/db/index.js';
import { CurrentVisitor, Refuses, type Visitor } from '../../../platform/http/index.js';
import { Messages } from '../../../platform/i18n/index.js';
import { CONFIG } from '../../../platform/tokens.js';
import { groupLabels } from '../../shared/group-labels.js';
import type { Names } from '../../shared/names.js';
import { NAMES } from '../../shared/pages.service.js';
import { figuresTold } from '../../working-group/figures-told.js';
import { readTerritory, regionOf } from '../../working-group/period.js';
import { snapshotOf } from '../../working-group/snapshot.js';
import { invalid } from './invalid.js';

class GroupFigureShape {
  @ApiProperty({ enum: UPTAKE_FIGURES })
  key: string;

  @ApiProperty({
    description:
      'A share of so few packages that it would tell of single cases, or that would give one away.',
  })
  hidden: boolean;

  @ApiProperty({ type: Number, nullable: true })
  numerator: number | null;

  @ApiProperty({ type: Number, nullable: true })
  denominator: number | null;

  @ApiProperty({ type: Number, nullable: true, minimum: 0, maximum: 1 })
  share: number | null;
}

class FigureShape extends GroupFigureShape {
  @ApiProperty()
  definition: string;
}

class CoverageShape {
  @ApiProperty()
  part: number;

  @ApiProperty()
  whole: number;
}

class HeadlineShape {
  @ApiProperty({ enum: HEADLINES })
  key: string;

  @ApiProperty({ description: 'In a territory, a figure that would tell of single cases.' })
  hidden: boolean;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Packages; hours for `hours`, enterprises for `winners`.',
  })
  numerator: number | null;

  @ApiProperty({ type: Number, nullable: true })
  denominator: number | null;

  @ApiProperty({
    type: CoverageShape,
    nullable: true,
    description: 'How much of it is known: so much of so much.',
  })
  coverage: CoverageShape | null;

  @ApiProperty()
  definition: string;
}

class UptakeGroupShape {
  @ApiProperty({ type: String, nullable: true, description: 'Id or code; null for packages that name none.' })
  key: string | null;

  @ApiProperty({ description: 'In the language of the call.' })
  label: string;

  @ApiProperty({ type: [GroupFigureShape] })
  figures: GroupFigureShape[];
}

class BreakdownShape {
  @ApiProperty({
    enum: BREAKDOWNS,
    description: 'A package counts under each kind of enterprise it came to.',
  })
  by: string;

  @ApiProperty({ type: [UptakeGroupShape] })
  groups: UptakeGroupShape[];
}

class UptakeShape {
  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date', description: 'The first day after the period.' })
  until: string;

  @ApiProperty({ format: 'date', description: 'The day up to which all is known that the figures speak of.' })
  known: string;

  @ApiProperty({
    description: 'Number of the state of the data: the same question asked of the same state has the same.',
  })
  snapshot: string;

  @ApiProperty({ description: 'Packages still being counted, which the figures leave out; nearly always 0.' })
  counting: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Of which headlines and figures speak; null for the whole.',
  })
  territory: string | null;

  @ApiProperty({ type: [HeadlineShape] })
  headlines: HeadlineShape[];

  @ApiProperty({ type: [FigureShape] })
  figures: FigureShape[];

  @ApiProperty({ type: [BreakdownShape], description: 'Of the whole, whatever the territory.' })
  breakdowns: BreakdownShape[];
}

@ApiTags('uptake')
@Controller('api/v1/uptake')
export class UptakeController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly messages: Messages,
    @Inject(NAMES) private readonly names: Names,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @ApiOperation({ summary: 'How much of what was possible happened, whole and broken down.' })
  @ApiQuery({
    name: 'from',
    required: false,
    description: 'First day of publication; a year ago when absent.',
  })
  @ApiQuery({ name: 'until', required: false, description: 'The first day after; tomorrow when absent.' })
  @ApiQuery({
    name: 'known',
    required: false,
    description: 'As it was known at the end of this day; today when absent.',
  })
  @ApiQuery({
    name: 'territory',
    required: false,
    description: 'A NUTS region or the NIS code of a municipality; the whole when absent.',
    example: 'BE332',
  })
  @ApiOkResponse({ type: UptakeShape })
  @Refuses('request-invalid')
  async show(
    @CurrentVisitor() { actor, language }: Visitor,
    @Query('from') from?: string,
    @Query('until') until?: string,
    @Query('known') known?: string,
    @Query('territory') asked?: string,
  ): Promise<UptakeShape> {
    const today = this.clock.today();
    const knownOn = day('/known', known, today);
    const period = {
      from: day('/from', from, addDays(today, -365)),
      until: day('/until', until, addDays(today, 1)),
      known: knownOn < today ? knownOn : null,
    };
    const territory = readTerritory({ territory: asked });
    if (asked !== undefined && territory === null)
      throw invalid([
        {
          code: 'uptake.territory.unknown',
          severity: 'error',
          place: { pointer: '/territory' },
          found: asked,
          expected: 'BE332',
        },
      ]);
    const [told, counting] = await this.database.reading(
      actor,
      async (tx) => [await figuresTold(tx, period, territory), await beingCounted(tx)] as const,
    );
    const { groups } = told.uptake;
    const clauses = clauseProgress(told.ledgers);
    const { figures, headlines } = headlinesOf({ ...told, clauses }, territory, regionOf);
    const label = groupLabels(language, this.messages, this.names);
    const definition = (key: string): string => this.messages.text(language, `${key}.definition`);
    return {
      from: period.from,
      until: period.until,
      known: period.known ?? today,
      snapshot: snapshotOf(told, period, territory, today, this.config.secret),
      counting,
      territory,
      headlines: headlines.map(({ key, value, coverage }) => ({
        key,
        hidden: value === null,
        numerator: value?.numerator ?? null,
        denominator: value?.denominator ?? null,
        coverage,
        definition: definition(`headline.${key}`),
      })),
      figures: figures.map((figure, at) => ({
        ...shapeOf(figure, at),
        definition: definition(`figure.${UPTAKE_FIGURES[at]!}`),
      })),
      breakdowns: BREAKDOWNS.map((by) => ({
        by,
        groups: shownGroups(groups[by]).map((group) => ({
          key: group.key,
          label: label(by, group),
          figures: group.figures.map(shapeOf),
        })),
      })),
    };
  }
}

function shapeOf(figure: Figure | null, at: number): GroupFigureShape {
  const hidden = { key: UPTAKE_FIGURES[at]!, hidden: true, numerator: null, denominator: null, share: null };
  return figure === null ? hidden : { ...figure, hidden: false };
}

function day(pointer: string, given: string | undefined, otherwise: string): string {
  if (given === undefined) return otherwise;
  if (isDay(given)) return given;
  throw invalid([
    {
      code: 'uptake.day.unreadable',
      severity: 'error',
      place: { pointer },
      found: given,
      expected: '2026-03-10',
    },
  ]);
}

import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiQuery, ApiTags } from '@nestjs/swagger';
import { addDays, isDay, type Language } from '../../../kernel/index.js';
import {
  addCounts,
  UPTAKE_FIGURES,
  uptake,
  uptakeFigures,
  type UptakeCounts,
} from '../../../monitoring/index.js';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/db/index.js';
import { CurrentVisitor, Refuses, type Visitor } from '../../../platform/http/index.js';
import { Messages } from '../../../platform/i18n/index.js';
import { invalid } from './invalid.js';

class FigureShape {
  @ApiProperty({ enum: UPTAKE_FIGURES })
  key: string;

  @ApiProperty()
  numerator: number;

  @ApiProperty({ type: Number, nullable: true })
  denominator: number | null;

  @ApiProperty({ type: Number, nullable: true, minimum: 0, maximum: 1 })
  share: number | null;

  @ApiProperty()
  definition: string;
}

class UptakeGroup {
  @ApiProperty({ format: 'uuid' })
  contractorId: string;

  @ApiProperty()
  contractor: string;

  @ApiProperty({ type: String, nullable: true })
  municipality: string | null;

  @ApiProperty({ type: [FigureShape] })
  figures: FigureShape[];
}

class UptakeShape {
  @ApiProperty({ format: 'date' })
  from: string;

  @ApiProperty({ format: 'date', description: 'The first day after the period.' })
  until: string;

  @ApiProperty({ type: [FigureShape] })
  figures: FigureShape[];

  @ApiProperty({ type: [UptakeGroup] })
  groups: UptakeGroup[];
}

@ApiTags('uptake')
@Controller('api/v1/uptake')
export class UptakeController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly messages: Messages,
  ) {}

  @Get()
  @ApiOperation({ summary: 'How much of what was possible happened, by contractor and municipality.' })
  @ApiQuery({
    name: 'from',
    required: false,
    description: 'First day of publication; a year ago when absent.',
  })
  @ApiQuery({ name: 'until', required: false, description: 'The first day after; tomorrow when absent.' })
  @ApiOkResponse({ type: UptakeShape })
  @Refuses('request-invalid')
  async show(
    @CurrentVisitor() { actor, language }: Visitor,
    @Query('from') from?: string,
    @Query('until') until?: string,
  ): Promise<UptakeShape> {
    const today = this.clock.today();
    const period = {
      from: day('/from', from, addDays(today, -365)),
      until: day('/until', until, addDays(today, 1)),
    };
    const groups = await this.database.transaction(actor, (tx) => uptake(tx, period));
    return {
      ...period,
      figures: this.figures(addCounts(groups), language),
      groups: groups.map((group) => ({
        contractorId: group.contractorId,
        contractor: group.contractor,
        municipality: group.municipality,
        figures: this.figures(group, language),
      })),
    };
  }

  private figures(counts: UptakeCounts, language: Language): FigureShape[] {
    return uptakeFigures(counts).map((figure) => ({
      ...figure,
      definition: this.messages.text(language, `figure.${figure.key}.definition`),
    }));
  }
}

function day(pointer: string, given: string | undefined, otherwise: string): string {
  if (given === undefined) return otherwise;
  if (isDay(given)) return given;
  throw invalid([
    { code: 'day.unreadable', severity: 'error', place: { pointer }, found: given, expected: '2026-03-10' },
  ]);
}

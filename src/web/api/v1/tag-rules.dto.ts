import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, Length, Matches, ValidateNested } from 'class-validator';
import { LONGEST_PATTERN, RULE_SCOPES, type RuleScope } from '../../../tagging/index.js';

const VERDICTS = ['yes', 'part', 'no'] as const;

export class NumberedScopeShape {
  @ApiProperty({ example: 'CCTB', maxLength: 20 })
  @Length(1, 20)
  system: string;

  @ApiProperty({ example: '01.11', maxLength: 20, description: 'As the document states it.' })
  @Length(1, 20)
  edition: string;

  @ApiProperty({ example: '81.', maxLength: 30, description: 'How the numbers of the articles begin.' })
  @Length(1, 30)
  prefix: string;
}

export class TeachTagRule {
  @ApiProperty({
    example: 'sablage de façade',
    maxLength: LONGEST_PATTERN,
    description:
      'Words that follow each other in the text; accents, case, plurals, numbers and small words do not count.',
  })
  @Length(1, LONGEST_PATTERN)
  pattern: string;

  @ApiProperty({ enum: RULE_SCOPES, description: 'For everybody, an administrator decides.' })
  @IsIn(RULE_SCOPES)
  scope: RuleScope;

  @ApiProperty({ required: false, example: '45443000', pattern: '^[0-9]{8}$', description: 'CPV code.' })
  @IsOptional()
  @Matches(/^[0-9]{8}$/)
  trade?: string;

  @ApiProperty({ required: false, enum: VERDICTS })
  @IsOptional()
  @IsIn(VERDICTS)
  placeable?: (typeof VERDICTS)[number];

  @ApiProperty({
    required: false,
    type: NumberedScopeShape,
    description: 'Only in documents of this edition.',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => NumberedScopeShape)
  numbering?: NumberedScopeShape;
}

export class RuleMeasureShape {
  @ApiProperty({ description: 'Lines of the bench.' })
  benchLines: number;

  @ApiProperty({ description: 'Lines of the bench that the rule decides.' })
  benchHeld: number;

  @ApiProperty({ description: 'Right answers to them without the rule.' })
  rightBefore: number;

  @ApiProperty({ description: 'Right answers to them with it.' })
  rightAfter: number;

  @ApiProperty({ description: 'Confirmed packages that could be read.' })
  confirmedPackages: number;

  @ApiProperty({ description: 'Confirmed packages that the rule decides.' })
  confirmedHeld: number;

  @ApiProperty({ type: [String], description: 'Known answers it would turn wrong: with one, it is refused.' })
  broken: string[];
}

class LineChangeShape {
  @ApiProperty()
  text: string;

  @ApiProperty({ description: 'Lines that say so.' })
  count: number;

  @ApiProperty({ type: String, nullable: true })
  before: string | null;

  @ApiProperty()
  after: string;
}

export class RuleTrialShape {
  @ApiProperty({ type: RuleMeasureShape })
  measure: RuleMeasureShape;

  @ApiProperty({
    type: [String],
    format: 'uuid',
    description:
      'Rules in force that say something else of the same words. One of your organisation is followed before one for everybody, then the younger.',
  })
  contradicts: string[];

  @ApiProperty({ description: 'Lines of your organisation that hold the words.' })
  held: number;

  @ApiProperty({ description: 'Lines that would be read in another way.' })
  changed: number;

  @ApiProperty({ type: [LineChangeShape] })
  examples: LineChangeShape[];
}

export class TagRuleShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: RULE_SCOPES })
  scope: string;

  @ApiProperty()
  pattern: string;

  @ApiProperty({ type: NumberedScopeShape, nullable: true })
  numbering: NumberedScopeShape | null;

  @ApiProperty({ type: String, nullable: true })
  trade: string | null;

  @ApiProperty({ type: String, nullable: true })
  placeable: string | null;

  @ApiProperty({ enum: ['waiting', 'in-force', 'ended'] })
  state: string;

  @ApiProperty({ type: String, nullable: true, description: 'Their name, within your organisation.' })
  taughtBy: string | null;

  @ApiProperty({ format: 'date-time' })
  taughtAt: string;

  @ApiProperty({ type: String, nullable: true, description: 'Their name, within your organisation.' })
  acceptedBy: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'In force from then on.' })
  acceptedAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt: string | null;

  @ApiProperty({ type: RuleMeasureShape, nullable: true, description: 'When it was accepted.' })
  measure: RuleMeasureShape | null;
}

export class TagRuleList {
  @ApiProperty({ type: [TagRuleShape] })
  items: TagRuleShape[];
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import {
  ANSWER_FILES_MAX,
  ANSWER_KINDS,
  ANSWER_TEXT_MAX,
  REFUSAL_REASONS,
  type AnswerKind,
} from '../../../answers/index.js';
import { WITHDRAWAL_REASONS, type WithdrawalReason } from '../../../tenders/index.js';
import { CriterionShape, MoneyShape } from './shapes.dto.js';

export class WithdrawalShape {
  @ApiProperty({ enum: [...WITHDRAWAL_REASONS, 'not-in-document'] })
  reason: WithdrawalReason;

  @ApiProperty({ type: String, nullable: true })
  message: string | null;
}

export class OpportunityShape {
  @ApiProperty({ format: 'uuid' })
  packageId: string;

  @ApiProperty()
  title: string;

  @ApiProperty()
  contractor: string;

  @ApiProperty({ type: String, nullable: true })
  municipality: string | null;

  @ApiProperty({ type: [String], example: ['45442100'] })
  trades: string[];

  @ApiProperty({ type: MoneyShape, nullable: true })
  value: MoneyShape | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  startsOn: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  endsOn: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  deadline: string | null;

  @ApiProperty({ enum: ['published', 'withdrawn'] })
  status: string;

  @ApiProperty({ enum: ['match', 'partial'] })
  verdict: string;

  @ApiProperty({ type: [String], description: 'What the contractor asks of whoever answers.' })
  questions: string[];

  @ApiProperty({ description: 'Whether `full` and `part` say a price.' })
  asksPrice: boolean;

  @ApiProperty({ description: 'False when it fitted as you answered, and no longer does.' })
  fitsNow: boolean;

  @ApiProperty({
    description:
      'You are told of it, or will be. Else it stands on your list because it fits you: others are better placed.',
  })
  isInvited: boolean;

  @ApiProperty({
    type: WithdrawalShape,
    nullable: true,
    description: 'The contractor took this package back.',
  })
  withdrawal: WithdrawalShape | null;

  @ApiProperty({ type: [CriterionShape] })
  criteria: CriterionShape[];

  @ApiProperty({ enum: ANSWER_KINDS, nullable: true, type: String })
  answer: AnswerKind | null;
}

export class OpportunityList {
  @ApiProperty({ type: [OpportunityShape] })
  items: OpportunityShape[];

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Value of `after` for the next page; null on the last.',
  })
  next: string | null;
}

export class GiveAnswer {
  @ApiProperty({ enum: ANSWER_KINDS })
  @IsIn(ANSWER_KINDS)
  kind: string;

  @ApiPropertyOptional({ enum: REFUSAL_REASONS, description: 'With `no`.' })
  @IsOptional()
  @IsIn(REFUSAL_REASONS)
  reason?: string;

  @ApiPropertyOptional({ maxLength: ANSWER_TEXT_MAX, description: 'With `part`: which part.' })
  @IsOptional()
  @IsString()
  @MaxLength(ANSWER_TEXT_MAX)
  part?: string;

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    description: 'With `part`: the lines of the package that you do.',
  })
  @IsOptional()
  @IsUUID(undefined, { each: true })
  @ArrayMaxSize(10_000)
  lines?: string[];

  @ApiPropertyOptional({
    type: [String],
    description: 'To each question, in its order; needed with `full` and `part`.',
  })
  @IsOptional()
  @IsString({ each: true })
  @MaxLength(ANSWER_TEXT_MAX, { each: true })
  @ArrayMaxSize(5)
  replies?: string[];

  @ApiPropertyOptional({ maxLength: ANSWER_TEXT_MAX })
  @IsOptional()
  @IsString()
  @MaxLength(ANSWER_TEXT_MAX)
  message?: string;

  @ApiPropertyOptional({
    format: 'date',
    description: 'When the work can begin; not with `no`, like what follows.',
  })
  @IsOptional()
  @IsString()
  startsOn?: string;

  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @IsString()
  endsOn?: string;

  @ApiPropertyOptional({ maxLength: ANSWER_TEXT_MAX })
  @IsOptional()
  @IsString()
  @MaxLength(ANSWER_TEXT_MAX)
  conditions?: string;

  @ApiPropertyOptional({
    description:
      'EUR without VAT, for what the answer covers; where it is asked, needed with `full` and `part`.',
    example: '2500.50',
  })
  @IsOptional()
  @IsString()
  price?: string;

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    description: 'Files brought before, to send with it; not with `no`. Those left out are deleted.',
  })
  @IsOptional()
  @IsUUID(undefined, { each: true })
  @ArrayMaxSize(ANSWER_FILES_MAX)
  attachments?: string[];
}

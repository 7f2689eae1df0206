import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import {
  BUYERS,
  INSTRUMENTS,
  LEVELS,
  MAIN_CLAUSES,
  WORK_KINDS,
  type Buyer,
  type Level,
  type MainClause,
  type WorkKind,
} from '../../../legal-basis/index.js';
import { QUESTIONS_MAX, VISIBILITIES, type Visibility } from '../../../tenders/index.js';
import { AnswerShape, ChangeShape, CriterionShape, MoneyShape, TagShape } from './shapes.dto.js';

export class TenderItem {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  title: string;

  @ApiProperty({ enum: ['draft', 'published', 'withdrawn'] })
  status: string;

  @ApiProperty({ type: String, nullable: true })
  municipality: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  deadline: string | null;

  @ApiProperty()
  packages: number;

  @ApiProperty({ description: 'Packages offered to social enterprises.' })
  offered: number;
}

export class TenderList {
  @ApiProperty({ type: [TenderItem] })
  items: TenderItem[];

  @ApiProperty({ type: String, nullable: true, description: 'Give it as `before` for the next page.' })
  next: string | null;
}

/** What the documents ask of whoever takes a package; null: nobody has said. */
class TermsShape {
  @ApiProperty({ type: String, nullable: true, example: 'D13' })
  approval: string | null;

  @ApiProperty({ type: Number, nullable: true })
  approvalClass: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'HERMETIC_ZONE' })
  asbestosTechnique: string | null;

  @ApiProperty({ type: Number, nullable: true })
  paymentDays: number | null;

  @ApiProperty({ type: Number, nullable: true })
  chainLevel: number | null;
}

export class WorkPackageShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  ref: string;

  @ApiProperty()
  title: string;

  @ApiProperty()
  version: number;

  @ApiProperty()
  confirmed: boolean;

  @ApiProperty()
  offered: boolean;

  @ApiProperty({ enum: ['works-or-service', 'goods', 'staff'] })
  mode: string;

  @ApiProperty({ type: MoneyShape, nullable: true })
  value: MoneyShape | null;

  @ApiProperty({ type: String, nullable: true })
  hoursMin: string | null;

  @ApiProperty({ type: String, nullable: true })
  hoursMax: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'How they were found: an estimate unless it is `hour-lines` alone.',
  })
  hoursMethod: string | null;

  @ApiProperty({ type: [String], example: ['nis:62096'] })
  sites: string[];

  @ApiProperty({ type: String, format: 'date', nullable: true })
  startsOn: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  endsOn: string | null;

  @ApiProperty({ type: TermsShape })
  terms: TermsShape;

  @ApiProperty({ type: [TagShape] })
  tags: TagShape[];
}

export class TenderShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  title: string;

  @ApiProperty({ enum: ['draft', 'published', 'withdrawn'] })
  status: string;

  @ApiProperty()
  version: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  deadline: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  place: object;

  @ApiProperty({
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: 'The facts the law was asked with.',
  })
  facts: object | null;

  @ApiProperty({
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: 'What the law answered, in the shape of the command `clause`, and what was chosen.',
  })
  clause: object | null;

  @ApiProperty({ type: [String] })
  questions: string[];

  @ApiProperty({ description: 'Whether whoever answers says a price.' })
  asksPrice: boolean;

  @ApiProperty({ enum: VISIBILITIES })
  visibility: Visibility;

  @ApiProperty({ type: [String], format: 'uuid', description: 'Enterprises that are invited by name.' })
  invited: string[];

  @ApiProperty({ type: [WorkPackageShape] })
  packages: WorkPackageShape[];
}

export class CorrectTender {
  @ApiPropertyOptional({ maxLength: 500 })
  @IsOptional()
  @IsString()
  @Length(1, 500)
  title?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Until when enterprises can answer, with its offset.',
  })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(/(Z|[+-]\d\d:\d\d)$/)
  deadline?: string;

  @ApiPropertyOptional({ type: [String], maxItems: QUESTIONS_MAX, description: 'Asked of whoever answers.' })
  @IsOptional()
  @IsString({ each: true })
  @Length(1, 300, { each: true })
  @Matches(/\S/, { each: true })
  @ArrayMaxSize(QUESTIONS_MAX)
  questions?: string[];

  @ApiPropertyOptional({ description: 'Whether whoever answers says a price.' })
  @IsOptional()
  @IsBoolean()
  asksPrice?: boolean;

  @ApiPropertyOptional({
    enum: VISIBILITIES,
    description: 'Who hears of it: those in `invited`, everybody who fits, or anybody.',
  })
  @IsOptional()
  @IsIn(VISIBILITIES)
  visibility?: Visibility;

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    description: 'Enterprises; given alone, only they hear.',
  })
  @IsOptional()
  @IsUUID(undefined, { each: true })
  @ArrayMaxSize(200)
  invited?: string[];
}

export class BuyerAnswer {
  @ApiProperty({ enum: BUYERS })
  @IsIn(BUYERS)
  buyer: Buyer;

  @ApiPropertyOptional({ enum: LEVELS })
  @IsOptional()
  @IsIn(LEVELS)
  level?: Level;

  @ApiPropertyOptional({ enum: WORK_KINDS })
  @IsOptional()
  @IsIn(WORK_KINDS)
  workKind?: WorkKind;

  @ApiPropertyOptional({ description: 'Identifier of the grant rule.' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  subsidy?: string;

  @ApiPropertyOptional({ enum: MAIN_CLAUSES })
  @IsOptional()
  @IsIn(MAIN_CLAUSES)
  mainClause?: MainClause;

  @ApiPropertyOptional({ maxLength: 200 })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  mainContract?: string;

  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  mainNoticeDate?: string;
}

export class ClauseAnswerShape {
  @ApiProperty()
  regime: string;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  options: object[];

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  duties: object[];

  @ApiProperty({ type: [String] })
  askPerson: string[];

  @ApiProperty({ format: 'date' })
  lawAsOf: string;
}

export class ChooseClause {
  @ApiProperty({ enum: INSTRUMENTS })
  @IsIn(INSTRUMENTS)
  instrument: string;

  @ApiProperty({ example: 'BE-CONTRACT' })
  @IsString()
  @MaxLength(100)
  basis: string;
}

export class Withdraw {
  @ApiProperty({ minLength: 1, maxLength: 500, description: 'Enterprises read it.' })
  @IsString()
  @Length(1, 500)
  reason: string;
}

export class MatchShape {
  @ApiProperty({ format: 'uuid' })
  packageId: string;

  @ApiProperty({ format: 'uuid' })
  enterpriseId: string;

  @ApiProperty()
  enterprise: string;

  @ApiProperty({ enum: ['match', 'partial', 'near-miss'] })
  verdict: string;

  @ApiProperty()
  score: number;

  @ApiProperty()
  rank: number;

  @ApiProperty({ type: [CriterionShape] })
  criteria: CriterionShape[];

  @ApiProperty({ type: [ChangeShape], description: 'Of a near miss: any one of them would make it a match.' })
  changes: ChangeShape[];

  @ApiProperty()
  basis: string;

  @ApiProperty({ example: '2026-11-24', description: 'The day it was decided for.' })
  decidedOn: string;

  @ApiProperty({ format: 'date-time', description: 'The law as it was known then.' })
  lawKnownAt: string;

  @ApiProperty({ description: 'Of the law and of the weights.' })
  rulesVersion: string;

  @ApiProperty()
  packageVersion: number;

  @ApiProperty({ format: 'uuid', description: 'Of what the enterprise had declared.' })
  enterpriseVersionId: string;
}

export class MatchList {
  @ApiProperty({ type: [MatchShape] })
  items: MatchShape[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Value of `after` for the next page; null on the last.',
  })
  next: string | null;
}

export class AnswerList {
  @ApiProperty({ type: [AnswerShape] })
  items: AnswerShape[];
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, IsUUID } from 'class-validator';
import { REGIONS } from '../../../legal-basis/index.js';
import { DEBT_CLAUSES, DEBT_SOURCES, OUTCOMES, ROUTES, STAGES, TRIERS } from '../../../obligations/index.js';

/** What is due under a main contract. The domain says what is wrong with a field. */
export class DebtTermsShape {
  @ApiProperty({ format: 'date', description: "Day of the main contract's notice: it fixes the regime." })
  @IsString()
  noticeDate: string;

  @ApiPropertyOptional({ type: String, enum: REGIONS, description: 'Where the works are.' })
  @IsOptional()
  @IsString()
  region?: string;

  @ApiProperty({ enum: DEBT_CLAUSES })
  @IsString()
  clause: string;

  @ApiPropertyOptional({ type: String, example: '400', description: 'Hours of training.' })
  @IsOptional()
  @IsString()
  hours?: string;

  @ApiPropertyOptional({ type: String, example: '0.05', description: 'Fraction of the approved offer.' })
  @IsOptional()
  @IsString()
  share?: string;

  @ApiPropertyOptional({ type: String, example: '1200000.00', description: 'EUR, VAT excluded.' })
  @IsOptional()
  @IsString()
  offer?: string;

  @ApiProperty({ enum: DEBT_SOURCES })
  @IsString()
  source: string;

  @ApiProperty({ maxLength: 1000, description: 'The document that says it.' })
  @IsString()
  document: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  clauseNumber?: string;
}

export class EnterObligation extends DebtTermsShape {
  @ApiProperty({ description: 'Number or name of the main contract.' })
  @IsString()
  mainContract: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The tender that told of it.' })
  @IsOptional()
  @IsUUID()
  tenderId?: string;
}

export class CorrectDebt extends DebtTermsShape {
  @ApiProperty({ description: 'Why the former version is corrected.' })
  @IsString()
  reason: string;
}

export class AddEntry {
  @ApiProperty({ enum: STAGES })
  @IsString()
  stage: string;

  @ApiPropertyOptional({
    type: String,
    enum: ROUTES,
    description: 'Of a plan or a waiver; else that of the parent.',
  })
  @IsOptional()
  @IsString()
  route?: string;

  @ApiPropertyOptional({ type: String, example: '120.5', description: 'Hours or EUR; none for a proof.' })
  @IsOptional()
  @IsString()
  quantity?: string;

  @ApiProperty({ format: 'date' })
  @IsString()
  onDay: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The entry of the stage before.' })
  @IsOptional()
  @IsString()
  parentId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsString()
  packageId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsString()
  answerId?: string;

  @ApiPropertyOptional({ type: String, description: 'Who was engaged, who attests, who granted.' })
  @IsOptional()
  @IsString()
  party?: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  document?: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  note?: string;
}

export class EndEntry {
  @ApiProperty()
  @IsString()
  reason: string;
}

export class AddAttempt {
  @ApiPropertyOptional({ type: String, enum: ROUTES })
  @IsOptional()
  @IsString()
  route?: string;

  @ApiProperty({ enum: TRIERS })
  @IsString()
  triedBy: string;

  @ApiProperty()
  @IsString()
  contacted: string;

  @ApiProperty({ format: 'date' })
  @IsString()
  triedOn: string;

  @ApiProperty({ enum: OUTCOMES })
  @IsString()
  outcome: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  reason?: string;

  @ApiPropertyOptional({ type: String })
  @IsOptional()
  @IsString()
  document?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The line this one corrects.' })
  @IsOptional()
  @IsString()
  corrects?: string;
}

export class EnteredObligation {
  @ApiProperty({ format: 'uuid' })
  id: string;
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  Min,
} from 'class-validator';

import { IsDay } from './is-day.js';
import { CHANGES, type Change } from '../../shared/what-if-wish.js';

const TERMS = {
  approval: 'Category or sub-category of contractor approval.',
  paymentDays: 'Days within which an invoice is paid.',
  chainLevel: '1 for a direct subcontractor of the main contractor, 2 for one below it.',
};

/** What the contractor says on one package: which trades are right, whether it can be placed, and corrections. */
export class ReviewPackage {
  @ApiProperty({ minimum: 1, description: 'The version that was looked at.' })
  @IsInt()
  @Min(1)
  version: number;

  @ApiProperty({ type: [String], example: ['45442100'], description: 'The CPV codes that are right.' })
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(/^\d{8}$/, { each: true, message: 'http.field.cpv' })
  trades: string[];

  @ApiProperty({ enum: ['yes', 'part', 'no'] })
  @IsIn(['yes', 'part', 'no'])
  placeable: 'yes' | 'part' | 'no';

  @ApiProperty({ description: 'Offer it to social enterprises when the tender is published.' })
  @IsBoolean()
  offered: boolean;

  @ApiPropertyOptional({ minLength: 1, maxLength: 500 })
  @IsOptional()
  @IsString()
  @Length(1, 500)
  title?: string;

  @ApiPropertyOptional({ example: '42000.00', description: 'EUR, VAT excluded.' })
  @IsOptional()
  @Matches(/^\d{1,12}(\.\d{1,2})?$/, { message: 'http.field.amount' })
  value?: string;

  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @IsDay()
  startsOn?: string;

  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @IsDay()
  endsOn?: string;

  @ApiPropertyOptional({
    maxLength: 200,
    example: '4102 Ougrée',
    description: 'Where the work is, when it was read wrongly.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  place?: string;
}

/** What the documents ask of whoever takes a package. The domain says what is wrong with a field. */
export class StateTerms {
  @ApiProperty({ minimum: 1, description: 'The version that was looked at.' })
  @IsInt()
  @Min(1)
  version: number;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'D13', description: TERMS.approval })
  @IsOptional()
  approval?: string | null;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 1, maximum: 8 })
  @IsOptional()
  approvalClass?: number | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'HERMETIC_ZONE' })
  @IsOptional()
  asbestosTechnique?: string | null;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 1, description: TERMS.paymentDays })
  @IsOptional()
  paymentDays?: number | null;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 1, description: TERMS.chainLevel })
  @IsOptional()
  chainLevel?: number | null;
}

/** A change that somebody wonders about. */
export class AskWhatIf {
  @ApiProperty({ enum: CHANGES })
  @IsIn(CHANGES)
  change: Change;

  @ApiPropertyOptional({ type: String, example: '30', description: 'Days later; 30 when left out.' })
  @IsOptional()
  @Matches(/^\d{1,3}$/)
  days?: string;

  @ApiPropertyOptional({
    type: String,
    example: '25',
    description: 'Kilometres around the first place; 25 when left out.',
  })
  @IsOptional()
  @Matches(/^\d{1,3}$/)
  km?: string;
}

export class CandidateShape {
  @ApiProperty({ format: 'uuid' })
  enterpriseId: string;

  @ApiProperty()
  name: string;
}

export class WhatIfShape {
  @ApiProperty({ description: 'Packages it would become; 0 when the change makes no sense for it.' })
  packages: number;

  @ApiProperty({ description: 'Of those, the ones that one enterprise can do alone.' })
  covered: number;

  @ApiProperty({ type: [CandidateShape] })
  gained: readonly CandidateShape[];

  @ApiProperty({ type: [CandidateShape] })
  lost: readonly CandidateShape[];

  @ApiProperty()
  kept: number;

  @ApiProperty({ type: Number, nullable: true })
  smallestTeam: number | null;
}

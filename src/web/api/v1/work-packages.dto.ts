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

const DAY = /^\d{4}-\d{2}-\d{2}$/;

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
  @Matches(DAY)
  startsOn?: string;

  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @Matches(DAY)
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

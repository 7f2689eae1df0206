import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMinSize,
  IsUUID,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import { PUBLISHED_TEXT_MAX, WITHDRAWAL_REASONS } from '../../../tenders/index.js';

export class AddPackages {
  @ApiProperty({ type: [String], minItems: 1, description: 'Reviewed packages that are not offered yet.' })
  @IsUUID('all', { each: true })
  @ArrayMinSize(1)
  packages: string[];
}

export class ExtendDeadline {
  @ApiProperty({ format: 'date-time', description: 'Later than the present one, with its offset.' })
  @IsISO8601({ strict: true })
  @Matches(/(Z|[+-]\d\d:\d\d)$/)
  deadline: string;

  @ApiProperty({ minLength: 1, maxLength: PUBLISHED_TEXT_MAX, description: 'Enterprises read it.' })
  @IsString()
  @Length(1, PUBLISHED_TEXT_MAX)
  reason: string;
}

export class WithdrawPackage {
  @ApiProperty({ enum: WITHDRAWAL_REASONS })
  @IsIn(WITHDRAWAL_REASONS)
  reason: string;

  @ApiPropertyOptional({
    maxLength: PUBLISHED_TEXT_MAX,
    description: 'Enterprises read it. Needed with `other`.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(PUBLISHED_TEXT_MAX)
  message?: string;
}

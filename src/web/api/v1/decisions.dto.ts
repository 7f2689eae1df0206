import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import {
  ANSWER_TEXT_MAX,
  CONTRACTOR_ACTS,
  DECISION_STATES,
  DECLINE_REASONS,
  WINNER_ACTS,
} from '../../../answers/index.js';

export class DecisionShape {
  @ApiProperty({
    format: 'uuid',
    type: String,
    nullable: true,
    description: 'Null before the first decision.',
  })
  id: string | null;

  @ApiProperty({ format: 'uuid' })
  answerId: string;

  @ApiProperty({ format: 'uuid' })
  packageId: string;

  @ApiProperty({ enum: ['waiting', 'lapsed', ...DECISION_STATES] })
  state: string;

  @ApiProperty({ enum: DECLINE_REASONS, nullable: true, type: String })
  reason: string | null;

  @ApiProperty({ type: String, nullable: true })
  message: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  confirmBy: string | null;
}

export class DecisionList {
  @ApiProperty({ type: [DecisionShape] })
  items: DecisionShape[];
}

export class Decide {
  @ApiProperty({ enum: CONTRACTOR_ACTS })
  @IsIn(CONTRACTOR_ACTS)
  act: string;

  @ApiPropertyOptional({ enum: DECLINE_REASONS, description: 'With `decline`.' })
  @IsOptional()
  @IsIn(DECLINE_REASONS)
  reason?: string;

  @ApiPropertyOptional({ maxLength: ANSWER_TEXT_MAX })
  @IsOptional()
  @IsString()
  @MaxLength(ANSWER_TEXT_MAX)
  message?: string;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'The decision that stood when you looked, if one did.',
  })
  @IsOptional()
  @IsUUID()
  seen?: string;
}

export class ReplyToAward {
  @ApiProperty({ enum: WINNER_ACTS })
  @IsIn(WINNER_ACTS)
  act: string;

  @ApiPropertyOptional({ maxLength: ANSWER_TEXT_MAX })
  @IsOptional()
  @IsString()
  @MaxLength(ANSWER_TEXT_MAX)
  message?: string;
}

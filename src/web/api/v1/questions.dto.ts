import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { QUESTION_TEXT_MAX } from '../../../answers/index.js';

export class QuestionText {
  @ApiProperty({ maxLength: QUESTION_TEXT_MAX })
  @IsString()
  @MaxLength(QUESTION_TEXT_MAX)
  text: string;
}

export class ClarificationShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ description: 'What an enterprise asked; who it is is not told.' })
  question: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null for a question of yours that waits.' })
  reply: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  repliedAt: string | null;
}

export class ClarificationList {
  @ApiProperty({ type: [ClarificationShape] })
  items: ClarificationShape[];
}

export class QuestionShape extends ClarificationShape {
  @ApiProperty({ format: 'uuid' })
  packageId: string;

  @ApiProperty()
  enterprise: string;

  @ApiProperty({ format: 'date-time' })
  askedAt: string;
}

export class QuestionList {
  @ApiProperty({ type: [QuestionShape] })
  items: QuestionShape[];
}

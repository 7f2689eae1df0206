import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsString, Min } from 'class-validator';
import { ProblemShape } from './shapes.dto.js';

export class AskedReading {
  @ApiProperty({ description: 'Names it in an answer.' })
  question: string;

  @ApiProperty({ type: 'integer', description: 'Position of the first that asks it in `document.problems`.' })
  problem: number;

  @ApiProperty({ enum: ['deadline', 'quantity', 'unitPrice', 'total'] })
  what: string;

  @ApiProperty({ type: [String] })
  readings: readonly string[];

  @ApiProperty({ type: 'integer', description: 'Numbers of the same column that one answer settles.' })
  count: number;
}

export class Reading {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  fileName: string;

  @ApiProperty({ enum: ['received', 'staged', 'refused', 'applied'] })
  state: string;

  @ApiProperty({
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description: 'What was understood, in the shape of the command `parse`.',
  })
  document: object | null;

  @ApiProperty({
    type: 'array',
    nullable: true,
    items: { type: 'object', additionalProperties: true },
    description:
      'How the sheets of a file begin in which no table was found, for you to say what their columns are.',
  })
  firstRows: object[] | null;

  @ApiProperty({ type: [ProblemShape] })
  problems: ProblemShape[];

  @ApiProperty({ type: [AskedReading], description: 'What the document says in two ways.' })
  asked: readonly AskedReading[];

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  tenderId: string | null;
}

export class TenderMade {
  @ApiProperty({ format: 'uuid' })
  tenderId: string;
}

export class ReadProcess {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Position among `processes` of the document.' })
  @IsInt()
  @Min(0)
  process: number;
}

export class AnswerReading {
  @ApiProperty({ description: 'As in `asked`.' })
  @IsString()
  question: string;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Position among its `readings`.' })
  @IsInt()
  @Min(0)
  reading: number;
}

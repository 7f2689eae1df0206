import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Min } from 'class-validator';
import { ProblemShape } from './shapes.dto.js';

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

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  tenderId: string | null;
}

export class TenderMade {
  @ApiProperty({ format: 'uuid' })
  tenderId: string;
}

export class AnswerReading {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Position in the problems of the document.' })
  @IsInt()
  @Min(0)
  problem: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Position among the readings of `expected`.' })
  @IsInt()
  @Min(0)
  reading: number;
}

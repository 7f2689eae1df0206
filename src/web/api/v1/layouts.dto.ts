import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsObject, IsOptional } from 'class-validator';

export class TellColumns {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { A: 'ref', B: 'label', C: 'unit', D: 'quantity' },
    description:
      'Column letter to role: lot, ref, catalogue, label, unit, nature, option, quantity, otherQuantity, bidderQuantity, unitPrice, total, zone or remark.',
  })
  @IsObject()
  columns: Record<string, string>;

  @ApiProperty({
    required: false,
    description: 'Of a file in which no table was found: the row that is the header.',
  })
  @IsOptional()
  @IsInt()
  headerRow?: number;
}

export class LayoutShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ description: 'Of the words of the header.' })
  fingerprint: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Column letter to words.',
  })
  headers: object;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'number' },
    description: 'Role to position from 0.',
  })
  columns: object;

  @ApiProperty({ type: String, nullable: true })
  decidedBy: string | null;

  @ApiProperty({ format: 'date-time' })
  decidedAt: string;
}

export class LayoutList {
  @ApiProperty({ type: [LayoutShape] })
  items: LayoutShape[];
}

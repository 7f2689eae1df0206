import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';

class CorrectedLineShape {
  @ApiProperty({ type: String, nullable: true })
  ref: string | null;

  @ApiProperty()
  label: string;

  @ApiProperty({ type: String, nullable: true })
  unit: string | null;

  @ApiProperty({ type: String, nullable: true })
  quantity: string | null;
}

class FieldChange {
  @ApiProperty({ example: 'quantity' })
  field: string;

  @ApiProperty({ type: String, nullable: true })
  before: string | null;

  @ApiProperty({ type: String, nullable: true })
  after: string | null;
}

class ChangedLineShape extends CorrectedLineShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: [FieldChange] })
  changes: FieldChange[];
}

class FactChange {
  @ApiProperty({ enum: ['title', 'deadline', 'place', 'value', 'lot'] })
  fact: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Number of the lot whose title is another one; null for what is said of the whole.',
  })
  lot: string | null;

  @ApiProperty({ type: String, nullable: true })
  before: string | null;

  @ApiProperty({ type: String, nullable: true })
  after: string | null;
}

export class AcceptCorrection {
  @ApiPropertyOptional({
    example: '3.7',
    description: 'As the difference has it; refused when the tender or its packages have changed since.',
  })
  @IsOptional()
  @Matches(/^\d{1,9}\.\d{1,9}$/)
  comparedWith?: string;
}

export class CorrectionShape {
  @ApiProperty({ format: 'uuid', description: 'To be named when it is accepted.' })
  readingId: string;

  @ApiProperty({
    example: '3.7',
    description: 'What the file was compared with: handed back when it is accepted.',
  })
  comparedWith: string;

  @ApiProperty({ type: [CorrectedLineShape] })
  added: CorrectedLineShape[];

  @ApiProperty({ type: [CorrectedLineShape] })
  removed: CorrectedLineShape[];

  @ApiProperty({ type: [ChangedLineShape] })
  changed: ChangedLineShape[];

  @ApiProperty({ description: 'Lines that stay as they are.' })
  unchanged: number;

  @ApiProperty({ type: [String], format: 'uuid', description: 'Packages whose work changes.' })
  changedPackages: string[];

  @ApiProperty({ type: [String], format: 'uuid', description: 'Packages that keep no line.' })
  emptiedPackages: string[];

  @ApiProperty({
    type: [FactChange],
    description: 'What the file says of the whole in another way: told, and not taken over.',
  })
  facts: FactChange[];

  @ApiProperty({ type: [String], description: 'Titles of packages that would be made.' })
  newPackages: string[];
}

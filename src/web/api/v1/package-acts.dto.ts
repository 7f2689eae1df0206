import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsOptional,
  IsUUID,
  Length,
  Matches,
  Min,
  ValidateIf,
} from 'class-validator';

/** As many lines as a document may have. */
const MOST_LINES = 60_000;

const QUANTITY = /^-?\d{1,12}(\.\d{1,6})?$/;
const DIGITS = { example: '120.5', pattern: QUANTITY.source } as const;

export class SplitPackage {
  @ApiProperty({ type: [String], format: 'uuid', description: 'Lines of one package, or lines in none.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @IsUUID(undefined, { each: true })
  lines: string[];

  @ApiProperty({ minLength: 1, maxLength: 500, description: 'Title of the new package.' })
  @Length(1, 500)
  title: string;
}

export class UndoChange {
  @ApiPropertyOptional({
    type: Number,
    minimum: 1,
    description:
      'Number of the change that is meant, as the history has it; refused when it is not the last any more.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  change?: number;
}

export class PackageMade {
  @ApiProperty({ format: 'uuid' })
  packageId: string;
}

export class MergePackages {
  @ApiProperty({ type: [String], format: 'uuid', description: 'Packages of one lot; the first one stays.' })
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(1000)
  @IsUUID(undefined, { each: true })
  packages: string[];
}

export class MoveLines {
  @ApiProperty({ type: [String], format: 'uuid' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @IsUUID(undefined, { each: true })
  lines: string[];

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'A package of the same lot; null takes the lines out of all packages.',
  })
  @ValidateIf((body: MoveLines) => body.to !== null)
  @IsUUID()
  to: string | null;
}

export class CorrectQuantity {
  @ApiProperty({
    ...DIGITS,
    description: 'In the unit of the line; negative where something is left out of the works.',
  })
  @Matches(QUANTITY, { message: 'http.field.invalid' })
  quantity: string;

  @ApiPropertyOptional({
    ...DIGITS,
    description: 'The quantity you saw: refused when it is another by now, and not the one you send.',
  })
  @IsOptional()
  @Matches(QUANTITY, { message: 'http.field.invalid' })
  seen?: string;
}

export class LineShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  packageId: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why the line is in no package.' })
  unassignedReason: string | null;

  @ApiProperty({ type: String, nullable: true })
  ref: string | null;

  @ApiProperty()
  label: string;

  @ApiProperty({ type: String, nullable: true })
  unit: string | null;

  @ApiProperty({ type: String, nullable: true })
  quantity: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What the document says, where somebody corrected it; else as `quantity`.',
  })
  quantityRead: string | null;

  @ApiProperty({ type: String, nullable: true, enum: ['base', 'option', 'variant', 'provisional', null] })
  kind: string | null;

  @ApiProperty({ type: [String], description: 'Titles above the line, outermost first.' })
  section: string[];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'Where in the file: sheet and row; number of a table and its row, or of a paragraph; page and line…',
  })
  place: object;
}

export class LineList {
  @ApiProperty({ type: [LineShape] })
  items: LineShape[];
}

export class PackageChangeShape {
  @ApiProperty()
  number: number;

  @ApiProperty({ enum: ['split', 'merge', 'move', 'undo', 'correction', 'line'] })
  kind: string;

  @ApiProperty({ type: Number, nullable: true, description: 'Number of the act that it took back.' })
  undoes: number | null;

  @ApiProperty()
  isUndone: boolean;

  @ApiProperty({ description: 'How many lines it concerned.' })
  lines: number;

  @ApiProperty({ type: [String], description: 'Packages as they were called before.' })
  titles: string[];

  @ApiProperty({ type: String, nullable: true })
  doneBy: string | null;

  @ApiProperty({ format: 'date-time' })
  doneAt: string;
}

export class PackageChangeList {
  @ApiProperty({ type: [PackageChangeShape] })
  items: PackageChangeShape[];
}

export class TradeShape {
  @ApiProperty({ example: '45442100' })
  code: string;

  @ApiProperty({ example: 'Travaux de peinture' })
  label: string;
}

export class TradeList {
  @ApiProperty({ type: [TradeShape] })
  items: TradeShape[];
}

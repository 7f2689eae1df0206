import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { ROUTES, VERDICTS } from '../../../obligations/index.js';

const nullable = { type: String, nullable: true } as const;

/** What an enterprise says. The domain says what is wrong with a field. */
export class SayOfPerformance {
  @ApiProperty({ enum: VERDICTS })
  @IsString()
  verdict: string;

  @ApiPropertyOptional({ type: String, description: 'Why it is disputed; a remark on what is confirmed.' })
  @IsOptional()
  @IsString()
  reason?: string;
}

export class PerformanceShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ description: 'Who says that your enterprise did it.' })
  contractor: string;

  @ApiProperty({ ...nullable, description: 'Null when the package is not shown to you any more.' })
  packageTitle: string | null;

  @ApiProperty({ enum: ROUTES })
  route: string;

  @ApiProperty({ example: '120.5', description: 'Hours for training, EUR without VAT for subcontracting.' })
  quantity: string;

  @ApiProperty({ format: 'date' })
  onDay: string;

  @ApiProperty(nullable)
  document: string | null;

  @ApiProperty({ ...nullable, enum: [...VERDICTS, null], description: 'Null while you said nothing.' })
  verdict: string | null;

  @ApiProperty(nullable)
  reason: string | null;

  @ApiProperty({ ...nullable, format: 'date-time' })
  saidAt: string | null;
}

export class PerformanceList {
  @ApiProperty({ type: [PerformanceShape] })
  items: PerformanceShape[];

  @ApiProperty({ ...nullable, description: 'Value of `before` for the next page; null on the last.' })
  next: string | null;
}

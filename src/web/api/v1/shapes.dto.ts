import type { Answer } from '../../../answers/index.js';
import { ApiProperty } from '@nestjs/swagger';
import type { Money } from '../../../kernel/index.js';
import type { SharedFile } from '../../../tenders/index.js';

/** Shapes that several answers share. */

export class MoneyShape {
  @ApiProperty({ example: '1234.50', description: 'Decimal, VAT excluded.' })
  amount: string;

  @ApiProperty({ example: 'EUR' })
  currency: string;
}

export class ProblemShape {
  @ApiProperty({ example: 'bill.quantity.unreadable' })
  code: string;

  @ApiProperty({ enum: ['error', 'warning', 'info'] })
  severity: 'error' | 'warning' | 'info';

  @ApiProperty({
    type: 'object',
    nullable: true,
    additionalProperties: true,
    description:
      'Sheet, row and column; number of a table or paragraph; page and line; XPath; or JSON pointer.',
  })
  place: object | null;

  @ApiProperty({ type: String, nullable: true })
  found: string | null;

  @ApiProperty({ type: String, nullable: true })
  expected: string | null;

  @ApiProperty()
  message: string;
}

export class EvidenceShape {
  @ApiProperty()
  text: string;

  @ApiProperty()
  start: number;

  @ApiProperty()
  end: number;
}

export class TagShape {
  @ApiProperty({ enum: ['trade', 'placeable'] })
  kind: string;

  @ApiProperty({ description: 'A CPV code, or yes, part, no.' })
  value: string;

  @ApiProperty({ minimum: 0, maximum: 1 })
  confidence: number;

  @ApiProperty({ description: 'Good enough to use without review.' })
  accepted: boolean;

  @ApiProperty({ type: [EvidenceShape] })
  evidence: EvidenceShape[];

  @ApiProperty({ type: [String] })
  parts: string[];

  @ApiProperty({ type: [String] })
  reasons: string[];

  @ApiProperty({ enum: ['machine', 'document', 'person', 'rule'] })
  origin: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The rule that says so.' })
  ruleId: string | null;

  @ApiProperty({ enum: ['proposed', 'confirmed', 'rejected'] })
  state: string;
}

export class CriterionShape {
  @ApiProperty({ example: 'zone' })
  key: string;

  @ApiProperty({ enum: ['pass', 'fail', 'unknown'] })
  result: string;

  @ApiProperty({ type: String, nullable: true })
  required: string | null;

  @ApiProperty({ type: String, nullable: true })
  actual: string | null;

  @ApiProperty({ type: String, nullable: true })
  evidence: string | null;

  @ApiProperty({ enum: ['enterprise', 'contractor', 'nobody'] })
  changeableBy: string;

  @ApiProperty({ type: String, nullable: true, description: 'What to know beside it; it decides nothing.' })
  warning: string | null;
}

export class ChangeStepShape {
  @ApiProperty({ example: 'zone.wider-radius' })
  code: string;

  @ApiProperty()
  sentence: string;

  @ApiProperty({ enum: ['enterprise', 'contractor'] })
  changeableBy: string;
}

export class ChangeShape {
  @ApiProperty({ type: [ChangeStepShape], description: 'All of them are needed.' })
  steps: ChangeStepShape[];
}

export class AttachmentShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'references.pdf' })
  name: string;

  @ApiProperty()
  sizeBytes: number;

  @ApiProperty({ description: 'A scanner for malware looked at it.' })
  scanned: boolean;
}

export class AttachmentList {
  @ApiProperty({ type: [AttachmentShape] })
  items: AttachmentShape[];
}

export class SharedFileShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'plan.pdf' })
  name: string;

  @ApiProperty({ description: 'A scanner for malware looked at it.' })
  scanned: boolean;

  @ApiProperty({ description: 'The document that the tender was read from.' })
  isOriginal: boolean;

  @ApiProperty({ format: 'date-time' })
  addedAt: string;
}

export class SharedFileList {
  @ApiProperty({ type: [SharedFileShape] })
  items: SharedFileShape[];
}

export function sharedFileShape({ addedAt, ...file }: SharedFile): SharedFileShape {
  return { ...file, addedAt: addedAt.toISOString() };
}

export class AnswerShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'uuid' })
  packageId: string;

  @ApiProperty({ format: 'uuid' })
  enterpriseId: string;

  @ApiProperty()
  enterprise: string;

  @ApiProperty({ enum: ['full', 'part', 'team', 'no'] })
  kind: string;

  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  @ApiProperty({ type: String, nullable: true })
  part: string | null;

  @ApiProperty({
    type: [String],
    format: 'uuid',
    description: 'Lines of the package that it does, with `part`.',
  })
  lines: string[];

  @ApiProperty({ type: [String], description: 'To the questions of the tender, in their order; or none.' })
  replies: string[];

  @ApiProperty({ type: String, nullable: true })
  message: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true, description: 'When the work can begin.' })
  startsOn: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  endsOn: string | null;

  @ApiProperty({ type: String, nullable: true })
  conditions: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'EUR without VAT, for what the answer covers.' })
  price: string | null;

  @ApiProperty({ type: [AttachmentShape], description: 'Files that came with it.' })
  attachments: AttachmentShape[];

  @ApiProperty({ format: 'date-time' })
  answeredAt: string;
}

export function answerShape(answer: Answer): AnswerShape {
  const { id, packageId, enterpriseId, enterpriseName, kind, reason, part, message } = answer;
  const { startsOn, endsOn, conditions, price } = answer;
  return {
    id,
    packageId,
    enterpriseId,
    enterprise: enterpriseName,
    kind,
    reason,
    part,
    lines: [...answer.lines],
    replies: [...answer.replies],
    message,
    startsOn,
    endsOn,
    conditions,
    price,
    attachments: [...answer.files],
    answeredAt: answer.answeredAt.toISOString(),
  };
}

/** Both or none. */
export function money(amount: string | null, currency: string | null): Money | null {
  return amount === null ? null : { amount, currency: currency ?? 'EUR' };
}

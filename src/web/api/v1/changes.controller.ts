import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Database } from '../../../platform/db/index.js';
import { CurrentVisitor, Refuses, type Visitor } from '../../../platform/http/index.js';
import { PUBLIC_CHANGES, publicChangesAfter, type PublicChange } from '../../../tenders/index.js';
import { invalid } from './invalid.js';

/** As in the other lists. */
const SIZE = 100;

class PublicChangeShape {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ enum: PUBLIC_CHANGES })
  kind: string;

  @ApiProperty({ format: 'uuid' })
  tenderId: string;

  @ApiProperty({ description: 'As it was then, like what follows.' })
  title: string;

  @ApiProperty()
  contractor: string;

  @ApiProperty({ type: String, nullable: true })
  municipality: string | null;

  @ApiProperty({ format: 'date-time' })
  deadline: string;

  @ApiProperty({ format: 'date-time' })
  at: string;
}

class PublicChangeList {
  @ApiProperty({ type: [PublicChangeShape] })
  items: PublicChangeShape[];

  @ApiProperty({
    description:
      'Ask again with it: now while `items` is full, later when it is empty. Nothing is lost or told twice.',
  })
  next: string;
}

@ApiTags('tenders')
@Controller('api/v1/changes')
export class ChangesController {
  constructor(private readonly database: Database) {}

  @Get()
  @ApiOperation({
    summary:
      'What happened to tenders that are open to everybody, in the order in which it came to light. No key.',
  })
  @ApiQuery({
    name: 'after',
    required: false,
    description: '`next` of the answer before; without it, from the beginning on.',
  })
  @ApiOkResponse({ type: PublicChangeList })
  @Refuses('request-invalid')
  async list(
    @CurrentVisitor() { actor }: Visitor,
    @Query('after') after: unknown = '0',
  ): Promise<PublicChangeList> {
    if (typeof after !== 'string' || !/^\d{1,9}$/.test(after))
      throw invalid([
        {
          code: 'changes.after.unknown',
          severity: 'error',
          place: { pointer: '/after' },
          found: typeof after === 'string' ? after : null,
          expected: '0',
        },
      ]);
    const found = await this.database.transaction(actor, (tx) => publicChangesAfter(tx, Number(after), SIZE));
    return { items: found.map(shape), next: String(found.at(-1)?.seq ?? Number(after)) };
  }
}

function shape({
  id,
  kind,
  tenderId,
  title,
  contractor,
  municipality,
  deadline,
  at,
}: PublicChange): PublicChangeShape {
  return {
    id,
    kind,
    tenderId,
    title,
    contractor,
    municipality,
    deadline: deadline.toISOString(),
    at: at.toISOString(),
  };
}

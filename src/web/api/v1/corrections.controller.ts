import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Actor } from '../../../kernel/index.js';
import { AmendingService, TenderPipeline } from '../../../pipeline/index.js';
import {
  BringsFile,
  BroughtFile,
  CurrentActor,
  Refuses,
  type UploadedFile,
  uuid,
} from '../../../platform/http/index.js';
import { fieldOf, type Correction, type LineWords } from '../../../tenders/index.js';
import { AcceptCorrection, CorrectionShape } from './corrections.dto.js';

@ApiTags('tenders')
@Controller('api/v1/tenders/:id/corrections')
export class CorrectionsController {
  constructor(
    private readonly pipeline: TenderPipeline,
    private readonly amending: AmendingService,
  ) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({
    summary: 'Bring a corrected file for a tender: what it would change, with nothing changed yet.',
  })
  @BringsFile()
  @ApiCreatedResponse({ type: CorrectionShape })
  @Refuses(
    'not-found',
    'file-missing',
    'file-infected',
    'scan-unavailable',
    'import-not-staged',
    'tender-closed',
  )
  async bring(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @BroughtFile() file: UploadedFile,
  ): Promise<CorrectionShape> {
    const { import: opened } = await this.pipeline.receive(actor, file);
    return shape(await this.amending.preview(actor, uuid(id), opened.id));
  }

  @Get(':readingId')
  @ApiOperation({ summary: 'What a corrected file would change now.' })
  @ApiOkResponse({ type: CorrectionShape })
  @Refuses('not-found', 'import-not-staged', 'tender-closed')
  async preview(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('readingId') readingId: string,
  ): Promise<CorrectionShape> {
    return shape(await this.amending.preview(actor, uuid(id), uuid(readingId)));
  }

  @Post(':readingId/acceptance')
  @HttpCode(204)
  @ApiOperation({
    summary:
      'Accept a corrected file. Answers to packages it does not change stand; the others are to be confirmed.',
  })
  @ApiNoContentResponse()
  @Refuses('not-found', 'import-not-staged', 'tender-closed', 'package-promised', 'version-changed')
  async accept(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('readingId') readingId: string,
    @Body() body: AcceptCorrection | undefined,
  ): Promise<void> {
    await this.amending.accept(actor, uuid(id), uuid(readingId), body?.comparedWith);
  }
}

function shape({ opened, plan, proposal, facts, comparedWith }: Correction): CorrectionShape {
  const changed = plan.diff.pairs.filter((pair) => pair.fields.length > 0);
  return {
    readingId: opened.id,
    comparedWith,
    added: plan.diff.added.map(words),
    removed: plan.diff.removed.map(words),
    changed: changed.map(({ before, after, fields }) => ({
      ...words(after),
      id: before.id,
      changes: fields.map((field) => ({
        field,
        before: text(fieldOf(before, field)),
        after: text(fieldOf(after, field)),
      })),
    })),
    unchanged: plan.diff.pairs.length - changed.length,
    changedPackages: [...plan.changed],
    emptiedPackages: [...plan.emptied],
    facts: facts.map((one) => ({ ...one })),
    newPackages: plan.newPackages.map((index) => proposal.packages[index]!.title),
  };
}

function words({ ref, label, unit, quantity }: LineWords) {
  return { ref, label, unit, quantity };
}

function text(value: string | boolean | null): string | null {
  return value === null ? null : String(value);
}

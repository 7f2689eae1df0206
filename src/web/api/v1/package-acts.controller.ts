import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Refusal, type Actor } from '../../../kernel/index.js';
import { PackagingService } from '../../../pipeline/index.js';
import { Database } from '../../../platform/db/index.js';
import { CurrentActor, Refuses, uuid } from '../../../platform/http/index.js';
import { linesOfTender, packageChanges, figuresRead, tenderById } from '../../../tenders/index.js';
import {
  CorrectQuantity,
  LineList,
  MergePackages,
  MoveLines,
  PackageChangeList,
  PackageMade,
  SplitPackage,
  UndoChange,
} from './package-acts.dto.js';

const CHANGES = 500;

@ApiTags('work packages')
@Controller('api/v1/tenders/:id')
export class PackageActsController {
  constructor(
    private readonly packaging: PackagingService,
    private readonly database: Database,
  ) {}

  @Get('lines')
  @ApiOperation({ summary: 'Every line of the document, its package, and where it was read.' })
  @ApiOkResponse({ type: LineList })
  @Refuses('not-found')
  lines(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<LineList> {
    return this.database.transaction(actor, async (tx) => {
      if (!(await tenderById(tx, uuid(id)))) throw new Refusal('not-found');
      const found = await linesOfTender(tx, id);
      const read = await figuresRead(tx, id);
      return {
        items: found.map((line) => ({
          id: line.id,
          packageId: line.packageId,
          unassignedReason: line.unassignedReason,
          ref: line.ref,
          label: line.label,
          unit: line.unit,
          quantity: line.quantity,
          quantityRead: (read.get(line.id) ?? line).quantity,
          kind: line.kind,
          section: [...line.section],
          place: line.place,
        })),
      };
    });
  }

  @Post('packages')
  @HttpCode(201)
  @ApiOperation({ summary: 'Make some lines of a draft a package of their own.' })
  @ApiCreatedResponse({ type: PackageMade })
  @Refuses(
    'not-found',
    'tender-not-draft',
    'lines-not-chosen',
    'lines-moved-meanwhile',
    'lots-differ',
    'split-takes-all',
  )
  async split(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { lines, title }: SplitPackage,
  ): Promise<PackageMade> {
    return { packageId: await this.packaging.split(actor, uuid(id), lines, title) };
  }

  @Post('packages/merger')
  @HttpCode(204)
  @ApiOperation({ summary: 'Make several packages of one lot of a draft one: the first of them.' })
  @ApiNoContentResponse()
  @Refuses('not-found', 'tender-not-draft', 'lines-not-chosen', 'lots-differ')
  async merge(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { packages }: MergePackages,
  ): Promise<void> {
    await this.packaging.merge(actor, uuid(id), packages);
  }

  @Post('lines/moves')
  @HttpCode(204)
  @ApiOperation({ summary: 'Put lines of a draft into another package of their lot, or into none.' })
  @ApiNoContentResponse()
  @Refuses('not-found', 'tender-not-draft', 'lines-not-chosen', 'lines-moved-meanwhile', 'lots-differ')
  async move(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { lines, to }: MoveLines,
  ): Promise<void> {
    await this.packaging.move(actor, uuid(id), lines, to);
  }

  @Put('lines/:lineId/quantity')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Correct how much of a line of a draft is asked: value and hours of its package follow.',
  })
  @ApiNoContentResponse()
  @Refuses('not-found', 'tender-not-draft', 'version-changed')
  async correctQuantity(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('lineId') lineId: string,
    @Body() { quantity, seen }: CorrectQuantity,
  ): Promise<void> {
    await this.packaging.correctQuantity(actor, uuid(id), uuid(lineId), quantity, seen);
  }

  @Post('packages/undo')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Take the last split, merger, move or corrected quantity back: all is as it was before it.',
  })
  @ApiNoContentResponse()
  @Refuses('not-found', 'tender-not-draft', 'nothing-to-undo', 'version-changed')
  async undo(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: UndoChange | undefined,
  ): Promise<void> {
    await this.packaging.undo(actor, uuid(id), body?.change);
  }

  @Get('package-changes')
  @ApiOperation({ summary: 'Who split, merged, moved, undid and corrected, and when; newest first.' })
  @ApiOkResponse({ type: PackageChangeList })
  @Refuses('not-found')
  changes(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<PackageChangeList> {
    return this.database.transaction(actor, async (tx) => {
      if (!(await tenderById(tx, uuid(id)))) throw new Refusal('not-found');
      const found = await packageChanges(tx, id, CHANGES);
      return {
        items: found.map(({ number, kind, undoes, isUndone, lines, titles, doneBy, doneAt }) => ({
          number,
          kind,
          undoes,
          isUndone,
          lines,
          titles: [...titles],
          doneBy,
          doneAt: doneAt.toISOString(),
        })),
      };
    });
  }
}

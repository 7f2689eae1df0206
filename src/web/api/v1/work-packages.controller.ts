import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Refusal, type Actor } from '../../../kernel/index.js';
import { DraftingService, WhatIfService } from '../../../pipeline/index.js';
import { Database } from '../../../platform/db/index.js';
import { CurrentActor, Refuses, RequestInvalid, uuid } from '../../../platform/http/index.js';
import { tagsOf } from '../../../tagging/index.js';
import { invalid } from './invalid.js';
import { WorkPackageShape } from './tenders.dto.js';
import { workPackageShape } from './work-package.shape.js';
import { readWhatIf } from '../../shared/what-if-wish.js';
import { AskWhatIf, ReviewPackage, StateTerms, WhatIfShape } from './work-packages.dto.js';

@ApiTags('work packages')
@Controller('api/v1/work-packages')
export class WorkPackagesController {
  constructor(
    private readonly drafting: DraftingService,
    private readonly database: Database,
    private readonly whatIf: WhatIfService,
  ) {}

  @Get(':id/what-if')
  @ApiOperation({ summary: 'Enterprises gained and lost if the package were different. Nothing changes.' })
  @ApiOkResponse({ type: WhatIfShape })
  @Refuses('not-found', 'request-invalid')
  wonder(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() query: AskWhatIf,
  ): Promise<WhatIfShape> {
    return this.whatIf.ofPackage(actor, uuid(id), readWhatIf({ ...query })!);
  }

  @Put(':id/terms')
  @ApiOperation({
    summary:
      'State what the documents ask of whoever takes it. A field left out stays; null is not known any more.',
  })
  @ApiOkResponse({ type: WorkPackageShape })
  @Refuses('not-found', 'version-changed', 'tender-not-draft', 'request-invalid')
  async stateTerms(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: StateTerms,
  ): Promise<WorkPackageShape> {
    const { version, ...given } = body;
    const stated = await this.drafting.stateTerms(actor, uuid(id), version, given);
    if (Array.isArray(stated)) throw invalid(stated);
    const tags = await this.database.transaction(actor, (tx) => tagsOf(tx, [stated.id]));
    return workPackageShape(stated, tags);
  }

  @Put(':id/review')
  @ApiOperation({ summary: 'Confirm or correct a package of a draft, and offer it or not.' })
  @ApiOkResponse({ type: WorkPackageShape })
  @Refuses(
    'not-found',
    'version-changed',
    'tender-not-draft',
    'cpv-unknown',
    'place-unknown',
    'place-in-doubt',
    'request-invalid',
  )
  async review(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: ReviewPackage,
  ): Promise<WorkPackageShape> {
    const { version, trades, placeable, place, value, ...correction } = body;
    const corrected = await this.drafting
      .reviewPackage(actor, uuid(id), {
        version,
        decision: { trades, placeable },
        correction: { ...correction, ...(value === undefined ? {} : { value, currency: 'EUR' }) },
        place: place === undefined ? null : { text: place },
      })
      .catch(atField);
    const tags = await this.database.transaction(actor, (tx) => tagsOf(tx, [corrected.id]));
    return workPackageShape(corrected, tags);
  }
}

/** A refusal that is about one field of the request names it. */
function atField(error: unknown): never {
  if (!(error instanceof Refusal) || error.code !== 'package-dates-reversed') throw error;
  throw new RequestInvalid([{ pointer: '/endsOn', code: `refusal.${error.code}`, params: error.params }]);
}

import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/index.js';
import { PublishedPipeline } from '../../../pipeline/index.js';
import { CurrentActor, Refuses, uuid } from '../../../platform/http/index.js';
import { checkExtensionReason, checkWithdrawal } from '../../../tenders/index.js';
import { invalid } from './invalid.js';
import { AddPackages, ExtendDeadline, WithdrawPackage } from './published.dto.js';

/** What can still be done to a tender after publishing. */
@ApiTags('tenders')
@Controller('api/v1')
export class PublishedController {
  constructor(private readonly published: PublishedPipeline) {}

  @Post('tenders/:id/additions')
  @HttpCode(204)
  @ApiOperation({ summary: 'Publish packages that a corrected document added; whom they fit is told.' })
  @ApiNoContentResponse()
  @Refuses('not-found', 'tender-not-published', 'version-changed', 'request-invalid')
  async add(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { packages }: AddPackages,
  ): Promise<void> {
    const lacking = await this.published.add(actor, uuid(id), packages);
    if (lacking.length > 0) throw invalid(lacking);
  }

  @Post('tenders/:id/extension')
  @HttpCode(204)
  @ApiOperation({ summary: 'Leave more time to answer; whoever heard of the tender or answered is told.' })
  @ApiNoContentResponse()
  @Refuses('not-found', 'tender-not-published', 'deadline-not-later', 'request-invalid')
  async extend(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { deadline, reason: said }: ExtendDeadline,
  ): Promise<void> {
    const reason = checkExtensionReason(said);
    if (typeof reason !== 'string') throw invalid(reason);
    await this.published.extend(actor, uuid(id), { deadline: new Date(deadline), reason });
  }

  @Post('work-packages/:id/withdrawal')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take one package of a published tender back; whoever heard of it is told.' })
  @ApiNoContentResponse()
  @Refuses(
    'not-found',
    'tender-not-published',
    'package-not-offered',
    'package-withdrawn',
    'package-promised',
    'request-invalid',
  )
  async withdraw(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: WithdrawPackage,
  ): Promise<void> {
    const given = checkWithdrawal({ ...body });
    if (Array.isArray(given)) throw invalid(given);
    await this.published.withdrawPackage(actor, uuid(id), given);
  }
}

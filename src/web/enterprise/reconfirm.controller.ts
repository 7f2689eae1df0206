import { Body, Controller, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { TenderPipeline } from '../../pipeline/index.js';
import { uuid } from '../../platform/http/index.js';
import { Pages } from '../shared/pages.service.js';
import { enterprisePaths } from './paths.js';

/** One press says that an answer stands although its package changed. */
@ApiExcludeController()
@Controller('enterprise/opportunities/:packageId/confirmation')
export class ReconfirmController {
  constructor(
    private readonly pipeline: TenderPipeline,
    private readonly pages: Pages,
  ) {}

  @Post()
  async confirm(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('packageId') packageId: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const back = enterprisePaths.opportunity(uuid(packageId));
    try {
      await this.pipeline.reconfirm(request.visitor.actor, packageId, Number(body['seen']));
    } catch (error) {
      // It changed once more: the page shows what, and asks again.
      if (!(error instanceof Refusal) || error.code !== 'version-changed') throw error;
      return this.pages.redirect(reply, back, { tone: 'notice', key: 'said.package-changed-again' });
    }
    return this.pages.redirect(reply, back, { tone: 'success', key: 'said.answer-sent' });
  }
}

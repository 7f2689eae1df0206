import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WhatIfService } from '../../pipeline/index.js';
import { Pages } from '../shared/pages.service.js';
import { readProfileWish } from './profile-wish.js';
import { enterprisePaths } from './paths.js';

/** "If I added this trade and went as far as there": packages of the last twelve months, in figures. */
@ApiExcludeController()
@Controller('enterprise/what-if')
export class ProfileWhatIfController {
  constructor(
    private readonly whatIf: WhatIfService,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const { wish, entries, unknown } = readProfileWish(query);
    const answer = wish && (await this.whatIf.ofProfile(request.visitor.actor, wish));
    return this.pages.html(request, reply, 'enterprise/views/what-if.njk', {
      href: enterprisePaths.whatIf(),
      profileHref: enterprisePaths.profile(),
      wish,
      entries,
      unknown,
      answer,
    });
  }
}

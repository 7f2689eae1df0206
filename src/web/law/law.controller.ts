import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { LegalBasisService } from '../../legal-basis/index.js';
import { Database } from '../../platform/db/index.js';
import { Pages } from '../shared/pages.service.js';
import { lawList, lawPage } from './law.page.js';

/** What the law allows and asks, as this service applies it: open to everybody, with how sure it is and how it is tested. */
@ApiExcludeController()
@Controller('law')
export class LawController {
  constructor(
    private readonly database: Database,
    private readonly legalBasis: LegalBasisService,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.pages.html(request, reply, 'law/views/law.njk', lawList(await this.rules(request)));
  }

  @Get(':key')
  async show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('key') key: string,
  ): Promise<string> {
    const model = lawPage(await this.rules(request), key);
    if (!model) throw new Refusal('not-found');
    return this.pages.html(request, reply, 'law/views/basis.njk', model);
  }

  private rules(request: FastifyRequest) {
    return this.database.reading(request.visitor.actor, (tx) => this.legalBasis.rulesAsOf(tx));
  }
}

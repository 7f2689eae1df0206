import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { audit, NO_ORGANISATION } from '../../platform/audit/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { outboxMail, outboxMails, type OutboxMail } from '../../platform/mail/index.js';
import { Pages } from '../shared/pages.service.js';
import { mailPage, outboxPage } from './outbox.page.js';

const MAILS_PER_PAGE = 50;
/** A mail brings its own styles, and nothing else: it may not load, run or send anything. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

/** The built-in outbox: each mail as it would leave. They are other people's: that they were read is recorded. */
@ApiExcludeController()
@Controller('administrator/outbox')
export class OutboxController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('page') asked: unknown,
  ): Promise<string> {
    const page = Math.max(1, Math.trunc(Number(asked)) || 1);
    const mails = await this.database.transaction(request.visitor.actor, async (tx) => {
      const found = await outboxMails(tx, { limit: MAILS_PER_PAGE + 1, offset: (page - 1) * MAILS_PER_PAGE });
      await audit(tx, {
        organisationId: NO_ORGANISATION,
        action: 'outbox.read',
        subjectId: null,
        details: { page },
        at: this.clock.now(),
      });
      return found;
    });
    return this.pages.html(
      request,
      reply,
      'administrator/views/outbox.njk',
      outboxPage(mails, page, MAILS_PER_PAGE),
    );
  }

  @Get(':id')
  async mail(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    const mail = await this.find(request, id);
    return this.pages.html(request, reply, 'administrator/views/mail.njk', mailPage(mail));
  }

  @Get(':id/html')
  async html(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    const mail = await this.find(request, id);
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', MAIL_POLICY)
      .header('x-frame-options', 'SAMEORIGIN');
    return mail.html;
  }

  private find(request: FastifyRequest, id: string): Promise<OutboxMail> {
    return this.database.transaction(request.visitor.actor, async (tx) => {
      const mail = await outboxMail(tx, uuid(id));
      if (!mail) throw new Refusal('not-found');
      const { organisationId } = mail;
      await audit(tx, { organisationId, action: 'mail.read', subjectId: mail.id, at: this.clock.now() });
      return mail;
    });
  }
}

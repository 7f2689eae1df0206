import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TrialPipeline, type Trial } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { networkOf, UploadedFile } from '../../platform/http/index.js';
import { Messages } from '../../platform/i18n/index.js';
import { importById, limitInWords, TRIAL_LIMITS } from '../../tenders/index.js';
import { clauseInWords } from '../shared/clause-in-words.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { problemsInWords } from '../shared/problems-in-words.js';
import { answerRefused, refusedField } from '../shared/refused-form.js';
import { exampleTender } from './example-tender.js';
import { contractorPaths } from './paths.js';
import { clauseOf, trialPackagesPage, trialPage } from './trial.page.js';

const VIEW = 'contractor/views/trial.njk';

/** A file is tried before there is an account: what is understood, its packages, and who could do them. */
@ApiExcludeController()
@Controller('try')
export class TrialController {
  constructor(
    private readonly database: Database,
    private readonly trials: TrialPipeline,
    private readonly messages: Messages,
    private readonly pages: Pages,
  ) {}

  /** Who can keep a file brings it where it is kept. */
  @Get()
  show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    if (isContractor(request)) return this.pages.redirect(reply, contractorPaths.bring());
    return this.form(request, reply);
  }

  @Post()
  async bring(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: { readonly file?: unknown; readonly example?: unknown } | null,
  ): Promise<string> {
    if (body?.example !== undefined) return this.receive(request, reply, await exampleTender());
    const file = body?.file;
    const wrong = (key: string): string =>
      this.form(request, reply, { problems: [{ field: 'file', key }], entries: {} });
    if (!(file instanceof UploadedFile) || file.name === '') return wrong('bring.problem.missing');
    if (file.bytes.length === 0) return wrong('bring.problem.empty');
    return this.receive(request, reply, file);
  }

  @Get(':token')
  async reading(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token') token: string,
    @Query('page') page: unknown,
  ): Promise<string> {
    const trial = await this.opened(request, reply, token);
    if (typeof trial === 'string') return trial;
    const problems = problemsInWords(this.messages, request.visitor.language, trial.problems);
    return this.pages.html(request, reply, VIEW, trialPage(trial, token, problems, page));
  }

  @Get(':token/packages')
  async packages(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token') token: string,
    @Query('page') page: unknown,
  ): Promise<string> {
    const trial = await this.opened(request, reply, token);
    if (typeof trial === 'string') return trial;
    const { proposal } = trial;
    if (!proposal) return this.pages.redirect(reply, contractorPaths.trial(token));
    const clauses = clauseInWords(clauseOf(trial), this.messages, request.visitor.language)?.options ?? [];
    const model = trialPackagesPage({ ...trial, proposal }, token, clauses, page);
    return this.pages.html(request, reply, 'contractor/views/trial-packages.njk', model);
  }

  /** It becomes a draft of the contractor's; where a person is asked something first, its reading. */
  @Post(':token/keep')
  async keep(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('token') token: string,
  ): Promise<string> {
    const kept = await this.trials.keep(request.visitor.actor, token);
    // The page that was got says so.
    if (!kept) return this.pages.redirect(reply, contractorPaths.trial(encodeURIComponent(token)));
    const { importId, tenderId } = kept;
    if (tenderId === null)
      return this.pages.redirect(reply, contractorPaths.reading(importId), {
        tone: 'notice',
        key: 'said.trial-asks',
      });
    const key = 'said.trial-kept';
    return this.pages.redirect(reply, contractorPaths.tender(tenderId), { tone: 'success', key });
  }

  /** @returns the answer itself, where the trial is not there any more, or became this contractor's */
  private async opened(request: FastifyRequest, reply: FastifyReply, token: string): Promise<Trial | string> {
    reply.header('x-robots-tag', 'noindex, nofollow');
    const trial = await this.trials.open(token, request.id);
    if (!trial) return this.gone(request, reply);
    const { importId } = trial;
    if (importId === null) return trial;
    const kept = await this.database.transaction(request.visitor.actor, (tx) => importById(tx, importId));
    if (!kept) return this.gone(request, reply);
    const { id, tenderId } = kept;
    return this.pages.redirect(
      reply,
      tenderId ? contractorPaths.tender(tenderId) : contractorPaths.reading(id),
    );
  }

  /** Says so, and where to start again. */
  private gone(request: FastifyRequest, reply: FastifyReply): string {
    reply.status(404);
    const againHref = isContractor(request) ? contractorPaths.bring() : contractorPaths.try();
    return this.pages.html(request, reply, VIEW, { gone: { hours: TRIAL_LIMITS.hours, againHref } });
  }

  private async receive(
    request: FastifyRequest,
    reply: FastifyReply,
    file: { name: string; bytes: Uint8Array },
  ): Promise<string> {
    const stranger = {
      browser: request.visitor.formToken(),
      network: networkOf(request.ip),
      requestId: request.id,
    };
    try {
      return this.pages.redirect(reply, contractorPaths.trial(await this.trials.bring(stranger, file)));
    } catch (error) {
      const html = this.form(request, reply, {
        problems: [refusedField('file', error, /^trials-/)],
        entries: {},
      });
      answerRefused(reply, error);
      return html;
    }
  }

  private form(request: FastifyRequest, reply: FastifyReply, form?: FormState): string {
    const model = { limit: limitInWords('upload'), hours: TRIAL_LIMITS.hours };
    return this.pages.html(request, reply, 'contractor/views/try.njk', model, form);
  }
}

function isContractor({ visitor }: FastifyRequest): boolean {
  return visitor.actor.role === 'contractor';
}

import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AnswerDraftService,
  answerDraft,
  askedBy,
  attachmentsOf,
  checkAnswer,
  checkDraft,
  lastWords,
  opportunityById,
  standingAnswer,
  type AnswerSeen,
  type Asked,
} from '../../answers/index.js';
import { Refusal, type Actor, type Problem } from '../../kernel/index.js';
import { AttachingService, TenderPipeline } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { linesOf, packageById } from '../../tenders/index.js';
import { keepFiles } from '../shared/keep-files.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import { readAmount } from '../shared/read-amount.js';
import { readDay } from '../shared/read-day.js';
import type { FieldProblem } from '../shared/render/page-context.js';
import { opportunityShown } from './opportunities.page.js';
import { answerPage, type AnswerPage } from './opportunity.page.js';
import { enterprisePaths } from './paths.js';

/** The answer to a package: a link shows the form with its answer chosen, the button sends it. */
@ApiExcludeController()
@Controller('enterprise/opportunities/:packageId/answer')
export class AnswerController {
  constructor(
    private readonly database: Database,
    private readonly pipeline: TenderPipeline,
    private readonly attaching: AttachingService,
    private readonly drafts: AnswerDraftService,
    private readonly pages: Pages,
  ) {}

  @Get()
  show(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('packageId') packageId: string,
    @Query('kind') kind: unknown,
    @Query('words') words: unknown,
  ): Promise<string> {
    return this.page(request, reply, packageId, { kind, takesWords: words === 'last' });
  }

  @Post()
  async send(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('packageId') packageId: string,
    @Body() body: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    if (body['action'] === 'discard') return this.discard(request, reply, packageId, body);
    const { actor } = request.visitor;
    // Before anything is checked: a browser sends a file once, and whoever corrects the rest does not choose it again.
    const refused: FieldProblem[] = [];
    const id = uuid(packageId);
    const brought =
      body['kind'] === 'no'
        ? []
        : await keepFiles(body, (file) => this.attaching.attach(actor, id, file), refused);
    const asked = await this.asked(actor, packageId);
    const attachments = filesStaying(
      body,
      asked.attachments,
      brought.map((file) => file.id),
    );
    const given = checkAnswer({ ...plainTerms(body), attachments }, asked);
    const again = (problems: readonly FieldProblem[]): Promise<string> =>
      this.page(
        request,
        reply,
        packageId,
        { kind: body['kind'], takesWords: false },
        { problems, entries: body },
      );
    if (body['action'] === 'save') {
      const entries = checkDraft(body);
      if (Array.isArray(entries)) return again([...entries.map(fieldProblem), ...refused]);
      const seen = seenIn(body)?.draftId ?? null;
      const saved = await this.database
        .transaction(actor, (tx) => this.drafts.save(tx, actor, id, entries, seen))
        .catch(orChanged);
      if (saved === 'changed') return again([{ field: 'kind', key: 'answerPage.problem.draftChanged' }]);
      if (refused.length > 0) return again(refused);
      const flash = { tone: 'success', key: 'said.draft-saved' } as const;
      return this.pages.redirect(reply, enterprisePaths.opportunity(packageId), flash);
    }
    if (Array.isArray(given)) return again([...given.map(fieldProblem), ...refused]);
    if (refused.length > 0) return again(refused);
    const kept = await this.pipeline.answer(actor, id, given, seenIn(body)).catch(orChanged);
    // The form comes back with what was entered, beside what stands now.
    if (kept === 'changed') return again([{ field: 'kind', key: 'answerPage.problem.changed' }]);
    const { eventId } = kept;
    const key = eventId === null ? 'said.answer-same' : 'said.answer-sent';
    // Whoever looks for a team is asked next whom.
    const next =
      given.kind === 'team' ? enterprisePaths.team(packageId) : enterprisePaths.opportunity(packageId);
    return this.pages.redirect(reply, next, { tone: 'success', key });
  }

  private async discard(
    request: FastifyRequest,
    reply: FastifyReply,
    packageId: string,
    { seenDraft }: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const { actor } = request.visitor;
    const seen = typeof seenDraft === 'string' && seenDraft !== '' ? seenDraft : null;
    const done = await this.database
      .transaction(actor, (tx) => this.drafts.discard(tx, actor, uuid(packageId), seen))
      .catch(orChanged);
    if (done === 'changed') {
      const problems = [{ field: 'kind', key: 'answerPage.problem.draftChanged' }];
      const asked = { kind: undefined, takesWords: false };
      return this.page(request, reply, packageId, asked, { problems, entries: {} });
    }
    const flash = { tone: 'success', key: 'said.draft-discarded' } as const;
    return this.pages.redirect(reply, enterprisePaths.opportunity(packageId), flash);
  }

  /** @throws Refusal not-found */
  private asked(actor: Actor, packageId: string): Promise<Asked> {
    return this.database.transaction(actor, async (tx) => {
      const found = await opportunityById(tx, actor.organisationId ?? '', uuid(packageId));
      if (!found) throw new Refusal('not-found');
      return askedBy(tx, actor.organisationId ?? '', found);
    });
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    packageId: string,
    asked: { readonly kind: unknown; readonly takesWords: boolean },
    form?: FormState,
  ): Promise<string> {
    const { actor } = request.visitor;
    const organisationId = actor.organisationId ?? '';
    const model = await this.database.transaction(actor, async (tx) => {
      const found = await opportunityById(tx, organisationId, uuid(packageId));
      if (!found) throw new Refusal('not-found');
      const standing = await standingAnswer(tx, found.packageId, organisationId);
      const lines = await linesOf(tx, found.packageId);
      const packageVersion = (await packageById(tx, found.packageId))?.version ?? 0;
      const about = opportunityShown(found, []);
      const words = standing === null ? await lastWords(tx, found.packageId, organisationId) : null;
      const files = await attachmentsOf(tx, found.packageId, organisationId);
      const draft = await answerDraft(tx, found.packageId, organisationId);
      return answerPage(about, { standing, lines, packageVersion, words, files, draft }, asked);
    });
    return this.pages.html(request, reply, 'enterprise/views/answer.njk', model, form ?? begun(model, asked));
  }
}

/** The form as it was left: what a link asks for, or words taken over, come before what was begun. */
function begun({ draft, kind, words }: AnswerPage, asked: { readonly kind: unknown }): FormState | undefined {
  if (!draft) return undefined;
  const chosen = asked.kind === undefined ? {} : { kind };
  const said = words ? { message: words.message ?? '', conditions: words.conditions ?? '' } : {};
  return { problems: [], entries: { ...draft.entries, ...chosen, ...said } };
}

/** Days and a price as people write them, in the form a program sends; what cannot be read stays as it was written. */
function plainTerms(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { price, startsOn, endsOn } = body;
  const amount = typeof price === 'string' ? readAmount(price.trim()) : null;
  return {
    ...body,
    price: typeof amount === 'object' && amount !== null ? amount.amount : price,
    startsOn: readDay(startsOn) ?? startsOn,
    endsOn: readDay(endsOn) ?? endsOn,
  };
}

function seenIn(body: Readonly<Record<string, unknown>>): AnswerSeen | null {
  const { seenVersion, seenAnswer, seenDraft } = body;
  if (typeof seenVersion !== 'string') return null;
  const answerId = typeof seenAnswer === 'string' && seenAnswer !== '' ? seenAnswer : null;
  const draftId = typeof seenDraft === 'string' && seenDraft !== '' ? seenDraft : null;
  return { packageVersion: Number(seenVersion), answerId, draftId };
}

function orChanged(error: unknown): 'changed' {
  if (error instanceof Refusal && error.code === 'version-changed') return 'changed';
  throw error;
}

function fieldProblem({ code, place, found, expected }: Problem): FieldProblem {
  const field = place !== null && 'pointer' in place ? place.pointer.slice(1) : 'kind';
  const key = `problem.${code}`;
  return { field, key, params: { found: found ?? '', expected: expected ?? '' } };
}

/** Those of the files that stay with the answer: shown in the form and not left out, or come with it. */
function filesStaying(
  { attachments, removed }: Readonly<Record<string, unknown>>,
  there: ReadonlySet<string>,
  brought: readonly string[],
): string[] {
  const [shown, left] = [[attachments].flat(), [removed].flat()];
  return [...there].filter((id) => brought.includes(id) || (shown.includes(id) && !left.includes(id)));
}

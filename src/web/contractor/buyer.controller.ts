import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type Language } from '../../kernel/index.js';
import { DraftingService } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { formatDay, Messages } from '../../platform/i18n/index.js';
import { buyerDraft } from '../../tenders/index.js';
import { readDay } from '../shared/read-day.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import type { FieldProblem } from '../shared/render/page-context.js';
import {
  answersTo,
  classifyBuyer,
  isAnswered,
  nextQuestion,
  openQuestion,
  QUESTIONS,
  readAnswers,
  type BuyerAnswers,
  type Question,
} from './buyer-questions.js';
import { answersNow, buyerCheckPage, buyerPage, continueHref, type BuyerSoFar } from './buyer.page.js';
import { findTender } from './find-tender.js';
import { contractorPaths } from './paths.js';

type Entries = Readonly<Record<string, unknown>>;

/** Who the buyer is, one question per page; each answer is kept at once, and all are confirmed together. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/buyer')
export class BuyerController {
  constructor(
    private readonly database: Database,
    private readonly drafting: DraftingService,
    private readonly messages: Messages,
    private readonly pages: Pages,
  ) {}

  @Get()
  async continue(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    return this.pages.redirect(reply, continueHref(await this.soFar(request, id)));
  }

  @Get('check')
  async check(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
  ): Promise<string> {
    return this.checkPage(request, reply, await this.soFar(request, id));
  }

  @Post('check')
  async confirm(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Entries,
  ): Promise<string> {
    const soFar = await this.soFar(request, id);
    const answers = answersNow(soFar);
    if (openQuestion(answers)) return this.pages.redirect(reply, continueHref(soFar));
    const { tender } = soFar;
    const seen = { answers: String(body['seenAnswers']), confirmedAt: String(body['seenConfirmedAt']) };
    const outcome = await this.drafting.confirmBuyer(request.visitor.actor, tender.id, seen, {
      answers: { ...answers },
      buyer: classifyBuyer(answers),
    });
    if (outcome === 'kept' || outcome === 'confirmed') {
      const flash = { tone: 'success', key: 'said.buyer-kept' } as const;
      return this.pages.redirect(reply, contractorPaths.clauses(tender.id), flash);
    }
    const problems =
      outcome === 'changed'
        ? [{ field: CHECKED, key: 'buyer.problem.changed' }]
        : outcome.map(({ code, found, expected }) => ({
            field: CHECKED,
            key: `problem.${code}`,
            params: { found: found ?? '', expected: expected ?? '' },
          }));
    return this.checkPage(request, reply, await this.soFar(request, id), { problems, entries: {} });
  }

  @Get(':question')
  async ask(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('question') name: string,
  ): Promise<string> {
    const question = questionNamed(name);
    return this.page(request, reply, buyerPage(await this.soFar(request, id), question));
  }

  @Post(':question')
  async answer(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('question') name: string,
    @Body() body: Entries,
  ): Promise<string> {
    const question = questionNamed(name);
    const soFar = await this.soFar(request, id);
    const seen = typeof body['seen'] === 'string' ? body['seen'] : '';
    const again = (problems: FieldProblem[], shown = seen): string =>
      this.page(request, reply, buyerPage(soFar, question, shown), { problems, entries: body });
    // The language was changed: the same page with what was entered, nothing kept.
    if (body['instead'] === 'language') return again([]);
    const answers = readAnswers({ ...body, mainNoticeDate: readDay(body['mainNoticeDate']) });
    if (!isAnswered(question, answers)) return again(problemsWith(question, answers));
    const { actor, language } = request.visitor;
    const given = { question, answers: answersTo(question, answers), seen, personId: actor.personId! };
    if (!(await this.drafting.draftBuyerAnswer(actor, soFar.tender.id, given))) {
      const stands = await this.soFar(request, id);
      return again([this.meanwhile(stands, question, language)], buyerPage(stands, question).seen);
    }
    const now = answersNow(await this.soFar(request, id));
    const next = nextQuestion(question, now);
    return this.pages.redirect(reply, contractorPaths.buyerQuestion(soFar.tender.id, next));
  }

  /** The tender must be the visitor's. @throws Refusal not-found */
  private soFar(request: FastifyRequest, id: string): Promise<BuyerSoFar> {
    return this.database.transaction(request.visitor.actor, async (tx) => {
      const tender = await findTender(tx, id);
      return { tender, draft: await buyerDraft(tx, tender.id) };
    });
  }

  /** What another person answered while this one was thinking. */
  private meanwhile(soFar: BuyerSoFar, question: Question, language: Language): FieldProblem {
    const say = (key: string, params?: Record<string, string>) => this.messages.text(language, key, params);
    const answers = answersNow(soFar);
    const { mainClause, mainNoticeDate, mainContract } = answers;
    const answer =
      question === 'main-details'
        ? say('buyer.mainDetails', {
            clause: mainClause ? say(`buyer.mainClause.${mainClause}`) : '–',
            day: mainNoticeDate ? formatDay(language, mainNoticeDate) : '–',
            contract: mainContract ?? '–',
          })
        : say(`buyer.${question}.${answers[question]!}`);
    const by = soFar.draft.find((one) => one.question === question)?.answeredByName;
    const who = by ?? say('buyer.somebody');
    const field = question === 'main-details' ? 'mainClause' : question;
    return { field, key: 'buyer.problem.meanwhile', params: { who, answer } };
  }

  private checkPage(
    request: FastifyRequest,
    reply: FastifyReply,
    soFar: BuyerSoFar,
    form?: FormState,
  ): string {
    if (openQuestion(answersNow(soFar))) return this.pages.redirect(reply, continueHref(soFar));
    const model = buyerCheckPage(soFar, request.visitor.actor.personId!);
    return this.pages.html(request, reply, 'contractor/views/buyer-check.njk', model, form);
  }

  private page(request: FastifyRequest, reply: FastifyReply, model: object, form?: FormState): string {
    return this.pages.html(request, reply, 'contractor/views/buyer.njk', model, form);
  }
}

/** Id of the answers on the page that checks them. */
const CHECKED = 'buyer-answers';

function questionNamed(name: string): Question {
  const question = QUESTIONS.find((known) => known === name);
  if (!question) throw new Refusal('not-found');
  return question;
}

function problemsWith(question: Question, answers: BuyerAnswers): FieldProblem[] {
  if (question !== 'main-details') return [{ field: question, key: 'buyer.problem.choose' }];
  return [
    ...(answers.mainClause ? [] : [{ field: 'mainClause', key: 'buyer.problem.choose' }]),
    ...(answers.mainNoticeDate ? [] : [{ field: 'mainNoticeDate', key: 'buyer.problem.day' }]),
  ];
}

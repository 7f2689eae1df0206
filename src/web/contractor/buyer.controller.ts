import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/index.js';
import { DraftingService } from '../../pipeline/index.js';
import { Database } from '../../platform/db/index.js';
import { readDay } from '../shared/read-day.js';
import { Pages, type FormState } from '../shared/pages.service.js';
import type { FieldProblem } from '../shared/render/page-context.js';
import {
  classifyBuyer,
  isAnswered,
  nextQuestion,
  openQuestion,
  QUESTIONS,
  readAnswers,
  type BuyerAnswers,
  type Question,
} from './buyer-questions.js';
import { buyerCheckPage, buyerPage, questionHref } from './buyer.page.js';
import { findTender } from './find-tender.js';
import { contractorPaths } from './paths.js';

type Entries = Readonly<Record<string, unknown>>;

/** Who the buyer is, one question per page; answers travel in the address until they are confirmed together. */
@ApiExcludeController()
@Controller('contractor/tenders/:id/buyer')
export class BuyerController {
  constructor(
    private readonly database: Database,
    private readonly drafting: DraftingService,
    private readonly pages: Pages,
  ) {}

  @Get('check')
  async check(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Query() query: Entries,
  ): Promise<string> {
    const answers = await this.answers(request, id, query);
    const open = openQuestion(answers);
    if (open) return this.pages.redirect(reply, questionHref(id, open, answers));
    return this.pages.html(request, reply, 'contractor/views/buyer-check.njk', buyerCheckPage(id, answers));
  }

  @Post('check')
  async confirm(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Body() body: Entries,
  ): Promise<string> {
    const answers = readAnswers(body);
    const open = openQuestion(answers);
    if (open) return this.pages.redirect(reply, questionHref(id, open, answers));
    const { actor } = request.visitor;
    const { id: tenderId } = await this.database.transaction(actor, (tx) => findTender(tx, id));
    const outcome = await this.drafting.answerBuyer(actor, tenderId, { ...answers }, classifyBuyer(answers));
    if (Array.isArray(outcome)) throw new Refusal('request-invalid');
    const key = 'said.buyer-kept';
    return this.pages.redirect(reply, contractorPaths.clauses(tenderId), { tone: 'success', key });
  }

  @Get(':question')
  async ask(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('question') name: string,
    @Query() query: Entries,
  ): Promise<string> {
    const answers = await this.answers(request, id, query);
    return this.page(request, reply, id, questionNamed(name), answers);
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
    await this.answers(request, id, body);
    const answers = readAnswers({ ...body, mainNoticeDate: readDay(body['mainNoticeDate']) });
    if (!isAnswered(question, answers)) {
      const problems = problemsWith(question, answers);
      return this.page(request, reply, id, question, answers, { problems, entries: body });
    }
    const next = nextQuestion(question, answers);
    return this.pages.redirect(reply, questionHref(id, next, answers));
  }

  /** Those of the address; at the very start, those confirmed before. The tender must be the visitor's. */
  private async answers(request: FastifyRequest, id: string, query: Entries): Promise<BuyerAnswers> {
    const tender = await this.database.transaction(request.visitor.actor, (tx) => findTender(tx, id));
    const given = readAnswers(query);
    return Object.keys(given).length > 0 ? given : readAnswers(tender.buyer?.answers ?? {});
  }

  private page(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    question: Question,
    answers: BuyerAnswers,
    form?: FormState,
  ): string {
    const model = buyerPage(id, question, answers);
    return this.pages.html(request, reply, 'contractor/views/buyer.njk', model, form);
  }
}

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

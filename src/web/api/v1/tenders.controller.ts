import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { answersTo } from '../../../answers/index.js';
import { Refusal, type Actor, type Language } from '../../../kernel/index.js';
import { askInWords, type Words } from '../../../legal-basis/index.js';
import { matchesOfTender, type AfterMatch, type TenderMatch } from '../../../matching/index.js';
import { DraftingService, TenderPipeline } from '../../../pipeline/index.js';
import { Database } from '../../../platform/db/index.js';
import { CurrentActor, CurrentVisitor, Refuses, uuid, type Visitor } from '../../../platform/http/index.js';
import { Messages } from '../../../platform/i18n/index.js';
import { tagsOf } from '../../../tagging/index.js';
import { listTenders, packagesOf, tenderById } from '../../../tenders/index.js';
import { changeShape, criterionShape } from './criterion.shape.js';
import { invalid } from './invalid.js';
import {
  AnswerList,
  BuyerAnswer,
  ChooseClause,
  ClauseAnswerShape,
  CorrectTender,
  MatchList,
  MatchShape,
  TenderList,
  TenderShape,
  Withdraw,
} from './tenders.dto.js';
import { answerShape } from './shapes.dto.js';
import { workPackageShape } from './work-package.shape.js';

const PAGE = 25;
const MATCHES = 100;

@ApiTags('tenders')
@Controller('api/v1/tenders')
export class TendersController {
  constructor(
    private readonly drafting: DraftingService,
    private readonly pipeline: TenderPipeline,
    private readonly database: Database,
    private readonly messages: Messages,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Your tenders, newest first.' })
  @ApiQuery({ name: 'before', required: false, description: 'Continue after this tender.' })
  @ApiOkResponse({ type: TenderList })
  async list(@CurrentActor() actor: Actor, @Query('before') before?: string): Promise<TenderList> {
    const found = await this.database.transaction(actor, (tx) =>
      listTenders(tx, actor.organisationId!, PAGE, before === undefined ? null : uuid(before)),
    );
    return {
      items: found.map(({ id, title, status, municipality, deadline, packages, offered }) => ({
        id,
        title,
        status,
        municipality,
        deadline: deadline?.toISOString() ?? null,
        packages,
        offered,
      })),
      next: found.length === PAGE ? found.at(-1)!.id : null,
    };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One tender with its packages and their tags.' })
  @ApiOkResponse({ type: TenderShape })
  @Refuses('not-found')
  show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<TenderShape> {
    return this.database.transaction(actor, async (tx) => {
      const tender = await tenderById(tx, uuid(id));
      if (!tender) throw new Refusal('not-found');
      const packages = await packagesOf(tx, tender.id);
      const tags = Map.groupBy(
        await tagsOf(
          tx,
          packages.map((p) => p.id),
        ),
        (tag) => tag.packageId,
      );
      return {
        id: tender.id,
        title: tender.title,
        status: tender.status,
        version: tender.version,
        deadline: tender.deadline?.toISOString() ?? null,
        place: tender.place,
        facts: tender.buyer?.facts ?? null,
        clause: tender.clause,
        questions: [...tender.questions],
        asksPrice: tender.asksPrice,
        visibility: tender.visibility,
        invited: [...tender.invited],
        packages: packages.map((found) => workPackageShape(found, tags.get(found.id) ?? [])),
      };
    });
  }

  @Patch(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Correct the title or the deadline of a draft, ask questions with it, say who hears of it.',
  })
  @ApiNoContentResponse()
  @Refuses('not-found', 'tender-not-draft')
  async correct(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: CorrectTender,
  ): Promise<void> {
    await this.drafting.correctTender(actor, uuid(id), {
      ...(body.title === undefined ? {} : { title: body.title }),
      ...(body.deadline === undefined ? {} : { deadline: new Date(body.deadline) }),
      ...(body.questions ? { questions: body.questions } : {}),
      ...(body.asksPrice === undefined ? {} : { asksPrice: body.asksPrice }),
      ...(body.visibility || body.invited
        ? { audience: { visibility: body.visibility ?? 'invited', invited: body.invited ?? [] } }
        : {}),
    });
  }

  @Put(':id/buyer')
  @ApiOperation({ summary: 'Say who the buyer is; the answer is what the law of the day allows.' })
  @ApiOkResponse({ type: ClauseAnswerShape })
  @Refuses('not-found', 'tender-not-draft', 'request-invalid')
  async answerBuyer(
    @CurrentVisitor() { actor, language }: Visitor,
    @Param('id') id: string,
    @Body() body: BuyerAnswer,
  ): Promise<ClauseAnswerShape> {
    const answer = await this.drafting.answerBuyer(actor, uuid(id), { ...body }, body);
    if (Array.isArray(answer)) throw invalid(answer);
    const words: Words = (key, params) => this.messages.text(language, key, params);
    return {
      regime: answer.regime,
      options: answer.options.map((option) => ({
        ...option,
        label: words(option.labelKey, { mainContract: body.mainContract ?? '' }),
      })),
      duties: [...answer.duties],
      askPerson: answer.asks.map((one) => askInWords(one, words)),
      lawAsOf: answer.lawAsOf,
    };
  }

  @Put(':id/clause')
  @HttpCode(204)
  @ApiOperation({ summary: 'Choose one of the clause options.' })
  @ApiNoContentResponse()
  @Refuses('not-found', 'tender-not-draft', 'clause-not-offered')
  async chooseClause(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { instrument, basis }: ChooseClause,
  ): Promise<void> {
    await this.drafting.chooseClause(actor, uuid(id), instrument, basis);
  }

  @Post(':id/publication')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Publish a draft: the offered packages are matched, the enterprises that fit are told.',
  })
  @ApiNoContentResponse()
  @Refuses('not-found', 'tender-not-draft', 'request-invalid')
  async publish(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    const lacking = await this.pipeline.publish(actor, uuid(id));
    if (lacking.length > 0) throw invalid(lacking);
  }

  @Post(':id/withdrawal')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a published tender back; whoever was told of it is told that too.' })
  @ApiNoContentResponse()
  @Refuses('not-found', 'tender-not-published')
  async withdraw(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { reason }: Withdraw,
  ): Promise<void> {
    await this.pipeline.withdraw(actor, uuid(id), reason);
  }

  @Get(':id/matches')
  @ApiOperation({
    summary:
      'Who can do its packages, and why. Package by package, the best first within what a page has of each; `rank` says the place.',
  })
  @ApiQuery({ name: 'after', required: false, description: 'Value of `next` of the page before.' })
  @ApiOkResponse({ type: MatchList })
  @Refuses('not-found')
  matches(
    @CurrentVisitor() { actor, language }: Visitor,
    @Param('id') id: string,
    @Query('after') after?: string,
  ): Promise<MatchList> {
    const from = after === undefined ? null : afterMatch(after);
    return this.database.transaction(actor, async (tx) => {
      if (!(await tenderById(tx, uuid(id)))) throw new Refusal('not-found');
      const { items, next } = await matchesOfTender(tx, id, { after: from, size: MATCHES });
      return {
        items: items.map((match) => this.matchShape(match, language)),
        next: next && `${next.packageId}.${next.enterpriseId}`,
      };
    });
  }

  @Get(':id/answers')
  @ApiOperation({ summary: 'The standing answers of enterprises.' })
  @ApiOkResponse({ type: AnswerList })
  @Refuses('not-found')
  answers(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<AnswerList> {
    return this.database.transaction(actor, async (tx) => {
      if (!(await tenderById(tx, uuid(id)))) throw new Refusal('not-found');
      const found = await answersTo(tx, id);
      return {
        items: found.map(answerShape),
      };
    });
  }

  private matchShape(match: TenderMatch, language: Language): MatchShape {
    const { criteria, changes, lawKnownAt, ...rest } = match;
    return {
      ...rest,
      lawKnownAt: lawKnownAt.toISOString(),
      criteria: criteria.map((criterion) => criterionShape(this.messages, language, criterion)),
      changes: changes.map((change) => changeShape(this.messages, language, change)),
    };
  }
}

function afterMatch(next: string): AfterMatch {
  const [packageId = '', enterpriseId = ''] = next.split('.');
  return { packageId: uuid(packageId), enterpriseId: uuid(enterpriseId) };
}

import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { organisationById } from '../../accounts/index.js';
import {
  answersToPackages,
  coverageOf,
  decisionsOnPackages,
  questionsOnPackages,
  teamsOnPackages,
} from '../../answers/index.js';
import { Refusal } from '../../kernel/index.js';
import { invitationPlanOf, isOfFormerMethod, MatchingService } from '../../matching/index.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/db/index.js';
import { uuid } from '../../platform/http/index.js';
import { Messages } from '../../platform/i18n/index.js';
import { briefTagsOf } from '../../tagging/index.js';
import { packagesById, withdrawalsOf, type Tender } from '../../tenders/index.js';
import { changesShown, criteriaShown } from '../shared/criterion.js';
import type { Names } from '../shared/names.js';
import { NAMES, Pages } from '../shared/pages.service.js';
import { boardList } from './board-list.query.js';
import { boardListed, boardMatches } from './board-matches.query.js';
import {
  answersPage,
  BOARD_PACKAGES_A_PAGE,
  boardPage,
  readBoardQuestion,
  type BecameOf,
  type BoardQuestion,
} from './board.page.js';
import { findPackage, findTender } from './find-tender.js';
import { obligationHrefOf } from './obligation-of-tender.js';
import { contractorPaths } from './paths.js';
import { packageLine } from './tender.page.js';

const MATCHING_TAKES_MS = 60_000;

/** What became of a published tender: who matches, who was told, who answered what, and why. */
@ApiExcludeController()
@Controller('contractor/tenders/:id')
export class BoardController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly matching: MatchingService,
    private readonly messages: Messages,
    @Inject(NAMES) private readonly names: Names,
    private readonly pages: Pages,
  ) {}

  @Get('board')
  async board(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Query() question: BoardQuestion,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const tender = await findTender(tx, id);
      if (tender.status === 'draft') return null;
      const list = await boardList(tx, tender.id, {
        ...readBoardQuestion(question),
        size: BOARD_PACKAGES_A_PAGE,
      });
      const { ids } = list;
      const tags = await briefTagsOf(tx, ids);
      const packages = await packagesById(tx, ids);
      const board = boardPage(
        tender,
        packages.map((item) => packageLine(item, tags.get(item.id) ?? [])),
        {
          list,
          question,
          isMatching: !list.isDecided && this.wasJustPublished(tender),
          moments: (await invitationPlanOf(tx, tender.id)).moments,
          ...(await this.becameOf(tx, tender, ids)),
        },
      );
      return { ...board, obligationHref: await obligationHrefOf(tx, tender) };
    });
    if (model === null) return this.pages.redirect(reply, contractorPaths.tender(id));
    return this.pages.html(request, reply, 'contractor/views/board.njk', model);
  }

  /** What was answered to one package, side by side. */
  @Get('packages/:packageId/answers')
  async answers(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
  ): Promise<string> {
    const model = await this.database.transaction(request.visitor.actor, async (tx) => {
      const { tender, item } = await findPackage(tx, id, packageId);
      if (tender.status === 'draft') throw new Refusal('not-found');
      return answersPage(tender, packageLine(item, []), await this.becameOf(tx, tender, [item.id]));
    });
    return this.pages.html(request, reply, 'contractor/views/answers.njk', model);
  }

  @Get('packages/:packageId/matches/:enterpriseId')
  async match(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') id: string,
    @Param('packageId') packageId: string,
    @Param('enterpriseId') enterpriseId: string,
  ): Promise<string> {
    const { actor, language } = request.visitor;
    const model = await this.database.transaction(actor, async (tx) => {
      const { tender, item } = await findPackage(tx, id, packageId);
      const match = await this.matching.matchOf(tx, item.id, uuid(enterpriseId));
      if (!match) throw new Refusal('not-found');
      const organisation = await organisationById(tx, match.enterpriseOrganisationId);
      return {
        enterprise: organisation?.name ?? '',
        packageTitle: item.title,
        verdict: match.verdict,
        criteria: criteriaShown(match.criteria, this.messages, this.names, language),
        changes: changesShown(match.changes, this.messages, this.names, language),
        isToCheck: match.verdict === 'match' && match.criteria.some(({ result }) => result === 'unknown'),
        basis: match.basis,
        decidedOn: match.decidedOn,
        lawKnownAt: match.lawKnownAt,
        rulesVersion: match.rulesVersion,
        isOfFormerMethod: isOfFormerMethod(match.rulesVersion),
        boardHref: contractorPaths.boardAt(tender.id, item.id),
      };
    });
    return this.pages.html(request, reply, 'contractor/views/match.njk', model);
  }

  private async becameOf(tx: Tx, tender: Tender, ids: readonly string[]): Promise<BecameOf> {
    return {
      matches: await boardMatches(tx, ids),
      listed: await boardListed(tx, ids),
      answers: await answersToPackages(tx, ids),
      questions: await questionsOnPackages(tx, ids),
      decisions: await decisionsOnPackages(tx, ids),
      withdrawals: await withdrawalsOf(tx, tender.id),
      teams: await teamsOnPackages(tx, ids),
      coverage: await coverageOf(tx, ids),
      now: this.clock.now(),
    };
  }

  /** Matching follows within seconds; an empty board before that means "not yet", not "nobody". */
  private wasJustPublished({ publishedAt }: Tender): boolean {
    return publishedAt !== null && this.clock.now().getTime() - publishedAt.getTime() < MATCHING_TAKES_MS;
  }
}

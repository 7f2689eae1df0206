import { APP_GUARD } from '@nestjs/core';
import { Module } from '@nestjs/common';
import { LegalBasisModule } from '../legal-basis/index.js';
import { MatchingModule } from '../matching/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { ObligationsModule } from '../obligations/index.js';
import { PipelineModule } from '../pipeline/index.js';
import { RegistryModule } from '../registry/index.js';
import { EverybodysRulesController } from './administrator/tag-rules.controller.js';
import { ApprovalsController } from './administrator/approvals.controller.js';
import { OutboxController } from './administrator/outbox.controller.js';
import { AnswerAttachmentsController } from './contractor/attachments.controller.js';
import { AttemptsController } from './contractor/attempts.controller.js';
import { BringController } from './contractor/bring.controller.js';
import { DescriptionController } from './contractor/description.controller.js';
import { BoardController } from './contractor/board.controller.js';
import { DecisionController } from './contractor/decision.controller.js';
import { ReplyController } from './contractor/reply.controller.js';
import { BuyerController } from './contractor/buyer.controller.js';
import { ClausesController } from './contractor/clauses.controller.js';
import { CorrectionController } from './contractor/correction.controller.js';
import { FilesController } from './contractor/files.controller.js';
import { LayoutsController } from './contractor/layouts.controller.js';
import { LinesController } from './contractor/lines.controller.js';
import { LedgerController } from './contractor/ledger.controller.js';
import { ObligationsController } from './contractor/obligations.controller.js';
import { PackageController } from './contractor/package.controller.js';
import { TrialController } from './contractor/trial.controller.js';
import { TermsController } from './contractor/terms.controller.js';
import { PackageWhatIfController } from './contractor/what-if.controller.js';
import { ProfileWhatIfController } from './enterprise/what-if.controller.js';
import { PublishController } from './contractor/publish.controller.js';
import { TagRulesController } from './contractor/tag-rules.controller.js';
import { TeachController } from './contractor/teach.controller.js';
import { TenderController } from './contractor/tender.controller.js';
import { TendersController } from './contractor/tenders.controller.js';
import { WhyController } from './contractor/why.controller.js';
import { ExtensionController } from './contractor/extension.controller.js';
import { PackageWithdrawalController } from './contractor/package-withdrawal.controller.js';
import { AdditionsController } from './contractor/additions.controller.js';
import { TeamCallController } from './contractor/team-call.controller.js';
import { TeamController } from './enterprise/team.controller.js';
import { TeamRequestController } from './enterprise/team-request.controller.js';
import { ReconfirmController } from './enterprise/reconfirm.controller.js';
import { WithdrawController } from './contractor/withdraw.controller.js';
import { ActivityController } from './enterprise/activity.controller.js';
import { AnswerController } from './enterprise/answer.controller.js';
import { OwnAttachmentsController } from './enterprise/attachments.controller.js';
import { AwardController } from './enterprise/award.controller.js';
import { SharedFilesController } from './enterprise/files.controller.js';
import { AskController } from './enterprise/ask.controller.js';
import { ApprovalController } from './enterprise/approval.controller.js';
import { OpportunitiesController } from './enterprise/opportunities.controller.js';
import { PerformancesController } from './enterprise/performances.controller.js';
import { ProfileController } from './enterprise/profile.controller.js';
import { LawController } from './law/law.controller.js';
import { ProposalsController } from './law/proposals.controller.js';
import { RulesController } from './law/rules.controller.js';
import { NewsController } from './news/news.controller.js';
import { StopController } from './news/stop.controller.js';
import { PublicController } from './public/public.controller.js';
import { NAMES, Pages } from './shared/pages.service.js';
import { OwnTendersGuard } from './shared/own-tenders.guard.js';
import { ProductNames } from './shared/product-names.js';
import { GovernanceController } from './working-group/governance.controller.js';
import { ExportsController } from './working-group/exports.controller.js';
import { FiguresController } from './working-group/figures.controller.js';
import { LossesController } from './working-group/losses.controller.js';

/** The pages people work on, and what all pages are made with. */
@Module({
  imports: [
    LegalBasisModule,
    MatchingModule,
    NotificationsModule,
    ObligationsModule,
    PipelineModule,
    RegistryModule,
  ],
  controllers: [
    PublicController,
    LawController,
    RulesController,
    ProposalsController,
    BringController,
    DescriptionController,
    TendersController,
    TenderController,
    PackageController,
    TermsController,
    TrialController,
    LayoutsController,
    TagRulesController,
    TeachController,
    PackageWhatIfController,
    ProfileWhatIfController,
    WhyController,
    LinesController,
    CorrectionController,
    BuyerController,
    ClausesController,
    PublishController,
    BoardController,
    ReplyController,
    DecisionController,
    FilesController,
    AnswerAttachmentsController,
    WithdrawController,
    ExtensionController,
    AdditionsController,
    ReconfirmController,
    TeamCallController,
    TeamController,
    TeamRequestController,
    PackageWithdrawalController,
    ObligationsController,
    LedgerController,
    AttemptsController,
    OpportunitiesController,
    AnswerController,
    OwnAttachmentsController,
    SharedFilesController,
    AskController,
    AwardController,
    PerformancesController,
    ProfileController,
    ActivityController,
    ApprovalController,
    NewsController,
    StopController,
    GovernanceController,
    ExportsController,
    FiguresController,
    LossesController,
    OutboxController,
    ApprovalsController,
    EverybodysRulesController,
  ],
  providers: [
    Pages,
    { provide: APP_GUARD, useClass: OwnTendersGuard },
    { provide: NAMES, useClass: ProductNames },
  ],
  exports: [Pages, NAMES],
})
export class PagesModule {}

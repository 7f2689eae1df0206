import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { ObligationsModule } from '../obligations/index.js';
import { PipelineModule } from '../pipeline/index.js';
import { AccountController } from './account/account.controller.js';
import { ChangePasswordController } from './account/change-password.controller.js';
import { InvitationController } from './account/invitation.controller.js';
import { MailsController } from './account/mails.controller.js';
import { MembersController } from './account/members.controller.js';
import { PasswordController } from './account/password.controller.js';
import { RegistrationController } from './account/registration.controller.js';
import { SignInController } from './account/sign-in.controller.js';
import { PersonalDataController } from './account/personal-data.controller.js';
import { TokensController } from './account/tokens.controller.js';
import { ChangesController } from './api/v1/changes.controller.js';
import { MeController } from './api/v1/me.controller.js';
import { ObligationsApiController } from './api/v1/obligations.controller.js';
import { PerformancesApiController } from './api/v1/performances.controller.js';
import { OpportunitiesController } from './api/v1/opportunities.controller.js';
import { AnswerAttachmentsApiController, AttachmentsApiController } from './api/v1/attachments.controller.js';
import { CorrectionsController } from './api/v1/corrections.controller.js';
import { LayoutsController } from './api/v1/layouts.controller.js';
import { PackageActsController } from './api/v1/package-acts.controller.js';
import { AwardsController, DecisionsController } from './api/v1/decisions.controller.js';
import { OpportunityQuestionsController, TenderQuestionsController } from './api/v1/questions.controller.js';
import { ReadingsController } from './api/v1/readings.controller.js';
import { SessionsController } from './api/v1/sessions.controller.js';
import { TagRulesApiController } from './api/v1/tag-rules.controller.js';
import { TeamCallsApiController } from './api/v1/team-calls.controller.js';
import { TeamRequestsApiController, TeamsApiController } from './api/v1/teams.controller.js';
import { TendersController } from './api/v1/tenders.controller.js';
import { SharedFilesApiController } from './api/v1/shared-files.controller.js';
import { TenderFilesApiController } from './api/v1/tender-files.controller.js';
import { TradesController } from './api/v1/trades.controller.js';
import { UptakeController } from './api/v1/uptake.controller.js';
import { PublishedController } from './api/v1/published.controller.js';
import { WorkPackagesController } from './api/v1/work-packages.controller.js';
import { FeedsController } from './feeds/feeds.controller.js';
import { PublicFeedController } from './feeds/public-feed.controller.js';
import { PagesModule } from './pages.module.js';

/** Pages and API. */
@Module({
  imports: [AccountsModule, NotificationsModule, ObligationsModule, PagesModule, PipelineModule],
  controllers: [
    AccountController,
    ChangePasswordController,
    InvitationController,
    MailsController,
    MembersController,
    PasswordController,
    RegistrationController,
    PersonalDataController,
    TokensController,
    SignInController,
    MeController,
    SessionsController,
    ReadingsController,
    TendersController,
    CorrectionsController,
    LayoutsController,
    TagRulesApiController,
    PackageActsController,
    TradesController,
    PublishedController,
    WorkPackagesController,
    ObligationsApiController,
    PerformancesApiController,
    OpportunitiesController,
    AttachmentsApiController,
    SharedFilesApiController,
    TenderFilesApiController,
    AnswerAttachmentsApiController,
    TeamCallsApiController,
    TeamsApiController,
    TeamRequestsApiController,
    OpportunityQuestionsController,
    TenderQuestionsController,
    DecisionsController,
    AwardsController,
    UptakeController,
    FeedsController,
    PublicFeedController,
    ChangesController,
  ],
})
export class WebModule {}

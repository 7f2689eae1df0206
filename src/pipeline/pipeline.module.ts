import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { AnswersModule } from '../answers/index.js';
import { LegalBasisModule } from '../legal-basis/index.js';
import { MatchingModule } from '../matching/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { RegistryModule } from '../registry/index.js';
import { TaggingModule } from '../tagging/index.js';
import { TendersModule } from '../tenders/index.js';
import { ApprovalDesk } from './approval-desk.service.js';
import { AmendingService } from './amending.service.js';
import { AttachingService } from './attaching.service.js';
import { CommitmentChecks } from './commitment-checks.service.js';
import { DraftingService } from './drafting.service.js';
import { PackageFindings } from './package-findings.service.js';
import { InvitationForecasts } from './invitation-forecasts.service.js';
import { InvitationPipeline } from './invitation.pipeline.js';
import { OpenList } from './open-list.service.js';
import { PackagingService } from './packaging.service.js';
import { MailPreviews } from './preview-mail.service.js';
import { LawPreviews } from './preview-law.service.js';
import { ProfileService } from './profile.service.js';
import { DayTurn } from './day-turn.js';
import { PublishedPipeline } from './published.pipeline.js';
import { RematchPipeline } from './rematch.pipeline.js';
import { RemindersPipeline } from './reminders.pipeline.js';
import { RetentionService } from './retention.service.js';
import { SharingService } from './sharing.service.js';
import { TeachingService } from './teaching.service.js';
import { WhatIfService } from './what-if.service.js';
import { TeamCallPipeline } from './team-call.pipeline.js';
import { PublicChangesPipeline } from './public-changes.pipeline.js';
import { TeamPipeline } from './team.pipeline.js';
import { TenderPipeline } from './tender.pipeline.js';
import { TrialPipeline } from './trial.pipeline.js';

@Module({
  imports: [
    AccountsModule,
    AnswersModule,
    LegalBasisModule,
    MatchingModule,
    NotificationsModule,
    RegistryModule,
    TaggingModule,
    TendersModule,
  ],
  providers: [
    AmendingService,
    ApprovalDesk,
    AttachingService,
    CommitmentChecks,
    DayTurn,
    DraftingService,
    PackageFindings,
    InvitationForecasts,
    InvitationPipeline,
    LawPreviews,
    MailPreviews,
    OpenList,
    PackagingService,
    ProfileService,
    PublishedPipeline,
    RematchPipeline,
    RemindersPipeline,
    RetentionService,
    SharingService,
    TeachingService,
    TeamCallPipeline,
    PublicChangesPipeline,
    TeamPipeline,
    TenderPipeline,
    TrialPipeline,
    WhatIfService,
  ],
  exports: [
    AmendingService,
    AnswersModule,
    ApprovalDesk,
    AttachingService,
    CommitmentChecks,
    DraftingService,
    InvitationForecasts,
    LawPreviews,
    MailPreviews,
    OpenList,
    PackagingService,
    ProfileService,
    PublishedPipeline,
    RematchPipeline,
    SharingService,
    TeachingService,
    TeamCallPipeline,
    TeamPipeline,
    TenderPipeline,
    TendersModule,
    TrialPipeline,
    WhatIfService,
  ],
})
export class PipelineModule {}

import { Module } from '@nestjs/common';
import { AnswersModule } from '../answers/index.js';
import { LegalBasisModule } from '../legal-basis/index.js';
import { MatchingModule } from '../matching/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { RegistryModule } from '../registry/index.js';
import { TaggingModule } from '../tagging/index.js';
import { TendersModule } from '../tenders/index.js';
import { ApprovalDesk } from './approval-desk.service.js';
import { DraftingService } from './drafting.service.js';
import { PackagingService } from './packaging.service.js';
import { ProfileService } from './profile.service.js';
import { TenderPipeline } from './tender.pipeline.js';

@Module({
  imports: [
    AnswersModule,
    LegalBasisModule,
    MatchingModule,
    NotificationsModule,
    RegistryModule,
    TaggingModule,
    TendersModule,
  ],
  providers: [ApprovalDesk, DraftingService, PackagingService, ProfileService, TenderPipeline],
  exports: [AnswersModule, ApprovalDesk, DraftingService, PackagingService, ProfileService, TenderPipeline],
})
export class PipelineModule {}

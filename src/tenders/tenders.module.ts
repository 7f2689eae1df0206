import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BillLineRow } from './bill-line.entity.js';
import { CorrectionService } from './correction.service.js';
import { DescriptionDrafts } from './description-drafts.service.js';
import { ImportRow } from './import.entity.js';
import { LayoutService } from './layout.service.js';
import { ReadingAnswersService } from './reading-answers.service.js';
import { LotRow } from './lot.entity.js';
import { SourceFileRow } from './source-file.entity.js';
import { TenderRow } from './tender.entity.js';
import { TenderVersionRow } from './tender-version.entity.js';
import { WorkPackageRow } from './work-package.entity.js';
import { PackageEditing } from './package-editing.service.js';
import { PublishedTenderService } from './published.service.js';
import { TenderService } from './tender.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      BillLineRow,
      ImportRow,
      LotRow,
      SourceFileRow,
      TenderRow,
      TenderVersionRow,
      WorkPackageRow,
    ]),
  ],
  providers: [
    CorrectionService,
    DescriptionDrafts,
    LayoutService,
    ReadingAnswersService,
    PackageEditing,
    PublishedTenderService,
    TenderService,
  ],
  exports: [
    CorrectionService,
    DescriptionDrafts,
    LayoutService,
    ReadingAnswersService,
    PackageEditing,
    PublishedTenderService,
    TenderService,
  ],
})
export class TendersModule {}

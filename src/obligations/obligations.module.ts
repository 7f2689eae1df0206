import { Module } from '@nestjs/common';
import { LegalBasisModule } from '../legal-basis/index.js';
import { ObligationsService } from './obligations.service.js';
import { PerformancesService } from './performances.service.js';

@Module({
  imports: [LegalBasisModule],
  providers: [ObligationsService, PerformancesService],
  exports: [ObligationsService, PerformancesService],
})
export class ObligationsModule {}

import { Module } from '@nestjs/common';
import { LegalBasisModule } from '../legal-basis/index.js';
import { ObligationsService } from './obligations.service.js';

@Module({
  imports: [LegalBasisModule],
  providers: [ObligationsService],
  exports: [ObligationsService],
})
export class ObligationsModule {}

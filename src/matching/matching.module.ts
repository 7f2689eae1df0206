import { Module } from '@nestjs/common';
import { LegalBasisModule } from '../legal-basis/index.js';
import { RegistryModule } from '../registry/index.js';
import { MatchingService } from './matching.service.js';

@Module({
  imports: [LegalBasisModule, RegistryModule],
  providers: [MatchingService],
  exports: [MatchingService],
})
export class MatchingModule {}

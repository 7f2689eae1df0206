import { Module } from '@nestjs/common';
import { LegalBasisModule } from '../legal-basis/index.js';
import { RegistryModule } from '../registry/index.js';
import { CandidateSource, SqlCandidates } from './candidate-source.js';
import { DecideService } from './decide.service.js';
import { MatchingService } from './matching.service.js';
import { OffersService } from './offers.service.js';
import { RematchService } from './rematch.service.js';
import { ReplayService } from './replay.service.js';

@Module({
  imports: [LegalBasisModule, RegistryModule],
  providers: [
    { provide: CandidateSource, useClass: SqlCandidates },
    DecideService,
    MatchingService,
    OffersService,
    RematchService,
    ReplayService,
  ],
  exports: [DecideService, MatchingService, OffersService, RematchService, ReplayService],
})
export class MatchingModule {}

import { Module } from '@nestjs/common';
import { ProposalService } from './proposal.service.js';
import { LegalBasisService } from './legal-basis.service.js';

@Module({
  providers: [LegalBasisService, ProposalService],
  exports: [LegalBasisService, ProposalService],
})
export class LegalBasisModule {}

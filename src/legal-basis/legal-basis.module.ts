import { Module } from '@nestjs/common';
import { LegalBasisService } from './legal-basis.service.js';

@Module({ providers: [LegalBasisService], exports: [LegalBasisService] })
export class LegalBasisModule {}

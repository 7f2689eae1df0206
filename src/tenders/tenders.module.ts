import { Module } from '@nestjs/common';
import { TenderService } from './tender.service.js';

@Module({ providers: [TenderService], exports: [TenderService] })
export class TendersModule {}

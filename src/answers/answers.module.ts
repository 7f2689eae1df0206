import { Module } from '@nestjs/common';
import { AnswerService } from './answer.service.js';

@Module({ providers: [AnswerService], exports: [AnswerService] })
export class AnswersModule {}

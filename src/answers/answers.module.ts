import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AnswerRow } from './answer.entity.js';
import { AnswerService } from './answer.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AnswerRow])],
  providers: [AnswerService],
  exports: [AnswerService],
})
export class AnswersModule {}

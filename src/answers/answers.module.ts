import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AnswerRow } from './answer.entity.js';
import { AnswerService } from './answer.service.js';
import { AnswerDraftService } from './draft.service.js';
import { DecisionService } from './decision.service.js';
import { TeamService } from './team.service.js';
import { QuestionService } from './question.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AnswerRow])],
  providers: [AnswerDraftService, AnswerService, DecisionService, QuestionService, TeamService],
  exports: [AnswerDraftService, AnswerService, DecisionService, QuestionService, TeamService],
})
export class AnswersModule {}

import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TagRow } from './tag.entity.js';
import { TagRuleService } from './tag-rule.service.js';
import { TaggingService } from './tagging.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([TagRow])],
  providers: [TaggingService, TagRuleService],
  exports: [TaggingService, TagRuleService],
})
export class TaggingModule {}

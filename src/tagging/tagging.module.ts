import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TagRow } from './tag.entity.js';
import { TaggingService } from './tagging.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([TagRow])],
  providers: [TaggingService],
  exports: [TaggingService],
})
export class TaggingModule {}

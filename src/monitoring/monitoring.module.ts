import { Module } from '@nestjs/common';
import { StageKeeper } from './stage-keeper.js';

@Module({ providers: [StageKeeper] })
export class MonitoringModule {}

import { Module, type DynamicModule } from '@nestjs/common';
import { AccountsModule } from './accounts/index.js';
import { PlatformModule, type PlatformOptions } from './platform/platform.module.js';
import { HttpModule } from './platform/http/index.js';
import { AnswersModule } from './answers/index.js';
import { LegalBasisModule } from './legal-basis/index.js';
import { MatchingModule } from './matching/index.js';
import { MonitoringModule } from './monitoring/index.js';
import { NotificationsModule } from './notifications/index.js';
import { ObligationsModule } from './obligations/index.js';
import { PipelineModule } from './pipeline/index.js';
import { QueueModule } from './platform/queue/index.js';
import { RegistryModule } from './registry/index.js';
import { TaggingModule } from './tagging/index.js';
import { TendersModule } from './tenders/index.js';
import { WebModule } from './web/index.js';

/** Names every room; nothing else does. */
@Module({})
export class AppModule {
  static with(options: PlatformOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(options),
        HttpModule,
        QueueModule,
        AccountsModule,
        AnswersModule,
        LegalBasisModule,
        MatchingModule,
        MonitoringModule,
        NotificationsModule,
        ObligationsModule,
        PipelineModule,
        RegistryModule,
        TaggingModule,
        TendersModule,
        WebModule,
      ],
    };
  }
}

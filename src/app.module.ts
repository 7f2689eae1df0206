import { Module, type DynamicModule } from '@nestjs/common';
import { AccountsModule } from './accounts/index.js';
import { PlatformModule, type PlatformOptions } from './platform/platform.module.js';
import { HttpModule } from './platform/http/index.js';
import { QueueModule } from './platform/queue/index.js';
import { WebModule } from './web/index.js';

/** Names every room; nothing else does. */
@Module({})
export class AppModule {
  static with(options: PlatformOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.with(options), HttpModule, QueueModule, AccountsModule, WebModule],
    };
  }
}

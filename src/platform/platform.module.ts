import { Global, Module, type DynamicModule } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from './clock.js';
import type { Config } from './config/index.js';
import { appDataSourceOptions, Database } from './db/index.js';
import { Messages, MESSAGES_FOLDER } from './i18n/index.js';
import { FileScan } from './malware/index.js';
import { CONFIG } from './tokens.js';

export { CONFIG } from './tokens.js';

export interface PlatformOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly poolSize: number;
}

/** What every room may ask for by its class: Database, Clock, Messages, and CONFIG. */
@Global()
@Module({})
export class PlatformModule {
  static with({ config, clock, poolSize }: PlatformOptions): DynamicModule {
    const { databaseUrl: url, databaseReplicaUrl: replicaUrl, statementTimeoutMs } = config;
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRoot({
          ...appDataSourceOptions({ url, replicaUrl, entities: [], poolSize, statementTimeoutMs }),
          autoLoadEntities: true,
          retryAttempts: 3,
          retryDelay: 1000,
        }),
      ],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Clock, useValue: clock },
        FileScan,
        { provide: Messages, useFactory: () => Messages.load(MESSAGES_FOLDER) },
        {
          provide: Database,
          inject: [getDataSourceToken()],
          useFactory: (source: Database['source']) => new Database(source),
        },
      ],
      exports: [CONFIG, Clock, Messages, Database, FileScan],
    };
  }
}

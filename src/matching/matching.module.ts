import { Module } from '@nestjs/common';
import { systemActor } from '../kernel/index.js';
import { LegalBasisModule } from '../legal-basis/index.js';
import { RegistryModule } from '../registry/index.js';
import { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config/index.js';
import { Database } from '../platform/db/index.js';
import { CONFIG } from '../platform/tokens.js';
import type { PostingIndex } from './domain/index.js';
import { loadInThread } from './load-in-thread.js';
import { HeldIndex, MemoryCandidates } from './memory-candidates.js';
import { CandidateSource, SqlCandidates } from './candidate-source.js';
import { arePostingsSpread } from './find-candidates-spread.query.js';
import { DecideService } from './decide.service.js';
import { MatchingService } from './matching.service.js';
import { OffersService } from './offers.service.js';
import { RematchService } from './rematch.service.js';
import { ReplayService } from './replay.service.js';

/** By the address of the database. */
const indexes = new Map<string, HeldIndex>();

function indexOf(databaseUrl: string): HeldIndex {
  const held = indexes.get(databaseUrl) ?? new HeldIndex();
  indexes.set(databaseUrl, held);
  return held;
}

@Module({
  imports: [LegalBasisModule, RegistryModule],
  providers: [
    {
      provide: CandidateSource,
      inject: [Database, Clock, CONFIG],
      // The index in memory asks one machine what was committed, and reads one table page by page.
      useFactory: async (database: Database, clock: Clock, config: Config) => {
        if (await database.transaction(systemActor('candidates'), arePostingsSpread))
          return new SqlCandidates();
        const { databaseUrl: url, statementTimeoutMs, memoryIndexFrom } = config;
        const whole = (): Promise<PostingIndex> => loadInThread({ url, statementTimeoutMs });
        return new MemoryCandidates(database, clock, memoryIndexFrom, whole, indexOf(url));
      },
    },
    DecideService,
    MatchingService,
    OffersService,
    RematchService,
    ReplayService,
  ],
  exports: [DecideService, MatchingService, OffersService, RematchService, ReplayService],
})
export class MatchingModule {}

import { Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../kernel/index.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/db/index.js';
import { forgetOver, TERMS } from './retention.query.js';

/** Of a transaction: nobody waits for it, and what is left is less the next time. */
const BATCH = 1000;
const ACTOR = systemActor('retention');
const logger = new Logger('pipeline');

/** Deletes what is kept for a time alone, once that is over. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Table after table, each batch in a transaction of its own; a table that fails keeps none of the others. */
  async forget(): Promise<void> {
    const now = this.clock.now();
    for (const term of TERMS) {
      try {
        const batch = (): Promise<number> =>
          this.database.transaction(ACTOR, (tx) => forgetOver(tx, term, now, BATCH));
        while ((await batch()) === BATCH);
      } catch (error) {
        logger.warn({ error, table: term.table }, 'rows were kept longer than they should');
      }
    }
  }
}

import { rematchOpenTenders } from '../pipeline/index.js';
import { SystemClock } from '../platform/clock.js';
import { Jobs } from '../platform/queue/index.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';
import { withDatabase } from './with-database.js';

/**
 * Has every open tender matched again, by the workers that run: one job each, shared by all of them and taken up by another
 * when one dies. Asked again under the same key it adds nothing.
 */
export const rematch: Verb = {
  usage: '--all [--key WORD]',
  options: { all: { type: 'boolean' }, key: { type: 'string' } },
  async run({ positionals: [surplus], values, terminal }) {
    if (values['all'] !== true || surplus !== undefined)
      throw usage(`rematch ${rematch.usage}`, surplus ?? '');
    const clock = new SystemClock();
    const key = `rematch ${String(values['key'] ?? clock.now().toISOString())}`;
    await withDatabase(async ({ url, database, actor }) => {
      const warn = (message: string): void => terminal.note(message);
      const jobs = new Jobs(database, { databaseUrl: url, works: false, warn });
      try {
        const tenders = await database.transaction(actor, (tx) =>
          rematchOpenTenders(tx, jobs, clock.now(), { cause: 'rules', key }),
        );
        await terminal.print({ tenders, key });
      } finally {
        await jobs.stop();
      }
    });
    return 0;
  },
};

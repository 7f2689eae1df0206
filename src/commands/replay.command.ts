import { LegalBasisService } from '../legal-basis/index.js';
import { DecideService, matchIds, ReplayService } from '../matching/index.js';
import { SystemClock } from '../platform/clock.js';
import { RegistryService } from '../registry/index.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';
import { withDatabase } from './with-database.js';

const AT_ONCE = 500;
const NOT_FOUND = { differences: ['not-found'], method: null, today: null, isOfUncountedMethod: false };

/**
 * Decides stored matches again from what they cite: one line each that comes out otherwise, with the method it was decided
 * by and that of today, then the count. Near misses older than the count of methods are counted apart.
 */
export const replay: Verb = {
  usage: 'MATCH_ID ... | --all',
  options: { all: { type: 'boolean' } },
  async run({ positionals: given, values, terminal }) {
    const all = values['all'] === true;
    if ((given.length === 0) !== all) throw usage(`replay ${replay.usage}`, given[0] ?? '');
    const clock = new SystemClock();
    const registry = new RegistryService(clock);
    const replays = new ReplayService(registry, new DecideService(clock, registry, new LegalBasisService()));
    let [replayed, different, uncounted] = [0, 0, 0];
    await withDatabase(async ({ database, actor }) => {
      const take = (ids: readonly string[]): Promise<void> =>
        database.transaction(actor, async (tx) => {
          for (const id of ids) {
            const found = await replays.replay(tx, id);
            const { differences, method, today, isOfUncountedMethod } = found ?? NOT_FOUND;
            replayed += 1;
            if (isOfUncountedMethod) uncounted += 1;
            else if (differences.length > 0) different += 1;
            const kept = isOfUncountedMethod ? { isOfUncountedMethod, stored: found?.match.changes } : {};
            if (differences.length > 0 || !all)
              await terminal.print({ match: id, differences, method, today, ...kept });
          }
        });
      if (!all) return take(given);
      for (let after: string | undefined; ;) {
        const page = await database.transaction(actor, (tx) => matchIds(tx, after ?? null, AT_ONCE));
        await take(page);
        after = page.at(-1);
        if (after === undefined) return;
      }
    });
    await terminal.print({ replayed, different, uncounted });
    return different === 0 ? 0 : 2;
  },
};

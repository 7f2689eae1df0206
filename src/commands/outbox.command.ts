import { deliveries, release, replay, STATES } from '../notifications/index.js';
import { SystemClock } from '../platform/clock.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';
import { withDatabase } from './with-database.js';

/** What waits, what failed, what a restored backup holds back; and letting it go. */
export const outbox: Verb = {
  usage: 'list [STATE ...] | release [ID ... | --all] | replay ID ... [--even-handed]',
  options: { all: { type: 'boolean' }, 'even-handed': { type: 'boolean' } },
  async run({ positionals: [verb, ...rest], values, terminal }) {
    const now = new SystemClock().now();
    if (verb === 'list') {
      const states = STATES.filter((state) => rest.includes(state));
      if (states.length !== rest.length) throw usage(`outbox list ${STATES.join(' | ')}`, rest.join(' '));
      await withDatabase(({ database, actor }) =>
        database.transaction(actor, async (tx) => {
          for (const found of await deliveries(tx, states, { limit: 10_000, offset: 0 }))
            await terminal.print(found);
        }),
      );
      return 0;
    }
    const all = values['all'] === true;
    if ((verb !== 'release' && verb !== 'replay') || (rest.length === 0) !== (all && verb === 'release')) {
      throw usage(`outbox ${outbox.usage}`, verb ?? '');
    }
    const moved = await withDatabase(({ database, actor }) =>
      database.transaction(actor, (tx) =>
        verb === 'release'
          ? release(tx, all ? null : rest, now)
          : replay(tx, rest, { evenHanded: values['even-handed'] === true, now }),
      ),
    );
    await terminal.print({ [`${verb}d`]: moved });
    return 0;
  },
};

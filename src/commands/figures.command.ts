import { markAll } from '../monitoring/index.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';
import { withDatabase } from './with-database.js';

/** Has what the figures are counted in written anew from what it follows from, by the workers that run. */
export const figures: Verb = {
  usage: '--anew',
  options: { anew: { type: 'boolean' } },
  async run({ positionals: [surplus], values, terminal }) {
    if (values['anew'] !== true || surplus !== undefined)
      throw usage(`figures ${figures.usage}`, surplus ?? '');
    await withDatabase(async ({ database, actor }) =>
      terminal.print({ packages: await database.transaction(actor, markAll) }),
    );
    return 0;
  },
};

import { withDatabaseUrl } from './with-database.js';
import type { Verb } from './verb.js';

export const migrate: Verb = {
  usage: '',
  async run({ terminal }) {
    const { prepareDatabase } = await import('../prepare-database.js');
    const { migrations } = await withDatabaseUrl((url) => prepareDatabase(url, { sample: false }));
    await terminal.print({ migrations });
    return 0;
  },
};

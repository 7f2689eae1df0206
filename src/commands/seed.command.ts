import { prepareDatabase } from '../prepare-database.js';
import type { Verb } from './verb.js';
import { withDatabaseUrl } from './with-database.js';

export const seed: Verb = {
  usage: "(the sample data, into a database that holds nobody's rows)",
  async run({ terminal }) {
    const { seeded, accounts } = await withDatabaseUrl((url) => prepareDatabase(url, { sample: true }));
    await terminal.print({ seeded, accounts });
    return 0;
  },
};

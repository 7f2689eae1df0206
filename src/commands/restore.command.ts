import { createReadStream } from 'node:fs';
import { quarantineAll } from '../notifications/index.js';
import { migrate } from '../platform/db/index.js';
import { restoreBackup } from '../platform/backup/index.js';
import { SystemClock } from '../platform/clock.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';
import { withDatabaseUrl } from './with-database.js';

/** Into a database that holds nobody's rows, whole or not at all. What waited to be told waits for `outbox release`. */
export const restore: Verb = {
  usage: 'FILE.ndjson.gz',
  async run({ positionals: [file], terminal }) {
    if (!file) throw usage(`restore ${restore.usage}`, '');
    const restored = await withDatabaseUrl(async (url) => {
      await migrate(url);
      return restoreBackup(url, createReadStream(file), async (tx) => {
        await quarantineAll(tx, new SystemClock().now());
      });
    });
    await terminal.print(restored);
    return 0;
  },
};

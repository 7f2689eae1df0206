import { createWriteStream } from 'node:fs';
import { writeBackup } from '../platform/backup/index.js';
import { SystemClock } from '../platform/clock.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';
import { withDatabaseUrl } from './with-database.js';

/** Everything at one instant, files included, while the service goes on. */
export const backup: Verb = {
  usage: 'FILE.ndjson.gz',
  async run({ positionals: [file], terminal }) {
    if (!file) throw usage(`backup ${backup.usage}`, '');
    const to = createWriteStream(file, { flags: 'wx', mode: 0o600 });
    const tables = await withDatabaseUrl((url) => writeBackup(url, to, new SystemClock().now()));
    await terminal.print({ file, tables });
    return 0;
  },
};

import { publishedHead, verifyAudit, type PublishedHead } from '../platform/audit/index.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';
import { withDatabase } from './with-database.js';

/** Whether the record of what was done is whole. A head kept elsewhere also finds what was cut off at its end. */
export const audit: Verb = {
  usage: 'verify [--against HEAD.json] | head',
  options: { against: { type: 'string' } },
  async run({ positionals: [verb], values, terminal }) {
    if (verb === 'head') {
      await terminal.print(
        await withDatabase(({ database, actor }) => database.transaction(actor, publishedHead)),
      );
      return 0;
    }
    if (verb !== 'verify') throw usage(`audit ${audit.usage}`, verb ?? '');
    const file = values['against'];
    const head =
      typeof file === 'string'
        ? (JSON.parse((await terminal.read(file)).toString('utf8')) as PublishedHead)
        : null;
    const verdict = await withDatabase(({ database, actor }) =>
      database.transaction(actor, (tx) => verifyAudit(tx, head)),
    );
    await terminal.print(verdict);
    return verdict.firstBreak === null ? 0 : 2;
  },
};

import { isDay } from '../kernel/index.js';
import { expiringSoon, LegalBasisService } from '../legal-basis/index.js';
import { recheckDecisions } from '../pipeline/index.js';
import { SystemClock } from '../platform/clock.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';
import { withDatabase } from './with-database.js';

/** What the law said when, what of it ends soon, and whether every stored decision still comes out the same. */
export const law: Verb = {
  usage: 'recheck | expiring [--days N] | as-of --on YYYY-MM-DD [--known INSTANT]',
  options: { days: { type: 'string' }, on: { type: 'string' }, known: { type: 'string' } },
  async run({ positionals: [verb], values, terminal }) {
    const legalBasis = new LegalBasisService();
    if (verb === 'recheck') {
      const found = await withDatabase(({ database, actor }) =>
        database.transaction(actor, (tx) => recheckDecisions(tx, legalBasis)),
      );
      await terminal.print(found);
      return found.differ.length === 0 ? 0 : 2;
    }
    if (verb === 'expiring') {
      const days = Number(values['days'] ?? 180);
      if (!Number.isInteger(days) || days < 1) throw usage(`law ${law.usage}`, String(values['days']));
      const ending = await withDatabase(({ database, actor }) =>
        database.transaction(actor, async (tx) =>
          expiringSoon(await legalBasis.rulesAsOf(tx), new SystemClock().today(), days),
        ),
      );
      for (const { set, key, valid } of ending) await terminal.print({ set, key, until: valid.until });
      return ending.length === 0 ? 0 : 2;
    }
    const { on, known } = values;
    const knownAt = typeof known === 'string' ? new Date(known) : null;
    const isAsked = verb === 'as-of' && isDay(on) && !(knownAt && Number.isNaN(knownAt.getTime()));
    if (!isAsked) throw usage(`law ${law.usage}`, verb ?? '');
    const versions = await withDatabase(({ database, actor }) =>
      database.transaction(actor, (tx) => legalBasis.versionsInForce(tx, on, { knownAt })),
    );
    for (const version of versions) await terminal.print(version);
    return 0;
  },
};

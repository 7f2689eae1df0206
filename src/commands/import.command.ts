import { basename } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { personByEmail } from '../accounts/index.js';
import { Refusal, type Actor } from '../kernel/index.js';
import { TenderPipeline } from '../pipeline/index.js';
import { SystemClock } from '../platform/clock.js';
import { config } from '../platform/config/index.js';
import { createLogger, NestLogger } from '../platform/log/index.js';
import { inWords } from './in-words.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';
import { withDatabase } from './with-database.js';

/** Brings a tender file in the name of a contractor's member, as the page would; `--draft` takes it up at once. */
export const importFile: Verb = {
  usage: 'FILE --as EMAIL [--draft]',
  options: { as: { type: 'string' }, draft: { type: 'boolean' } },
  async run({ positionals: [file], values, terminal, language }) {
    const email = values['as'];
    if (!file || typeof email !== 'string') throw usage(`import ${importFile.usage}`, '');
    const bytes = await terminal.read(file);
    const brought = await withDatabase(async ({ database, actor: system }) => {
      const person = await database.transaction(system, (tx) => personByEmail(tx, email));
      if (!person || person.role !== 'contractor') throw new Refusal('person-unknown', { found: email });
      const actor: Actor = {
        role: person.role,
        organisationId: person.organisationId,
        personId: person.id,
        requestId: system.requestId,
      };
      return withPipeline(async (pipeline) => {
        const { import: opened, isNew } = await pipeline.receive(actor, { name: basename(file), bytes });
        const tenderId =
          values['draft'] === true && opened.state !== 'refused'
            ? await pipeline.takeUp(actor, opened.id)
            : opened.tenderId;
        return { id: opened.id, isNew, state: opened.state, tenderId, problems: opened.problems };
      });
    });
    await terminal.print({
      ...brought,
      problems: brought.problems.map((problem) => inWords(problem, language)),
    });
    return brought.state === 'refused' ? 2 : 0;
  },
};

async function withPipeline<T>(work: (pipeline: TenderPipeline) => Promise<T>): Promise<T> {
  const { AppModule } = await import('../app.module.js');
  const options = { config: { ...config(), role: 'web' as const }, clock: new SystemClock(), poolSize: 3 };
  const app = await NestFactory.createApplicationContext(AppModule.with(options), {
    logger: new NestLogger(createLogger('warn')),
    abortOnError: false,
  });
  try {
    return await work(app.get(TenderPipeline));
  } finally {
    await app.close();
  }
}

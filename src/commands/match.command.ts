import { Refusal } from '../kernel/index.js';
import { runMatchCase } from '../matching/index.js';
import { SystemClock } from '../platform/clock.js';
import { inWords, messages } from './in-words.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';
import { withTemporaryDatabase } from './with-database.js';

export const match: Verb = {
  usage: 'FILE [--explain ENTERPRISE PACKAGE] [--database URL]',
  options: { explain: { type: 'boolean' }, database: { type: 'string' } },
  async run({ positionals: [file, enterprise, wanted], values, terminal, language }) {
    if (!file) throw usage(`match ${match.usage}`, '');
    if (values['explain'] === true && (!enterprise || !wanted))
      throw usage(`match ${match.usage}`, '--explain');
    const input = readJson((await terminal.read(file)).toString('utf8'));
    const explain =
      values['explain'] === true ? { explain: { enterprise: enterprise!, package: wanted! } } : {};
    const output = await withTemporaryDatabase(
      ({ database }) =>
        runMatchCase(input, database, {
          clock: new SystemClock(),
          words: (key, params) => messages(language).text(language, key, params),
          ...explain,
        }),
      values['database'] as string | undefined,
    );
    const problems = output.problems.map((problem) => inWords(problem, language));
    await terminal.print(
      'refused' in output
        ? { refused: inWords(output.refused, language), problems }
        : { ...output, problems },
    );
    return 'refused' in output ? 2 : 0;
  },
};

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Refusal('json-unreadable', { found: (error as Error).message });
  }
}

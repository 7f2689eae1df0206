import { basename } from 'node:path';
import { parseTender } from '../tenders/index.js';
import { inWords } from './in-words.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';

export const parse: Verb = {
  usage: 'FILE [--lang fr|nl|de|en]',
  async run({ positionals: [file], terminal, language }) {
    if (!file) throw usage(`parse ${parse.usage}`, '');
    const parsed = await parseTender(await terminal.read(file), basename(file));
    if ('refused' in parsed) {
      await terminal.print({ refused: inWords(parsed.refused, language) });
      return 2;
    }
    await terminal.print({
      ...parsed,
      problems: parsed.problems.map((problem) => inWords(problem, language)),
    });
    return 0;
  },
};

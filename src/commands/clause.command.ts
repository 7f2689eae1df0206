import { clauseBlocks } from './clause-block.js';
import { usage } from './usage.js';
import type { ExitCode, Verb } from './verb.js';

export const clause: Verb = {
  usage: 'FILE.jsonl [--lang fr|nl|de|en]',
  async run({ positionals, language, terminal }) {
    const [file] = positionals;
    if (!file) throw usage(`clause ${clause.usage}`, '');
    const answer = clauseBlocks(language);
    let before = 0;
    let code: ExitCode = 0;
    for await (const lines of terminal.lines(file)) {
      const { bytes, refused } = answer(before, lines);
      if (refused) code = 2;
      before += lines.length;
      await terminal.write(bytes);
    }
    return code;
  },
};

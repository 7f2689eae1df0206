import { rulesFromFiles } from '../legal-basis/files/index.js';
import { clauseBlocks } from './clause-block.js';
import type { ClauseThread } from './clause-thread.js';
import { messages } from './in-words.js';
import { answerBlocks } from './ordered-blocks.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';

const THREAD = new URL('./clause-thread.js', import.meta.url);

export const clause: Verb = {
  usage: 'FILE.jsonl [--lang fr|nl|de|en]',
  async run({ positionals, language, terminal }) {
    const [file] = positionals;
    if (!file) throw usage(`clause ${clause.usage}`, '');
    const rules = rulesFromFiles();
    const spoken = messages(language);
    const data: ClauseThread = { rules, sentences: spoken.sentences, language };
    return answerBlocks(terminal, file, clauseBlocks(rules, spoken, language), { module: THREAD, data });
  },
};

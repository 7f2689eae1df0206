import { clauseOptions, rulesFromFiles, type ClauseFacts } from '../legal-basis/index.js';
import { messages } from './in-words.js';
import { answerLines } from './json-lines.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';

export const clause: Verb = {
  usage: 'FILE.jsonl [--lang fr|nl|de|en]',
  async run(call) {
    const [file] = call.positionals;
    if (!file) throw usage(`clause ${clause.usage}`, '');
    const rules = rulesFromFiles();
    const words = messages();
    return answerLines(call, file, (facts) =>
      // Facts come unchecked: `clauseOptions` answers with problems where they are none.
      clauseOptions(rules, facts as unknown as ClauseFacts, (key, params) =>
        words.text(call.language, key, params),
      ),
    );
  },
};

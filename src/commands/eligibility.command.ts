import { eligibility as decide, rulesFromFiles, type EligibilityQuestion } from '../legal-basis/index.js';
import { answerLines } from './json-lines.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';

export const eligibility: Verb = {
  usage: 'FILE.jsonl [--lang fr|nl|de|en]',
  async run(call) {
    const [file] = call.positionals;
    if (!file) throw usage(`eligibility ${eligibility.usage}`, '');
    const rules = rulesFromFiles();
    return answerLines(call, file, (question) =>
      // Questions come unchecked: `eligibility` answers with problems where they are none.
      decide(rules, question as unknown as EligibilityQuestion, String(question['date'] ?? '')),
    );
  },
};

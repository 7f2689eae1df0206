import { tagText } from '../tagging/domain/index.js';
import { loadTagModel } from '../tagging/files/index.js';
import { answerLines } from './json-lines.js';
import { usage } from './usage.js';
import type { Verb } from './verb.js';

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export const tag: Verb = {
  usage: 'FILE.jsonl',
  async run(call) {
    const [file] = call.positionals;
    if (!file) throw usage(`tag ${tag.usage}`, '');
    const model = loadTagModel();
    return answerLines(call, file, (line) => ({
      id: line['id'] ?? null,
      ...tagText(model, {
        lang: text(line['lang']),
        title: text(line['title']),
        context: text(line['context']),
        text: text(line['text']) ?? '',
      }),
    }));
  },
};

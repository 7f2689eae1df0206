import {
  byteText,
  clauseOptions,
  clauseWriter,
  rememberedWords,
  rulesFromFiles,
  type ClauseFacts,
} from '../legal-basis/index.js';
import type { Language } from '../kernel/index.js';
import { messages } from './in-words.js';
import { answerLine } from './json-lines.js';

/** Lines of JSON as UTF-8. @param before how many lines of the file came before these */
type AnswerBlock = (before: number, lines: readonly string[]) => { bytes: Uint8Array; refused: boolean };

/** Answers facts in one language, as many lines at a time as one read brings. */
export function clauseBlocks(language: Language): AnswerBlock {
  const rules = rulesFromFiles();
  const catalogue = messages();
  const words = rememberedWords((key, params) => catalogue.text(language, key, params));
  const write = clauseWriter();
  // Facts come unchecked: `clauseOptions` answers with problems where they are none.
  const decide = (facts: unknown): ReturnType<typeof clauseOptions> =>
    clauseOptions(rules, facts as ClauseFacts, words);
  return (before, lines) => {
    let anyRefused = false;
    let text = '';
    for (const [index, line] of lines.entries()) {
      const { answered, refused } = answerLine(line, before + index + 1, language, decide);
      anyRefused ||= refused;
      text += refused ? byteText(JSON.stringify(answered)) : write(answered);
      text += '\n';
    }
    return { bytes: Buffer.from(text, 'latin1'), refused: anyRefused };
  };
}

import type { Language } from '../kernel/index.js';
import { byteText, clauseWriter, type ClauseFacts, type LegalRules } from '../legal-basis/domain/index.js';
import type { Messages } from '../platform/i18n/index.js';
import { linesOf } from './blocks.js';
import { ByteLines } from './byte-lines.js';
import { answerLine } from './json-lines.js';
import type { AnswerBlock } from './thread.js';

/** Answers blocks of facts in one language. */
export function clauseBlocks(rules: LegalRules, messages: Messages, language: Language): AnswerBlock {
  const write = clauseWriter(rules, (key, params) => messages.text(language, key, params));
  // Facts come unchecked: what is none is answered with problems.
  const answer = (facts: unknown): ReturnType<typeof write> => write(facts as ClauseFacts);
  return (block, room) => {
    const lines = new ByteLines(room);
    let anyRefused = false;
    for (const line of linesOf(block)) {
      const { answered, refused } = answerLine(line, { messages: () => messages, language }, answer);
      lines.add(refused ? byteText(JSON.stringify(answered)) : answered);
      anyRefused ||= refused;
    }
    return { bytes: lines.bytes(), refused: anyRefused };
  };
}

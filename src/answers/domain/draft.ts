import type { Problem } from '../../kernel/index.js';
import { ANSWER_TEXT_MAX } from './check-answer.js';

const TEXTS = ['kind', 'part', 'reason', 'startsOn', 'endsOn', 'price', 'conditions', 'message'] as const;
/** Boxes that are ticked. */
const LISTS = ['lines', 'removed'] as const;
const REPLY = /^reply[1-9]$/;
const LONGEST_LIST = 10_000;
const LONGEST_ITEM = 100;

/** What a form of an answer holds, by the name of its field; nothing of it is right or wrong yet. */
export type DraftEntries = Readonly<Record<string, string | readonly string[]>>;

/** Reads what is to be kept of a form: its own fields alone, each as long as an answer may have it. */
export function checkDraft(given: Readonly<Record<string, unknown>>): DraftEntries | Problem[] {
  const texts = Object.entries(given).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' &&
      ((TEXTS as readonly string[]).includes(entry[0]) || REPLY.test(entry[0])),
  );
  const problems = texts
    .filter(([, text]) => text.length > ANSWER_TEXT_MAX)
    .map(([field, text]): Problem => {
      const place = { pointer: `/${field}` };
      const found = String(text.length);
      return {
        code: 'answer.text.too-long',
        severity: 'error',
        place,
        found,
        expected: String(ANSWER_TEXT_MAX),
      };
    });
  if (problems.length > 0) return problems;
  const lists = LISTS.map((field) => [
    field,
    [given[field]]
      .flat()
      .filter((item): item is string => typeof item === 'string' && item.length <= LONGEST_ITEM)
      .slice(0, LONGEST_LIST),
  ]);
  return Object.fromEntries([...texts, ...lists]);
}

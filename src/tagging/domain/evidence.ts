import type { ReadField } from './analyse.js';
import type { EvidenceSpan } from './tag.js';

/** A run of words of the `text` field with how much it speaks for an answer. */
export interface WordRun {
  readonly fromWord: number;
  readonly toWord: number;
  readonly weight: number;
}

const MOST_SPANS = 3;

/** The strongest runs as spans of the original text, overlapping ones merged, in reading order. */
export function toSpans(text: string, field: ReadField, runs: readonly WordRun[]): EvidenceSpan[] {
  const strongest = runs.toSorted((a, b) => b.weight - a.weight || a.fromWord - b.fromWord);
  const kept: { from: number; to: number }[] = [];
  for (const run of strongest) {
    const near = kept.find((other) => run.fromWord <= other.to && run.toWord >= other.from);
    if (near) {
      near.from = Math.min(near.from, run.fromWord);
      near.to = Math.max(near.to, run.toWord);
    } else if (kept.length < MOST_SPANS) kept.push({ from: run.fromWord, to: run.toWord });
  }
  return kept
    .toSorted((a, b) => a.from - b.from)
    .map(({ from, to }) => {
      const start = field.words.start[from] as number;
      const end = field.words.end[to - 1] as number;
      return { text: text.slice(start, end), start, end };
    });
}

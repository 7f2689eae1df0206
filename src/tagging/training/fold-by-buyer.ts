import { seededRandom, shuffled } from './random.js';

/** What is needed to tell which lines were probably written by one buyer. */
export interface FoldLine {
  readonly id: string;
  readonly text: string;
}

const MOST_SHARED = 10;
const LARGEST_CLUSTER = 80;

/**
 * Folds for cross-validation that keep a buyer's lines together as far as it can be guessed: lots of one notice,
 * and lines that share a rare name (a word always written with a capital and used by few lines).
 * @returns the fold of each line, 0 to folds - 1
 */
export function foldByBuyer(lines: readonly FoldLine[], folds: number, seed: number): Int32Array {
  const parent = Int32Array.from(lines, (_, i) => i);
  const size = new Int32Array(lines.length).fill(1);
  const rootOf = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at] as number;
    return at;
  };
  const join = (a: number, b: number): void => {
    const [left, right] = [rootOf(a), rootOf(b)];
    if (left === right || (size[left] as number) + (size[right] as number) > LARGEST_CLUSTER) return;
    parent[right] = left;
    size[left] = (size[left] as number) + (size[right] as number);
  };
  joinNotices(lines, join);
  joinNames(lines, join);
  const random = seededRandom(seed);
  const foldOfRoot = new Map<number, number>();
  const filled = new Int32Array(folds);
  for (const i of shuffled(lines.length, random)) {
    const root = rootOf(i);
    if (foldOfRoot.has(root)) continue;
    const fold = filled.indexOf(Math.min(...filled));
    foldOfRoot.set(root, fold);
    filled[fold] = (filled[fold] as number) + (size[root] as number);
  }
  return Int32Array.from(lines, (_, i) => foldOfRoot.get(rootOf(i)) ?? 0);
}

/** The notice a line is a lot of; the line itself where it is no lot. */
export function noticeOf({ id }: { readonly id: string }): string {
  return id.replace(/-L\d+$/, '');
}

function joinNotices(lines: readonly FoldLine[], join: (a: number, b: number) => void): void {
  const first = new Map<string, number>();
  for (const [i, line] of lines.entries()) {
    const notice = noticeOf(line);
    const known = first.get(notice);
    if (known === undefined) first.set(notice, i);
    else join(known, i);
  }
}

function joinNames(lines: readonly FoldLine[], join: (a: number, b: number) => void): void {
  const lowered = new Set<string>();
  const users = new Map<string, Set<number>>();
  for (const [i, line] of lines.entries()) {
    for (const word of line.text.match(/\p{L}{4,}/gu) ?? []) {
      if (word === word.toLowerCase()) lowered.add(word);
      else if (/^\p{Lu}/u.test(word)) {
        const name = word.toLowerCase();
        const known = users.get(name) ?? new Set<number>();
        users.set(name, known.add(i));
      }
    }
  }
  for (const [name, found] of users) {
    if (lowered.has(name) || found.size < 2 || found.size > MOST_SHARED) continue;
    const [head, ...rest] = [...found];
    for (const other of rest) join(head as number, other);
  }
}

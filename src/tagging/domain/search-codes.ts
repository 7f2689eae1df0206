import type { CpvCatalogue } from './catalogue.js';
import type { TagModel } from './model.js';
import { nearestWord } from './nearest-word.js';
import { tradesOfPeople } from './occupations.js';
import { plainWords } from './plain-words.js';
import { tagText } from './tag-text.js';

/** Below this, what the tagger makes of a few words is a guess. */
const TOLD_FROM = 0.2;
const LONGEST_QUESTION = 200;

interface LabelWords {
  readonly code: string;
  /** The words of the four labels. */
  readonly labels: readonly (readonly string[])[];
}

const labelsOf = new WeakMap<CpvCatalogue, readonly LabelWords[]>();

/**
 * Codes for plain words in any of the four languages, or for the first digits of a code; the best first. The
 * vocabulary of the tagger knows words that no official label has (`carrelage`); the labels know the rest. Who does a
 * trade stands for it (`Dachdecker`). Where nothing is found, words are read as the nearest known ones.
 */
export function searchCodes(model: TagModel, question: string, limit = 10): readonly string[] {
  const asked = question.slice(0, LONGEST_QUESTION).trim();
  const digits = asked.replace(/[\s-]/g, '');
  if (/^\d{2,9}$/.test(digits)) return codesFrom(model.catalogue, digits.slice(0, 8), limit);
  const words = plainWords(asked);
  if (words.length === 0) return [];
  const found = codesOf(model, asked, words);
  if (found.length > 0) return found.slice(0, limit);
  const known = knownWords(model);
  const meant = words.map((word) => nearestWord(word, known));
  const isOther = meant.some((word, at) => word !== words[at]);
  return isOther ? codesOf(model, meant.join(' '), meant).slice(0, limit) : [];
}

function codesOf(model: TagModel, asked: string, words: readonly string[]): readonly string[] {
  const told = tagText(model, { text: asked, fromBill: true })
    .cpv.filter(({ confidence }) => confidence >= TOLD_FROM)
    .map(({ code }) => code);
  const labelled = labelWords(model.catalogue)
    .map(({ code, labels }) => ({ code, fit: Math.max(...labels.map((label) => fitOf(label, words))) }))
    .filter(({ fit }) => fit > 0)
    .toSorted((a, b) => b.fit - a.fit || depth(a.code) - depth(b.code) || (a.code < b.code ? -1 : 1));
  return [
    ...new Set([...tradesOfPeople(model.occupations, words), ...told, ...labelled.map(({ code }) => code)]),
  ];
}

function codesFrom(catalogue: CpvCatalogue, digits: string, limit: number): readonly string[] {
  return [...catalogue.entries.keys()]
    .filter((code) => code.startsWith(digits))
    .toSorted()
    .slice(0, limit);
}

/** Every word asked for begins a word of the label; the fewer others it has, the better it fits. */
function fitOf(label: readonly string[], words: readonly string[]): number {
  const fits = words.every((word) => label.some((one) => one.startsWith(word)));
  return fits ? words.length / label.length : 0;
}

const wordsKnown = new WeakMap<TagModel, ReadonlySet<string>>();

function knownWords(model: TagModel): ReadonlySet<string> {
  const known = wordsKnown.get(model);
  if (known) return known;
  const made = new Set([
    ...labelWords(model.catalogue).flatMap(({ labels }) => labels.flat()),
    ...model.occupations.flatMap(({ names }) => names.flat()),
  ]);
  wordsKnown.set(model, made);
  return made;
}

function depth(code: string): number {
  return code.replace(/0+$/, '').length;
}

function labelWords(catalogue: CpvCatalogue): readonly LabelWords[] {
  const known = labelsOf.get(catalogue);
  if (known) return known;
  const made = [...catalogue.entries.values()].map(({ code, labels }) => ({
    code,
    labels: Object.values(labels).map(plainWords),
  }));
  labelsOf.set(catalogue, made);
  return made;
}

import type { CpvCatalogue } from './catalogue.js';
import type { TagModel } from './model.js';
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
 * vocabulary of the tagger knows words that no official label has (`carrelage`); the labels know the rest.
 */
export function searchCodes(model: TagModel, question: string, limit = 10): readonly string[] {
  const asked = question.slice(0, LONGEST_QUESTION).trim();
  const digits = asked.replace(/[\s-]/g, '');
  if (/^\d{2,9}$/.test(digits)) return codesFrom(model.catalogue, digits.slice(0, 8), limit);
  const words = wordsOf(asked);
  if (words.length === 0) return [];
  const told = tagText(model, { text: asked, fromBill: true }).cpv.filter(
    ({ confidence }) => confidence >= TOLD_FROM,
  );
  const labelled = labelWords(model.catalogue)
    .map(({ code, labels }) => ({ code, fit: Math.max(...labels.map((label) => fitOf(label, words))) }))
    .filter(({ fit }) => fit > 0)
    .toSorted((a, b) => b.fit - a.fit || depth(a.code) - depth(b.code) || (a.code < b.code ? -1 : 1));
  return [...new Set([...told, ...labelled].map(({ code }) => code))].slice(0, limit);
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

function depth(code: string): number {
  return code.replace(/0+$/, '').length;
}

function labelWords(catalogue: CpvCatalogue): readonly LabelWords[] {
  const known = labelsOf.get(catalogue);
  if (known) return known;
  const made = [...catalogue.entries.values()].map(({ code, labels }) => ({
    code,
    labels: Object.values(labels).map(wordsOf),
  }));
  labelsOf.set(catalogue, made);
  return made;
}

/** Folded, without articles and plural endings: `Les carrelages` and `carrelage` ask the same. */
function wordsOf(text: string): readonly string[] {
  const folded = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('ß', 'ss');
  const words = folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
  return words.map((word) => (word.length > 4 ? word.replace(/(en|s|x|e|n)$/, '') : word));
}

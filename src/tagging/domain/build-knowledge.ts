import { CpvCatalogue, type CpvEntry } from './catalogue.js';
import { parseCsv } from './csv.js';
import type { Lexicon, TermSource } from './lexicon.js';
import { LexiconBuilder, type TermWords } from './lexicon-builder.js';
import { PlaceableKnowledge, type PlacementCue, type TradePlacement } from './placeable-knowledge.js';
import { PLACEABLE_REASONS, type PlaceableReason } from './tag.js';
import { splitWords } from './words.js';

/** The texts of the data files the codes and terms are made of. */
export interface VocabularyFiles {
  readonly cpv: string;
  readonly lexicons: readonly string[];
  readonly actions: string;
  /** Labels of one word that mean something else in a sentence: `can` in English, `lieu` in French. */
  readonly misleadingLabels: string;
  /** Tables of places, named in their columns `locality`, `name_fr` and `name_nl`. */
  readonly places: readonly string[];
}

/** Codes and terms: what takes long to build from its files. */
export interface Vocabulary {
  readonly catalogue: CpvCatalogue;
  readonly lexicon: Lexicon;
  readonly places: Lexicon;
}

const LANGUAGES = ['fr', 'nl', 'de', 'en'] as const;
const LONGEST_LABEL_WORDS = 4;

/** @throws RangeError when a row names a code that does not exist */
export function buildVocabulary(files: VocabularyFiles): Vocabulary {
  const catalogue = new CpvCatalogue(parseCsv(files.cpv).map(toEntry));
  const lexicon = new LexiconBuilder();
  for (const text of files.lexicons) addTrades(lexicon, catalogue, text);
  addLabels(lexicon, catalogue, misleading(files.misleadingLabels));
  const actions = parseCsv(files.actions).flatMap((row) => termsOf(row, row['action'] ?? ''));
  addTerms(lexicon, actions, 'action');
  return { catalogue, lexicon: lexicon.build(), places: placesOf(files.places) };
}

function placesOf(tables: readonly string[]): Lexicon {
  const places = new LexiconBuilder();
  const rows = tables.flatMap((table) => parseCsv(table));
  const names = rows.flatMap(({ locality, name_fr, name_nl }) => [locality, name_fr, name_nl]);
  const terms = [...new Set(names)].map((name) => ({ term: name ?? '', code: '', weight: 0 }));
  addTerms(places, terms, 'place');
  return places.build();
}

/** @param trades, cues the texts of the files of those names */
export function buildPlaceable(trades: string, cues: string): PlaceableKnowledge {
  return new PlaceableKnowledge(parseCsv(trades).map(toTrade), parseCsv(cues).map(toCue));
}

function toEntry(row: Record<string, string>): CpvEntry {
  const label = (language: (typeof LANGUAGES)[number]): string => row[language] ?? '';
  return {
    code: row['code'] ?? '',
    level: row['level'] ?? '',
    labels: { fr: label('fr'), nl: label('nl'), de: label('de'), en: label('en') },
  };
}

interface WrittenTerm {
  readonly term: string;
  readonly code: string;
  readonly weight: number;
}

function addTrades(lexicon: LexiconBuilder, catalogue: CpvCatalogue, text: string): void {
  const terms: WrittenTerm[] = [];
  for (const row of parseCsv(text)) {
    const code = (row['code'] ?? '').padEnd(8, '0');
    if (!catalogue.has(code)) throw new RangeError(`lexicon: no such code ${code}`);
    terms.push(...termsOf(row, code));
  }
  addTerms(lexicon, terms, 'trade');
}

/** Terms are separated by `|`; `term^0.5` weighs less, `term^-1` speaks against the code. */
function termsOf(row: Record<string, string>, code: string): WrittenTerm[] {
  return LANGUAGES.flatMap((language) =>
    (row[language] ?? '').split('|').map((written) => {
      const [term = '', weight] = written.trim().split('^');
      return { term, code, weight: weight === undefined ? 1 : Number(weight) };
    }),
  );
}

/** All terms of a file at once: splitting them one by one costs more than everything else at the start. */
function addTerms(lexicon: LexiconBuilder, terms: readonly WrittenTerm[], source: TermSource): void {
  addLines(
    terms.map(({ term }) => term),
    (run, line) => {
      const written = terms[line];
      if (written) lexicon.addWords(run, { code: written.code, source }, written.weight);
    },
  );
}

/** Stems that are no term of their own in a language. */
type Misleading = ReadonlyMap<string, ReadonlySet<number>>;

function misleading(text: string): Misleading {
  const rows = Map.groupBy(parseCsv(text), ({ lang }) => lang ?? '');
  return new Map(
    [...rows].map(([lang, words]) => [
      lang,
      new Set(words.map(({ word }) => splitWords(word ?? '').stemHash[0] as number)),
    ]),
  );
}

/**
 * Short official labels are terms too; long ones list too many things to be found in a text as they stand. One of a
 * single word is looked for in texts of its own language alone: `appel` is an apple in Dutch and a call in French.
 */
function addLabels(lexicon: LexiconBuilder, catalogue: CpvCatalogue, leftOut: Misleading): void {
  const entries = [...catalogue.entries.values()];
  for (const language of LANGUAGES) {
    addLines(
      entries.map((entry) => entry.labels[language]),
      (run, line) => {
        const { words, from, to } = run;
        const telling: number[] = [];
        for (let i = from; i < to; i += 1) if (words.stop[i] === 0) telling.push(words.stemHash[i] as number);
        const code = entries[line]?.code;
        if (!code || telling.length === 0 || telling.length > LONGEST_LABEL_WORDS) return;
        const lone = telling.length === 1;
        if (lone && leftOut.get(language)?.has(telling[0] as number)) return;
        lexicon.addWords(run, { code, source: 'label' }, 1, lone ? language : 'other');
      },
    );
  }
}

/** Splits all lines into words at once and hands back the run of each. */
function addLines(lines: readonly string[], add: (run: TermWords, line: number) => void): void {
  const text = lines.map((line) => line.replaceAll('\n', ' ')).join('\n');
  const words = splitWords(text, text.length);
  let from = 0;
  let end = -1;
  for (const [line, written] of lines.entries()) {
    end += written.length + 1;
    let to = from;
    while (to < words.count && (words.start[to] as number) < end) to += 1;
    if (to > from) add({ text, words, from, to }, line);
    from = to;
  }
}

function toShares(row: Record<string, string>): [number, number, number] {
  return [Number(row['yes']), Number(row['part']), Number(row['no'])];
}

function toReason(text: string): PlaceableReason | null {
  return PLACEABLE_REASONS.find((reason) => reason === text) ?? null;
}

function toTrade(row: Record<string, string>): TradePlacement {
  const [yes, part, no] = toShares(row);
  const sum = yes + part + no;
  const reasons = (row['reasons'] ?? '').split('|').flatMap((text) => toReason(text) ?? []);
  return { prefix: row['prefix'] ?? '', shares: [yes / sum, part / sum, no / sum], reasons };
}

function toCue(row: Record<string, string>): PlacementCue {
  return { cue: row['cue'] ?? '', factors: toShares(row), reason: toReason(row['reason'] ?? '') };
}
